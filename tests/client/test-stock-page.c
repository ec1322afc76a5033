/* test-stock-page.c: stock and its moves, goods receipts and counts by scanner, against the real server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/receipt-list.h"
#include "client/warehouse/receipt-page.h"
#include "client/warehouse/stock-count-list.h"
#include "client/warehouse/stock-count-page.h"
#include "client/warehouse/stock-list.h"
#include "client/warehouse/stock-page.h"
#include "client/widget/line-editor.h"
#include "client/widget/scan-entry.h"
#include "client/widget/table.h"
#include "shared/document/stock-count.h"
#include "shared/document/stock.h"
#include "tests/client/goods-fixture.h"

static TwGoodsFixture *fixture;

static GtkWidget *
page_of (TwDesk *desk)
{
  return GTK_WIDGET (tw_desk_get_detail (desk));
}

static gpointer
record_of (TwDesk *desk)
{
  return tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static void
scan (TwDesk *desk, const char *code)
{
  tw_scan_entry_scan (tw_goods_find (page_of (desk), TW_TYPE_SCAN_ENTRY, NULL), code);
}

static void
save (TwDesk *desk)
{
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_goods_settle ();
}

static char *
on_hand (const char *sku)
{
  g_autofree char *path = g_strdup_printf ("/stock?product=%s&warehouse=MAIN", sku);
  g_autoptr (TwTestReply) reply = tw_test_as (fixture->server, "warehouse", "GET", path, NULL);
  JsonArray *items = json_object_get_array_member (tw_test_reply_object (reply), "items");

  return g_strdup (json_object_get_string_member (json_array_get_object_element (items, 0), "on_hand"));
}

static void
assert_quantity (TwDecimal value, const char *expected)
{
  g_autofree char *text = tw_decimal_format (value, 0);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_stock (void)
{
  TwDesk *desk = tw_goods_desk_show (TW_TYPE_STOCK_LIST, TW_TYPE_STOCK_PAGE);
  TwRecordList *list = tw_list_page_get_model (tw_desk_get_list (desk));
  g_autoptr (TwStockLevel) level = NULL;
  GtkColumnView *moves;

  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_READY, 20);
  g_assert_cmpuint (tw_record_list_get_total (list), >=, 3);
  tw_record_list_set_search (list, "6900000000003");
  tw_test_wait_for (tw_record_list_get_total (list) == 1, 20);
  level = g_list_model_get_item (G_LIST_MODEL (list), 0);
  tw_test_wait_for (TW_RECORD (level)->id != 0, 20);
  g_assert_cmpstr (level->product, ==, "NW-3");
  tw_goods_desk_open (desk, TW_RECORD (level)->id);
  moves = tw_goods_find (tw_goods_find (page_of (desk), TW_TYPE_TABLE, NULL), GTK_TYPE_COLUMN_VIEW, NULL);
  tw_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (moves))) == 1, 20);
  tw_goods_desk_close (desk);
}

static void
test_receipt_by_scanner (void)
{
  TwDesk *desk = tw_goods_desk_show (TW_TYPE_RECEIPT_LIST, TW_TYPE_RECEIPT_PAGE);
  g_autofree char *before = on_hand ("NW-1"), *after = NULL;
  TwReceipt *receipt;
  TwReceiptLine *line;
  TwDecimal was, is;

  tw_desk_open (desk, 0);
  tw_goods_type (page_of (desk), "warehouse", "MAIN");
  /* The second comes while the first is asked for, the third is known by its code. */
  scan (desk, "6900000000001");
  scan (desk, "6900000000001");
  tw_goods_settle ();
  scan (desk, "nw-1");
  scan (desk, "6900000000002");
  tw_goods_settle ();
  receipt = record_of (desk);
  g_assert_cmpuint (tw_record_count (receipt->lines), ==, 2);
  line = tw_record_nth (receipt->lines, 0);
  g_assert_cmpstr (line->product, ==, "NW-1");
  g_assert_cmpstr (line->product_name, ==, "Chai");
  assert_quantity (line->quantity, "3");
  save (desk);
  receipt = record_of (desk);
  g_assert_nonnull (receipt->number);
  g_assert_false (tw_detail_page_is_editing (tw_desk_get_detail (desk)));
  after = on_hand ("NW-1");
  tw_decimal_parse (before, &was, NULL);
  tw_decimal_parse (after, &is, NULL);
  assert_quantity (tw_decimal_sub (is, was), "3");
  tw_goods_desk_close (desk);
}

