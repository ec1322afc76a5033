/* test-stock-count.c: what was counted becomes what is on hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock-count.h"
#include "tests/fixture/yard.h"

static TwYard *yard;

static gint64
add_count (const char *sku, const char *counted)
{
  g_autofree char *body
    = g_strdup_printf ("{\"warehouse\":\"MAIN\",\"lines\":[{\"product\":\"%s\",\"counted\":\"%s\"}]}", sku, counted);
  g_autoptr (GError) error = NULL;
  gint64 id = tw_yard_create (yard, "warehouse", &tw_stock_count_resource, body, &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_refused (gint64 id, const char *body, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  TwFault *fault;

  g_assert_false (tw_yard_try (yard, "warehouse", &tw_stock_count_resource, id, "post", body, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  fault = g_ptr_array_index (tw_error_get_faults (error), 0);
  g_assert_cmpstr (fault->pointer, ==, pointer);
}

static void
test_less (void)
{
  g_autoptr (TwStockCount) count = NULL;
  TwStockCountLine *line;
  gint64 id;

  tw_yard_add_product (yard, "C-1");
  tw_yard_receive (yard, "C-1", "10");
  id = add_count ("C-1", "7");
  assert_refused (id, NULL, "/reason");
  tw_yard_assert_level (yard, "C-1", "on_hand", "10");
  tw_yard_act (yard, "warehouse", &tw_stock_count_resource, id, "post", "{\"reason\":\"three broken\"}");
  tw_yard_assert_level (yard, "C-1", "on_hand", "7");
  count = tw_yard_read (yard, "auditor", &tw_stock_count_resource, id, NULL);
  line = tw_record_nth (count->lines, 0);
  g_assert_cmpstr (count->state, ==, "posted");
  g_assert_cmpint (tw_decimal_compare (line->expected, tw_decimal_from_int (10)), ==, 0);
  g_assert_cmpint (tw_decimal_compare (line->difference, tw_decimal_from_int (-3)), ==, 0);
  tw_yard_assert_sound (yard);
}

static void
test_same_needs_no_reason (void)
{
  gint64 id;

  tw_yard_add_product (yard, "C-2");
  tw_yard_receive (yard, "C-2", "4");
  id = add_count ("C-2", "4");
  tw_yard_act (yard, "warehouse", &tw_stock_count_resource, id, "post", NULL);
  tw_yard_assert_level (yard, "C-2", "on_hand", "4");
}

static void
test_reserved (void)
{
  gint64 order, id;

  tw_yard_add_product (yard, "C-3");
  tw_yard_receive (yard, "C-3", "10");
  order = tw_yard_add_order (yard, "C-3:6", NULL);
  tw_yard_allocate (yard, order);
  id = add_count ("C-3", "5");
  assert_refused (id, "{\"reason\":\"lost\"}", "/lines/0/counted");
  tw_yard_assert_level (yard, "C-3", "on_hand", "10");
  tw_yard_assert_sound (yard);
}

static void
test_found_goes_to_waiting (void)
{
  gint64 order, id;

  tw_yard_add_product (yard, "C-4");
  order = tw_yard_add_order (yard, "C-4:6", NULL);
  tw_yard_allocate (yard, order);
  id = add_count ("C-4", "4");
  tw_yard_act (yard, "warehouse", &tw_stock_count_resource, id, "post", "{\"reason\":\"found in the corner\"}");
  tw_yard_assert_bucket (yard, order, 1, "reserved", "4");
  tw_yard_assert_bucket (yard, order, 1, "backordered", "2");
  tw_yard_assert_sound (yard);
}

static void
test_planner_may_not (void)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  tw_yard_add_product (yard, "C-5");
  id = add_count ("C-5", "1");
  g_assert_false (tw_yard_try (yard, "planner", &tw_stock_count_resource, id, "post", "{\"reason\":\"x\"}", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_FORBIDDEN);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/stock-count/post/less-needs-a-reason", test_less);
  g_test_add_func ("/stock-count/post/same-needs-none", test_same_needs_no_reason);
  g_test_add_func ("/stock-count/post/not-below-reserved", test_reserved);
  g_test_add_func ("/stock-count/post/found-goes-to-who-waits", test_found_goes_to_waiting);
  g_test_add_func ("/stock-count/post/forbidden-to-planner", test_planner_may_not);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
