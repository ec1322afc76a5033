/* test-order-status.c: an order's statuses follow from its facts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order-status.h"

static TwOrderLine *
add_line (TwOrder *order, gint64 quantity)
{
  g_autoptr (TwOrderLine) line = tw_order_line_new ();

  line->quantity = tw_decimal_from_int (quantity);
  g_list_store_append (order->lines, line);
  return tw_record_nth (order->lines, tw_record_count (order->lines) - 1);
}

static void
test_new (void)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  TwOrderFacts facts = { 0 };

  add_line (order, 10)->open_quantity = tw_decimal_from_int (10);
  tw_order_derive_statuses (order, &facts);
  g_assert_cmpstr (order->approval_status, ==, "none");
  g_assert_cmpstr (order->reservation_status, ==, "none");
  g_assert_cmpstr (order->delivery_status, ==, "none");
  g_assert_cmpstr (order->invoice_status, ==, "none");
  g_assert_cmpstr (order->payment_status, ==, "none");
}

static void
test_partial (void)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  TwOrderFacts facts = { .round_complete = TRUE, .invoiced = tw_decimal_from_int (50),
                        .settled = tw_decimal_from_int (20) };
  TwOrderLine *line = add_line (order, 10);

  line->delivered = tw_decimal_from_int (4);
  line->packed = tw_decimal_from_int (2);
  line->backordered = tw_decimal_from_int (4);
  line->invoiced = tw_decimal_from_int (4);
  tw_order_derive_statuses (order, &facts);
  g_assert_cmpstr (order->approval_status, ==, "approved");
  g_assert_cmpstr (order->reservation_status, ==, "partial");
  g_assert_cmpstr (order->fulfilment_status, ==, "partial");
  g_assert_cmpstr (order->delivery_status, ==, "partial");
  g_assert_cmpstr (order->invoice_status, ==, "partial");
  g_assert_cmpstr (order->payment_status, ==, "partial");
}

/* What was cancelled is not missing. */
static void
test_full_but_for_cancelled (void)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  TwOrderFacts facts = { .invoiced = tw_decimal_from_int (50), .settled = tw_decimal_from_int (50) };
  TwOrderLine *line = add_line (order, 10);

  line->cancelled = tw_decimal_from_int (4);
  line->delivered = tw_decimal_from_int (6);
  line->invoiced = tw_decimal_from_int (6);
  tw_order_derive_statuses (order, &facts);
  g_assert_cmpstr (order->reservation_status, ==, "full");
  g_assert_cmpstr (order->fulfilment_status, ==, "full");
  g_assert_cmpstr (order->delivery_status, ==, "full");
  g_assert_cmpstr (order->invoice_status, ==, "full");
  g_assert_cmpstr (order->payment_status, ==, "full");
}

static void
test_approval (void)
{
  g_autoptr (TwOrder) order = tw_order_new ();

  tw_order_derive_statuses (order, &(TwOrderFacts) { .round_open = TRUE, .round_rejected = TRUE });
  g_assert_cmpstr (order->approval_status, ==, "pending");
  tw_order_derive_statuses (order, &(TwOrderFacts) { .round_rejected = TRUE });
  g_assert_cmpstr (order->approval_status, ==, "rejected");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-status/new", test_new);
  g_test_add_func ("/order-status/partial", test_partial);
  g_test_add_func ("/order-status/full-but-for-cancelled", test_full_but_for_cancelled);
  g_test_add_func ("/order-status/approval", test_approval);
  return g_test_run ();
}