static void
test_receipt_unknown_code (void)
{
  TwDesk *desk = tw_goods_desk_show (TW_TYPE_RECEIPT_LIST, TW_TYPE_RECEIPT_PAGE);
  TwScanEntry *entry;
  GtkEntry *text;

  tw_desk_open (desk, 0);
  scan (desk, "0000000000000");
  entry = tw_goods_find (page_of (desk), TW_TYPE_SCAN_ENTRY, NULL);
  text = tw_goods_find (GTK_WIDGET (entry), GTK_TYPE_ENTRY, NULL);
  tw_test_wait_for (gtk_widget_has_css_class (GTK_WIDGET (text), "error"), 20);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "0000000000000");
  g_assert_cmpuint (tw_record_count (((TwReceipt *) record_of (desk))->lines), ==, 0);
  tw_detail_page_discard (tw_desk_get_detail (desk));
  tw_goods_desk_close (desk);
}

/* What the server refuses stands beside its field, and what was typed is still there. */
static void
test_receipt_fault (void)
{
  TwDesk *desk = tw_goods_desk_show (TW_TYPE_RECEIPT_LIST, TW_TYPE_RECEIPT_PAGE);
  g_autofree char *fault = NULL;

  tw_desk_open (desk, 0);
  tw_goods_type (page_of (desk), "warehouse", "NOWHERE");
  tw_goods_type (page_of (desk), "reference", "DN-1");
  scan (desk, "NW-2");
  tw_goods_settle ();
  save (desk);
  fault = tw_goods_get_fault (page_of (desk), "warehouse");
  g_assert_cmpstr (fault, !=, "");
  g_assert_cmpstr (((TwReceipt *) record_of (desk))->reference, ==, "DN-1");
  g_assert_true (tw_detail_page_is_dirty (tw_desk_get_detail (desk)));
  tw_detail_page_discard (tw_desk_get_detail (desk));
  tw_goods_desk_close (desk);
}

static void
test_count (void)
{
  TwDesk *desk = tw_goods_desk_show (TW_TYPE_STOCK_COUNT_LIST, TW_TYPE_STOCK_COUNT_PAGE);
  g_autofree char *fault = NULL, *after = NULL;
  TwStockCountLine *line;

  tw_desk_open (desk, 0);
  tw_goods_type (page_of (desk), "warehouse", "MAIN");
  scan (desk, "NW-3");
  tw_goods_settle ();
  scan (desk, "NW-3");
  save (desk);
  g_assert_cmpstr (((TwStockCount *) record_of (desk))->state, ==, "draft");
  tw_goods_desk_act (desk, "post");
  tw_goods_settle ();
  fault = tw_goods_get_fault (page_of (desk), "reason");
  g_assert_cmpstr (fault, !=, "");
  tw_goods_type (page_of (desk), "reason", "burnt");
  save (desk);
  tw_goods_desk_act (desk, "post");
  tw_goods_settle ();
  g_assert_cmpstr (((TwStockCount *) record_of (desk))->state, ==, "posted");
  line = tw_record_nth (((TwStockCount *) record_of (desk))->lines, 0);
  assert_quantity (line->difference, "-998");
  after = on_hand ("NW-3");
  g_assert_cmpstr (after, ==, "2");
  tw_goods_desk_close (desk);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  tw_goods_fixture_become (fixture, "warehouse");
  g_test_add_func ("/stock/list-and-moves", test_stock);
  g_test_add_func ("/receipt/by-scanner", test_receipt_by_scanner);
  g_test_add_func ("/receipt/unknown-code", test_receipt_unknown_code);
  g_test_add_func ("/receipt/fault-beside-field", test_receipt_fault);
  g_test_add_func ("/stock-count/post-needs-reason", test_count);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
