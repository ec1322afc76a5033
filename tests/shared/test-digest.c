/* test-digest.c: what changes the commercial digest of an order, and what does not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order.h"
#include "shared/policy/digest.h"

static TwDecimal
decimal (const char *text)
{
  TwDecimal value;

  g_assert_true (tw_decimal_parse (text, &value, NULL));
  return value;
}

static TwOrder *
make_order (void)
{
  TwOrder *order = tw_order_new ();
  g_autoptr (TwOrderLine) line = tw_order_line_new ();

  tw_record_set_string (&order->customer, "ALFKI");
  tw_record_set_string (&order->currency, "CNY");
  tw_record_set_string (&line->product, "NW-11");
  line->quantity = decimal ("12");
  line->price = decimal ("14.00");
  g_list_store_append (order->lines, line);
  return order;
}

static void
assert_digest (TwOrder *order, const char *before, gboolean same)
{
  g_autofree char *now = tw_digest_commercial (TW_RECORD (order), "1");

  if (same)
    g_assert_cmpstr (now, ==, before);
  else
    g_assert_cmpstr (now, !=, before);
}

static void
test_remark (void)
{
  g_autoptr (TwOrder) order = make_order ();
  g_autofree char *before = tw_digest_commercial (TW_RECORD (order), "1");

  g_assert_cmpuint (strlen (before), ==, 64);
  tw_record_set_string (&order->notes, "please ring twice");
  tw_record_set_string (&order->po_reference, "4711");
  order->total = decimal ("1");
  assert_digest (order, before, TRUE);
}

static void
test_commercial (void)
{
  g_autoptr (TwOrder) order = make_order ();
  g_autofree char *before = tw_digest_commercial (TW_RECORD (order), "1");
  g_autofree char *other_rules = tw_digest_commercial (TW_RECORD (order), "2");
  TwOrderLine *line = tw_record_nth (order->lines, 0);

  g_assert_cmpstr (before, !=, other_rules);
  line->price = decimal ("13.99");
  assert_digest (order, before, FALSE);
  line->price = decimal ("14");
  assert_digest (order, before, TRUE);
  tw_record_set_string (&order->ship_city, "上海");
  assert_digest (order, before, FALSE);
  tw_record_set_string (&order->ship_city, NULL);
  order->requested_date = tw_date_today ();
  assert_digest (order, before, FALSE);
}

/* Text cannot pretend to be another field. */
static void
test_no_forgery (void)
{
  g_autoptr (TwOrder) honest = make_order ();
  g_autoptr (TwOrder) forged = make_order ();
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  tw_record_set_string (&honest->ship_name, "A");
  tw_record_set_string (&honest->ship_street, "B");
  tw_record_set_string (&forged->ship_name, "A\nship_street=B");
  a = tw_digest_canonical (TW_RECORD (honest));
  b = tw_digest_canonical (TW_RECORD (forged));
  g_assert_cmpstr (a, !=, b);
}

static void
test_lines_in_order (void)
{
  g_autoptr (TwOrder) order = make_order ();
  g_autoptr (TwOrderLine) second = tw_order_line_new ();
  g_autofree char *before = NULL;
  g_autofree char *text = tw_digest_canonical (TW_RECORD (order));

  g_assert_nonnull (strstr (text, "lines[\nproduct=NW-11\n"));
  tw_record_set_string (&second->product, "NW-42");
  second->quantity = decimal ("1");
  g_list_store_append (order->lines, second);
  before = tw_digest_commercial (TW_RECORD (order), "1");
  g_list_store_remove (order->lines, 1);
  g_list_store_insert (order->lines, 0, second);
  assert_digest (order, before, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/a-remark-changes-nothing", test_remark);
  g_test_add_func ("/digest/commercial-content", test_commercial);
  g_test_add_func ("/digest/no-forgery", test_no_forgery);
  g_test_add_func ("/digest/lines-in-order", test_lines_in_order);
  return g_test_run ();
}
