/* stock-count.c: counting the stock and booking what differs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock-count.h"

#include "server/core/change.h"
#include "server/db/number.h"
#include "server/warehouse/backorder.h"
#include "server/warehouse/goods.h"
#include "server/warehouse/stock-count-store.h"
#include "server/warehouse/stock.h"
#include "shared/document/action.h"

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return (TwRecord *) tw_stock_count_store_load (ctx->db, id, lock, error);
}

/* ---- The draft ---- */

/* Finds the products; each may be counted once. */
static gboolean
resolve_lines (TwContext *ctx, TwStockCount *count, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < tw_record_count (count->lines); i++)
    {
      TwStockCountLine *line = tw_record_nth (count->lines, i);
      g_autofree char *pointer = g_strdup_printf ("/lines/%u/product", i);
      g_autoptr (TwProduct) product = tw_goods_find (ctx, line->product, pointer, error);

      if (!product)
        return FALSE;
      tw_record_set_string (&line->product, product->sku);
      line->product_id = TW_RECORD (product)->id;
      if (!g_hash_table_add (seen, GSIZE_TO_POINTER (line->product_id)))
        return tw_error_fault (error, pointer, "duplicate", _("%s is in the count twice."), product->sku);
    }
  count->line_count = tw_record_count (count->lines);
  return TRUE;
}

static gboolean
check_date (TwContext *ctx, TwStockCount *count, GError **error)
{
  if (!tw_date_is_set (count->count_date))
    count->count_date = ctx->today;
  return tw_date_compare (count->count_date, ctx->today) <= 0
         || tw_error_fault (error, "/count_date", "out_of_range", _("A count cannot be of a day after today."));
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwStockCount *count = (TwStockCount *) draft;
  g_autoptr (TwWarehouse) warehouse = tw_warehouse_find (ctx, count->warehouse, "/warehouse", error);

  if (!warehouse || !check_date (ctx, count, error) || !resolve_lines (ctx, count, error))
    return FALSE;
  draft->version = 1;
  draft->created_at = draft->updated_at = ctx->now;
  tw_record_set_string (&count->warehouse, warehouse->code);
  count->warehouse_id = TW_RECORD (warehouse)->id;
  count->author_id = ctx->who->user_id;
  count->state = tw_key_find (tw_count_state_keys, "draft");
  count->number = tw_number_document (ctx->db, "SC", ctx->today, error);
  return count->number && tw_stock_count_store_insert (ctx->db, count, error)
         && tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

static gboolean
check_done (gboolean done, GError **error)
{
  return done || tw_row_refuse_stale (error);
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwStockCount *count = (TwStockCount *) changed;
  gboolean done;

  if (!g_str_equal (((TwStockCount *) stored)->state, "draft"))
    return tw_error_set (error, TW_ERROR_STATE, _("Only a draft of a count can be changed."));
  if (!check_date (ctx, count, error) || !resolve_lines (ctx, count, error)
      || !tw_stock_count_store_update (ctx, count, &done, error) || !check_done (done, error))
    return FALSE;
  changed->version++;
  return tw_change_record (ctx, "change", stored, changed, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  gboolean done;

  return tw_stock_count_store_set_state (ctx, (TwStockCount *) document, state, &done, error)
         && check_done (done, error);
}

/* ---- Posting ---- */

static gboolean
has_reason (const char *reason)
{
  g_autofree char *text = reason ? g_strstrip (g_strdup (reason)) : NULL;

  return text && *text;
}

static char *
guard_post (TwContext *ctx, TwRecord *document)
{
  if (tw_record_count (((TwStockCount *) document)->lines) == 0)
    return g_strdup (_("Nothing was counted."));
  return NULL;
}

static int
compare_products (gconstpointer a, gconstpointer b)
{
  const TwStockCountLine *x = *(TwStockCountLine *const *) a, *y = *(TwStockCountLine *const *) b;

  return x->product_id < y->product_id ? -1 : x->product_id > y->product_id;
}

static GPtrArray *
sort_lines (TwStockCount *count)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < tw_record_count (count->lines); i++)
    g_ptr_array_add (lines, tw_record_nth (count->lines, i));
  g_ptr_array_sort (lines, compare_products);
  return lines;
}

