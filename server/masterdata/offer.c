/* offer.c: products with their prices, many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/offer.h"

#include "server/masterdata/edition.h"
#include "server/masterdata/master-words.h"
#include "server/masterdata/offer-store.h"
#include "server/masterdata/shelf.h"
#include "shared/base/codec.h"

void
tw_offer_free (TwOffer *offer)
{
  g_clear_object (&offer->product);
  g_free (offer);
}

static void
unref_nullable (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

/* ---- Products ---- */

static char *
name_product (const TwOfferQuery *query)
{
  return g_strconcat ("product ", query->product, NULL);
}

static void
take_products (gint64 edition, const TwOfferQuery *queries, GPtrArray *offers)
{
  for (guint i = 0; i < offers->len; i++)
    {
      TwOffer *offer = g_ptr_array_index (offers, i);
      g_autofree char *name = name_product (&queries[i]);

      offer->product = tw_shelf_take (edition, name);
    }
}

static char *
list_missing_products (const TwOfferQuery *queries, GPtrArray *offers)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < offers->len; i++)
    if (((TwOffer *) g_ptr_array_index (offers, i))->product == NULL)
      {
        g_string_append (json, json->len > 1 ? "," : "");
        tw_codec_append_string (json, queries[i].product);
      }
  if (json->len == 1)
    return g_string_free (json, TRUE);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* One statement for all that are not on the shelf. */
static gboolean
fill_products (TwContext *ctx, gint64 edition, const TwOfferQuery *queries, GPtrArray *offers, GError **error)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (unref_nullable);
  g_autofree char *keys = NULL;
  guint next = 0;

  take_products (edition, queries, offers);
  keys = list_missing_products (queries, offers);
  if (keys == NULL)
    return TRUE;
  if (!tw_offer_store_read_products (ctx->db, keys, products, error))
    return FALSE;
  for (guint i = 0; i < offers->len; i++)
    {
      TwOffer *offer = g_ptr_array_index (offers, i);
      g_autofree char *name = name_product (&queries[i]);

      if (offer->product != NULL)
        continue;
      offer->product = g_steal_pointer (&g_ptr_array_index (products, next++));
      if (offer->product != NULL)
        tw_shelf_put (edition, name, offer->product);
    }
  return TRUE;
}

static gboolean
check_products (const TwOfferQuery *queries, GPtrArray *offers, GError **error)
{
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < offers->len; i++)
    {
      TwProduct *product = ((TwOffer *) g_ptr_array_index (offers, i))->product;
      g_autofree char *pointer = g_strdup_printf ("/lines/%u/product", i);

      if (product == NULL)
        tw_master_refuse_unknown (&tw_product_words, queries[i].product, pointer, &problem);
      else if (g_strcmp0 (product->status, "active") != 0)
        tw_master_refuse_inactive (&tw_product_words, queries[i].product, pointer, &problem);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- Prices ----
 *
 * On the shelf a product's items of a price list stand as a price list of their own. */

static char *
name_items (gint64 price_list_id, const TwProduct *product)
{
  return g_strdup_printf ("items %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, price_list_id, product->parent.id);
}

static char *
list_missing_items (GPtrArray *offers, GPtrArray *lists)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < offers->len; i++)
    if (g_ptr_array_index (lists, i) == NULL)
      g_string_append_printf (json, "%s%" G_GINT64_FORMAT, json->len > 1 ? "," : "",
                              ((TwOffer *) g_ptr_array_index (offers, i))->product->parent.id);
  if (json->len == 1)
    return g_string_free (json, TRUE);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static TwPriceList *
collect_items (GPtrArray *items, const TwProduct *product)
{
  TwPriceList *list = tw_price_list_new ();
  gint64 last_id = 0;

  for (guint i = 0; i < items->len; i++)
    {
      TwPriceListItem *item = g_ptr_array_index (items, i);

      /* A product that was asked for twice has its items twice, side by side. */
      if (item->product_id == product->parent.id && item->parent.id != last_id)
        g_list_store_append (list->items, item);
      last_id = item->parent.id;
    }
  return list;
}

static gboolean
fill_items (TwContext *ctx, gint64 edition, gint64 price_list_id, GPtrArray *offers, GPtrArray *lists, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *ids = NULL;

  for (guint i = 0; i < offers->len; i++)
    {
      g_autofree char *name = name_items (price_list_id, ((TwOffer *) g_ptr_array_index (offers, i))->product);

      g_ptr_array_add (lists, tw_shelf_take (edition, name));
    }
  ids = list_missing_items (offers, lists);
  if (ids == NULL)
    return TRUE;
  if (!tw_offer_store_read_items (ctx->db, price_list_id, ids, items, error))
    return FALSE;
  for (guint i = 0; i < offers->len; i++)
    {
      TwProduct *product = ((TwOffer *) g_ptr_array_index (offers, i))->product;
      g_autofree char *name = name_items (price_list_id, product);

      if (g_ptr_array_index (lists, i) != NULL)
        continue;
      g_ptr_array_index (lists, i) = collect_items (items, product);
      tw_shelf_put (edition, name, g_ptr_array_index (lists, i));
    }
  return TRUE;
}

static gboolean
holds_on (const TwPriceListItem *item, TwDate day)
{
  return (!tw_date_is_set (item->valid_from) || tw_date_compare (item->valid_from, day) <= 0)
         && (!tw_date_is_set (item->valid_to) || tw_date_compare (item->valid_to, day) >= 0);
}

/* Items come with the largest break first and, of one break, the latest. */
static TwDecimal
choose_price (TwPriceList *list, const TwProduct *product, TwDecimal quantity, TwDate day)
{
  guint n = tw_record_count (list->items);

  for (guint i = 0; i < n; i++)
    {
      const TwPriceListItem *item = tw_record_nth (list->items, i);

      if (tw_decimal_compare (item->min_quantity, quantity) <= 0 && holds_on (item, day))
        return item->price;
    }
  return product->price;
}

/* ---- Public ---- */

GPtrArray *
tw_offer_find (TwContext *ctx, gint64 price_list_id, TwDate day, const TwOfferQuery *queries, guint n, GError **error)
{
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_offer_free);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (unref_nullable);
  gint64 edition;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (offers, g_new0 (TwOffer, 1));
  if (!tw_edition_get (ctx, &edition, error) || !fill_products (ctx, edition, queries, offers, error)
      || !check_products (queries, offers, error)
      || !fill_items (ctx, edition, price_list_id, offers, lists, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      TwOffer *offer = g_ptr_array_index (offers, i);

      offer->price = choose_price (g_ptr_array_index (lists, i), offer->product, queries[i].quantity, day);
    }
  return g_steal_pointer (&offers);
}
