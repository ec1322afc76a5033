/* offer.c: products with their prices, many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/offer.h"

#include "server/masterdata/master-words.h"
#include "server/masterdata/offer-store.h"
#include "shared/base/codec.h"

void
tw_offer_free (TwOffer *offer)
{
  g_clear_object (&offer->product);
  g_free (offer);
}

static char *
write_queries (const TwOfferQuery *queries, guint n)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      g_string_append (json, i > 0 ? ",{\"product\":" : "{\"product\":");
      tw_codec_append_string (json, queries[i].product);
      g_string_append (json, ",\"quantity\":\"");
      tw_decimal_append (json, queries[i].quantity, 0);
      g_string_append (json, "\"}");
    }
  g_string_append_c (json, ']');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
check (const TwOffer *offer, const TwOfferQuery *query, guint i, GError **problem)
{
  g_autofree char *pointer = g_strdup_printf ("/lines/%u/product", i);

  if (offer->product == NULL)
    tw_master_refuse_unknown (&tw_product_words, query->product, pointer, problem);
  else if (g_strcmp0 (offer->product->status, "active") != 0)
    tw_master_refuse_inactive (&tw_product_words, query->product, pointer, problem);
}

GPtrArray *
tw_offer_find (TwContext *ctx, gint64 price_list_id, TwDate day, const TwOfferQuery *queries, guint n, GError **error)
{
  g_autofree char *json = write_queries (queries, n);
  g_autoptr (GPtrArray) offers = tw_offer_store_read (ctx->db, price_list_id, day, json, error);
  g_autoptr (GError) problem = NULL;

  if (offers == NULL)
    return NULL;
  g_assert (offers->len == n);
  for (guint i = 0; i < n; i++)
    check (g_ptr_array_index (offers, i), &queries[i], i, &problem);
  if (problem == NULL)
    return g_steal_pointer (&offers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