/* Locks the level and finds out how it differs; what is reserved for orders must still be there. */
static gboolean
compare_level (TwContext *ctx, TwStockCount *count, TwStockCountLine *line, GError **error)
{
  g_autofree char *counted = NULL, *promised = NULL;
  TwDecimal reserved;
  guint index;

  if (!tw_stock_count_store_lock_level (ctx->db, line->product_id, count->warehouse_id, &line->expected, &reserved,
                                        error))
    return FALSE;
  line->difference = tw_decimal_sub (line->counted, line->expected);
  if (tw_decimal_compare (line->counted, reserved) < 0)
    {
      g_autofree char *pointer = NULL;

      counted = tw_decimal_format (line->counted, 0);
      promised = tw_decimal_format (reserved, 0);
      g_list_store_find (count->lines, line, &index);
      pointer = g_strdup_printf ("/lines/%u/counted", index);
      /* Translators: a product, a quantity counted, and the quantity of it that is reserved for orders */
      return tw_error_fault (error, pointer, "reserved",
                             _("%s: %s were counted but %s are reserved for orders. Cancel or short-pick shipments"
                               " first."),
                             line->product, counted, promised);
    }
  return tw_stock_count_store_set_result (ctx->db, line, error);
}

static gboolean
adjust (TwContext *ctx, TwStockCount *count, const TwStockCountLine *line, const char *reason, GError **error)
{
  gboolean more = tw_decimal_sign (line->difference) > 0;
  TwStockTransfer transfer = {
    .product_id = line->product_id,
    .quantity = more ? line->difference : tw_decimal_neg (line->difference),
    .from = more ? "adjustment" : "warehouse",
    .from_warehouse_id = more ? 0 : count->warehouse_id,
    .to = more ? "warehouse" : "adjustment",
    .to_warehouse_id = more ? count->warehouse_id : 0,
    .document = "stock_count",
    .document_id = TW_RECORD (count)->id,
    .document_number = count->number,
    .reason = reason,
  };

  return tw_decimal_sign (line->difference) == 0 || tw_stock_move (ctx, &transfer, error);
}

/* Whoever waits for a product may be served by what was found of it. */
static gboolean
lock_waiting (TwContext *ctx, TwStockCount *count, TwBackorders *waiting, GError **error)
{
  for (guint i = 0; i < tw_record_count (count->lines); i++)
    {
      TwStockCountLine *line = tw_record_nth (count->lines, i);

      if (tw_decimal_sign (line->difference) > 0)
        tw_backorders_expect (waiting, line->product_id, line->difference);
    }
  return tw_backorders_lock (waiting, ctx, error);
}

static gboolean
apply_post (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwStockCount *count = (TwStockCount *) document;
  const char *given = arguments ? ((TwActionArguments *) arguments)->reason : NULL;
  const char *reason = has_reason (given) ? given : count->reason;
  g_autoptr (GPtrArray) lines = sort_lines (count);
  g_autoptr (TwBackorders) waiting = tw_backorders_new (count->warehouse_id);

  if (!lock_waiting (ctx, count, waiting, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      TwStockCountLine *line = lines->pdata[i];

      if (!compare_level (ctx, count, line, error))
        return FALSE;
      if (tw_decimal_sign (line->difference) != 0 && !has_reason (reason))
        return tw_error_fault (error, "/reason", "required", _("Say why the count differs from the books."));
      if (!adjust (ctx, count, line, reason, error))
        return FALSE;
    }
  return tw_backorders_fill (waiting, ctx, error);
}

static const TwAction actions[] = {
  { .action = "post", .guard = guard_post, .apply = apply_post },
  { NULL },
};

const TwResource tw_stock_count_resource = {
  .path = "stock-counts",
  .document = "stock_count",
  .type = tw_stock_count_get_type,
  .list = &tw_stock_count_list,
  .load = load,
  .create = create,
  .update = update,
  .store_state = store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwStockCount, state),
  .author_offset = G_STRUCT_OFFSET (TwStockCount, author_id),
};
