/* test-receipt.c: goods come in and go to those who wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/receipt.h"
#include "server/warehouse/stock.h"
#include "tests/fixture/yard.h"

static TwYard *yard;

static void
test_raises (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwReceipt) receipt = NULL;
  gint64 id;

  tw_yard_add_product (yard, "R-1");
  tw_yard_add_product (yard, "R-2");
  id = tw_yard_create (yard, "warehouse", &tw_receipt_resource,
                       "{\"warehouse\":\"MAIN\",\"reason\":\"opening\",\"reference\":\"LS 77\",\"lines\":["
                       "{\"product\":\"R-2\",\"quantity\":\"2.5\"},{\"product\":\"R-1\",\"quantity\":\"10\"},"
                       "{\"product\":\"R-2\",\"quantity\":\"0.5\"}]}",
                       &error);
  g_assert_no_error (error);
  tw_yard_assert_level (yard, "R-1", "on_hand", "10");
  tw_yard_assert_level (yard, "R-2", "on_hand", "3");
  receipt = tw_yard_read (yard, "auditor", &tw_receipt_resource, id, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (receipt->number, "GR-"));
  g_assert_cmpuint (tw_record_count (receipt->lines), ==, 3);
  g_assert_cmpstr (receipt->author, ==, "warehouse");
  tw_yard_assert_sound (yard);
}

static void
assert_fault (const char *body, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  TwFault *fault;

  g_assert_cmpint (tw_yard_create (yard, "warehouse", &tw_receipt_resource, body, &error), ==, 0);
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  fault = g_ptr_array_index (tw_error_get_faults (error), 0);
  g_assert_cmpstr (fault->pointer, ==, pointer);
}

static void
test_refused (void)
{
  tw_yard_add_product (yard, "R-3");
  tw_yard_add_product (yard, "S-3");
  assert_fault ("{\"warehouse\":\"NOWHERE\",\"reason\":\"other\",\"lines\":[{\"product\":\"R-3\",\"quantity\":\"1\"}]}",
                "/warehouse");
  assert_fault ("{\"warehouse\":\"MAIN\",\"reason\":\"other\",\"lines\":[{\"product\":\"R-3\",\"quantity\":\"1\"},"
                "{\"product\":\"S-3\",\"quantity\":\"1\"}]}",
                "/lines/1/product");
  assert_fault ("{\"warehouse\":\"MAIN\",\"reason\":\"other\",\"lines\":[{\"product\":\"R-3\",\"quantity\":\"-1\"}]}",
                "/lines/0/quantity");
  assert_fault ("{\"warehouse\":\"MAIN\",\"reason\":\"other\",\"receipt_date\":\"2999-01-01\",\"lines\":["
                "{\"product\":\"R-3\",\"quantity\":\"1\"}]}",
                "/receipt_date");
  tw_yard_assert_level (yard, "R-3", "on_hand", "0");
}

/* Earlier requested first, whatever the order of the ids; the rest goes on waiting. */
static void
test_serves_first_come (void)
{
  gint64 late, early;

  tw_yard_add_product (yard, "R-4");
  late = tw_yard_add_order (yard, "R-4:6", "2026-06-01");
  early = tw_yard_add_order (yard, "R-4:6", "2026-03-01");
  tw_yard_allocate (yard, late);
  tw_yard_allocate (yard, early);
  tw_yard_assert_level (yard, "R-4", "backordered", "12");
  tw_yard_receive (yard, "R-4", "8");
  tw_yard_assert_bucket (yard, early, 1, "reserved", "6");
  tw_yard_assert_bucket (yard, late, 1, "reserved", "2");
  tw_yard_assert_bucket (yard, late, 1, "backordered", "4");
  tw_yard_assert_level (yard, "R-4", "backordered", "4");
  g_assert_cmpint (tw_yard_get_shipment (yard, early), >, 0);
  g_assert_cmpint (tw_yard_get_shipment (yard, late), >, 0);
  tw_yard_assert_sound (yard);
}

static void
test_passes_over_hold (void)
{
  gint64 held, next;
  g_autofree char *sql = NULL;

  tw_yard_add_product (yard, "R-5");
  held = tw_yard_add_order (yard, "R-5:5", "2026-01-01");
  next = tw_yard_add_order (yard, "R-5:5", "2026-02-01");
  tw_yard_allocate (yard, held);
  tw_yard_allocate (yard, next);
  sql = g_strdup_printf ("UPDATE sales_order SET hold = 'credit' WHERE id = %" G_GINT64_FORMAT ";", held);
  tw_test_database_script (yard->database, sql);
  tw_yard_receive (yard, "R-5", "5");
  tw_yard_assert_bucket (yard, held, 1, "reserved", "0");
  tw_yard_assert_bucket (yard, next, 1, "reserved", "5");
  tw_yard_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/receipt/raises-stock", test_raises);
  g_test_add_func ("/receipt/refused", test_refused);
  g_test_add_func ("/receipt/serves-who-waits-by-date", test_serves_first_come);
  g_test_add_func ("/receipt/passes-over-hold", test_passes_over_hold);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
