/* price-list.c: price lists, and the price of something on a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/currency.h"
#include "server/masterdata/edition.h"
#include "server/masterdata/masterdata.h"
#include "server/masterdata/price-list-store.h"
#include "server/masterdata/shelf.h"
#include "shared/document/common.h"
#include "shared/document/price-list.h"

static gboolean
resolve_item (TwContext *ctx, TwPriceListItem *item, guint i, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/items/%u/product", i);
  g_autofree char *dates = g_strdup_printf ("/items/%u/valid_to", i);
  g_autoptr (TwProduct) product = tw_product_find (ctx, item->product, pointer, error);

  if (product == NULL)
    return FALSE;
  item->product_id = ((TwRecord *) product)->id;
  if (tw_date_is_set (item->valid_from) && tw_date_is_set (item->valid_to)
      && tw_date_compare (item->valid_to, item->valid_from) < 0)
    return tw_error_fault (error, dates, "out_of_range", _ ("A price cannot end before it begins."));
  return TRUE;
}

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwPriceList *list = (TwPriceList *) record;
  guint n = tw_record_count (list->items);

  if (list->status == NULL)
    list->status = tw_key_find (tw_active_keys, "active");
  if (!tw_currency_check (list->currency, "/currency", error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!resolve_item (ctx, tw_record_nth (list->items, i), i, error))
      return FALSE;
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (price_list, tw_price_list_master, prepare)

const TwResource tw_price_list_resource = {
  .path = "price-lists",
  .document = "price_list",
  .type = tw_price_list_get_type,
  .list = &tw_price_list_list,
  .load = price_list_load,
  .create = price_list_create,
  .update = price_list_update,
};

/* A list may have thousands of items, which nobody who looks for it wants. */
static TwPriceList *
find_head (TwContext *ctx, gint64 id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("price_list %" G_GINT64_FORMAT, id);
  g_autoptr (TwPriceList) list = NULL;
  gint64 edition;

  if (!tw_edition_get (ctx, &edition, error))
    return NULL;
  list = tw_shelf_take (edition, name);
  if (list != NULL)
    return g_steal_pointer (&list);
  list = tw_price_list_new ();
  if (!tw_price_list_store_read_head (ctx->db, id, list, error))
    return NULL;
  tw_shelf_put (edition, name, list);
  return g_steal_pointer (&list);
}

TwPriceList *
tw_price_list_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  gint64 id;

  if (!tw_master_find_id (ctx, tw_price_list_find_sql, code, &tw_price_list_words, pointer, &id, error))
    return NULL;
  return find_head (ctx, id, error);
}

char *
tw_price_list_get_currency (TwContext *ctx, gint64 id, GError **error)
{
  g_autoptr (TwPriceList) list = find_head (ctx, id, error);

  return list != NULL ? g_strdup (list->currency) : NULL;
}
