/* receipt.c: goods that come in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/receipt.h"

#include "server/core/change.h"
#include "server/db/number.h"
#include "server/masterdata/masterdata.h"
#include "server/warehouse/backorder.h"
#include "server/warehouse/goods.h"
#include "server/warehouse/receipt-store.h"
#include "server/warehouse/stock.h"

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  /* A receipt never changes, so there is nothing to lock. */
  return (TwRecord *) tw_receipt_store_load (ctx->db, id, error);
}

static gboolean
resolve_head (TwContext *ctx, TwReceipt *receipt, GError **error)
{
  g_autoptr (TwWarehouse) warehouse = tw_warehouse_find (ctx, receipt->warehouse, "/warehouse", error);

  if (!warehouse)
    return FALSE;
  if (!tw_date_is_set (receipt->receipt_date))
    receipt->receipt_date = ctx->today;
  if (tw_date_compare (receipt->receipt_date, ctx->today) > 0)
    return tw_error_fault (error, "/receipt_date", "out_of_range", _("Goods cannot have come in after today."));
  tw_record_set_string (&receipt->warehouse, warehouse->code);
  receipt->warehouse_id = TW_RECORD (warehouse)->id;
  receipt->author_id = ctx->who->user_id;
  receipt->line_count = tw_record_count (receipt->lines);
  return TRUE;
}

static gboolean
resolve_lines (TwContext *ctx, TwReceipt *receipt, GError **error)
{
  for (guint i = 0; i < tw_record_count (receipt->lines); i++)
    {
      TwReceiptLine *line = tw_record_nth (receipt->lines, i);
      g_autofree char *pointer = g_strdup_printf ("/lines/%u/product", i);
      g_autoptr (TwProduct) product = tw_goods_find (ctx, line->product, pointer, error);

      if (!product)
        return FALSE;
      tw_record_set_string (&line->product, product->sku);
      line->product_id = TW_RECORD (product)->id;
    }
  return TRUE;
}

static int
compare_products (gconstpointer a, gconstpointer b)
{
  const TwReceiptLine *x = *(TwReceiptLine *const *) a, *y = *(TwReceiptLine *const *) b;

  return x->product_id < y->product_id ? -1 : x->product_id > y->product_id;
}

/* The lines in the order in which levels are changed. (transfer container) */
static GPtrArray *
sort_lines (TwReceipt *receipt)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < tw_record_count (receipt->lines); i++)
    g_ptr_array_add (lines, tw_record_nth (receipt->lines, i));
  g_ptr_array_sort (lines, compare_products);
  return lines;
}

static gboolean
move_in (TwContext *ctx, TwReceipt *receipt, const TwReceiptLine *line, GError **error)
{
  TwStockTransfer transfer = {
    .product_id = line->product_id,
    .quantity = line->quantity,
    .from = g_str_equal (receipt->reason, "opening") ? "adjustment" : "supplier",
    .to = "warehouse",
    .to_warehouse_id = receipt->warehouse_id,
    .document = "receipt",
    .document_id = TW_RECORD (receipt)->id,
    .document_number = receipt->number,
    .reason = receipt->reference,
  };

  if (g_str_equal (receipt->reason, "return"))
    transfer.from = "customer";
  return tw_stock_move (ctx, &transfer, error);
}

static gboolean
post (TwContext *ctx, TwReceipt *receipt, GError **error)
{
  g_autoptr (GPtrArray) lines = sort_lines (receipt);
  g_autoptr (TwBackorders) waiting = tw_backorders_new (receipt->warehouse_id);

  for (guint i = 0; i < lines->len; i++)
    {
      TwReceiptLine *line = lines->pdata[i];

      tw_backorders_expect (waiting, line->product_id, line->quantity);
    }
  if (!tw_backorders_lock (waiting, ctx, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!move_in (ctx, receipt, lines->pdata[i], error))
      return FALSE;
  return tw_backorders_fill (waiting, ctx, error);
}

gboolean
tw_receipt_post (TwContext *ctx, TwReceipt *receipt, GError **error)
{
  TwRecord *record = TW_RECORD (receipt);

  if (!resolve_head (ctx, receipt, error) || !resolve_lines (ctx, receipt, error))
    return FALSE;
  record->version = 1;
  record->created_at = record->updated_at = ctx->now;
  g_free (receipt->number);
  receipt->number = tw_number_document (ctx->db, "GR", ctx->today, error);
  return receipt->number && tw_receipt_store_insert (ctx->db, receipt, error)
         && tw_change_record (ctx, "create", NULL, record, NULL, error) && post (ctx, receipt, error);
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  return tw_receipt_post (ctx, (TwReceipt *) draft, error);
}

const TwResource tw_receipt_resource = {
  .path = "receipts",
  .document = "receipt",
  .type = tw_receipt_get_type,
  .list = &tw_receipt_list,
  .load = load,
  .create = create,
};
