/* test-terms.c: what was agreed with a customer: prices by quantity and date, instalments, and what is late
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "shared/base/date.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

static char *
on_day (int days)
{
  return tw_date_format (tw_date_add_days (tw_date_today (), days));
}

/* P-1 costs 9.50 these days and 8.00 from ten on; the cheaper ones are of last week and of next week. */
static void
add_prices (void)
{
  g_autofree char *before = on_day (-10), *yesterday = on_day (-1), *tomorrow = on_day (1), *later = on_day (10);
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"DATED\",\"name\":\"Dated\",\"currency\":\"CNY\",\"items\":["
    "{\"product\":\"P-1\",\"price\":\"9.50\",\"valid_from\":\"%s\",\"valid_to\":\"%s\"},"
    "{\"product\":\"P-1\",\"price\":\"8.00\",\"min_quantity\":\"10\"},"
    "{\"product\":\"P-1\",\"price\":\"1.00\",\"min_quantity\":\"10\",\"valid_from\":\"%s\",\"valid_to\":\"%s\"},"
    "{\"product\":\"P-1\",\"price\":\"2.00\",\"min_quantity\":\"10\",\"valid_from\":\"%s\"}]}",
    before, later, before, yesterday, tomorrow);

  tw_company_create (server, "sales_manager", "/price-lists", body);
}

static void
add_customer (void)
{
  gint64 id;

  tw_company_create (server, "admin", "/payment-terms",
                     "{\"code\":\"THIRDS\",\"name\":\"In three parts\",\"instalments\":["
                     "{\"share\":\"0.333333\",\"days\":0},{\"share\":\"0.333333\",\"days\":30},"
                     "{\"share\":\"0.333334\",\"days\":60}]}");
  id = tw_company_create (server, "sales", "/customers",
                          "{\"code\":\"TERMS\",\"name\":\"Company TERMS\",\"price_list\":\"DATED\","
                          "\"payment_term\":\"THIRDS\",\"currency\":\"CNY\",\"addresses\":[{\"kind\":\"shipping\","
                          "\"street\":\"A 1\",\"city\":\"Berlin\",\"country\":\"Germany\",\"is_default\":true}]}");
  tw_company_change (server, "finance_manager", "customers", id, "{\"credit_limit\":\"10000\"}");
}

/* ---- Prices ---- */

static void
assert_price (const char *lines, const char *expected)
{
  g_autofree char *body = tw_company_order_body ("TERMS", lines, NULL);
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders/check", body);
  g_autofree char *price = NULL;

  tw_test_assert_status (reply, 200);
  price = tw_company_value (reply, "lines.0.price");
  g_assert_cmpstr (price, ==, expected);
}

static void
test_prices (void)
{
  assert_price ("P-1:9", "9.50");
  assert_price ("P-1:9.999999", "9.50");
  assert_price ("P-1:10", "8.00");
  assert_price ("P-1:5000", "8.00");
  assert_price ("P-4:1", "1.00"); /* not in the list: the product's own */
}

/* ---- Duplicates ---- */

/* The result of the check, and whether it names @number. */
static void
assert_duplicate (const char *lines, const char *result, const char *number)
{
  g_autofree char *body = tw_company_order_body ("TERMS", lines, NULL);
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders/check", body);
  gint64 n = tw_company_count (reply, "checks");

  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *check_path = g_strdup_printf ("checks.%" G_GINT64_FORMAT ".check", i);
      g_autofree char *result_path = g_strdup_printf ("checks.%" G_GINT64_FORMAT ".result", i);
      g_autofree char *check = tw_company_value (reply, check_path), *found = tw_company_value (reply, result_path);

      if (!g_str_equal (check, "duplicate"))
        continue;
      g_assert_cmpstr (found, ==, result);
      g_assert_true (strstr (reply->text, number) != NULL || g_str_equal (result, "pass"));
      return;
    }
  g_error ("duplicates were not checked: %s", reply->text);
}

/* The same lines within a day, in whatever order and without a reference, may have been entered twice. */
static void
test_same_lines (void)
{
  gint64 id = tw_company_enter (server, "sales", "TERMS", "P-2:7 P-4:3");
  g_autoptr (TwTestReply) order = tw_company_get (server, "sales", "/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *number = tw_company_value (order, "number");

  assert_duplicate ("P-4:3 P-2:7", "warn", number);
  assert_duplicate ("P-2:7 P-4:4", "pass", number);
  assert_duplicate ("P-2:7", "pass", number);
}

/* ---- Instalments ---- */

/* Delivered, and invoiced forty days ago. */
static gint64
invoice_old (void)
{
  gint64 id = tw_company_enter (server, "sales", "TERMS", "P-4:100"), invoice;
  g_autofree char *day = on_day (-40);
  g_autoptr (TwTestReply) order = NULL;
  g_autofree char *number = NULL, *body = NULL;

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_do (server, "manager", "orders", id, "approve", NULL); /* a new customer */
  tw_company_fulfil (server, id);
  order = tw_company_get (server, "finance", "/orders/%" G_GINT64_FORMAT, id);
  number = tw_company_value (order, "number");
  body = g_strdup_printf ("{\"order\":\"%s\",\"invoice_date\":\"%s\"}", number, day);
  invoice = tw_company_create (server, "finance", "/invoices", body);
  tw_company_do (server, "finance", "invoices", invoice, "post", NULL);
  return invoice;
}

static gboolean
is_credit_checked (void)
{
  g_autofree char *body = tw_company_order_body ("TERMS", "P-4:1", NULL);
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders/check", body);

  tw_test_assert_status (reply, 200);
  return strstr (reply->text, "\"check\":\"credit\",\"result\":\"needs_signature\"") != NULL;
}

/* Three parts of 100.00 are 100.00, the cent where the remainder is largest. Two are due: the invoice is overdue, and
 * so is the customer, until they are paid. */
static void
test_instalments (void)
{
  gint64 invoice = invoice_old (), payment;
  g_autofree char *first = on_day (-40), *second = on_day (-10), *third = on_day (20);

  tw_company_assert (server, "invoices", invoice, "total", "100.00", "overdue", "true", "receivables.0.amount", "33.33",
                     "receivables.1.amount", "33.33", "receivables.2.amount", "33.34", "receivables.0.due_date", first,
                     "receivables.1.due_date", second, "receivables.2.due_date", third, "receivables.1.days_overdue",
                     "10", "receivables.2.days_overdue", "0");
  g_assert_true (is_credit_checked ());
  payment = tw_company_take_money (server, "TERMS", "66.66");
  tw_company_do (server, "finance", "payments", payment, "allocate", NULL);
  tw_company_assert (server, "invoices", invoice, "state", "partly_paid", "overdue", "false", "open_amount", "33.34",
                     "receivables.0.open_amount", "0.00", "receivables.1.open_amount", "0.00",
                     "receivables.2.open_amount", "33.34");
  g_assert_false (is_credit_checked ());
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  add_prices ();
  add_customer ();
  g_test_add_func ("/terms/prices-by-quantity-and-date", test_prices);
  g_test_add_func ("/terms/same-lines-within-a-day", test_same_lines);
  g_test_add_func ("/terms/instalments-and-overdue", test_instalments);
  g_test_add_data_func ("/terms/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
