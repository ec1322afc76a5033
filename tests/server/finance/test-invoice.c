/* test-invoice.c: from what was delivered to a posted invoice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/finance/desk.h"

static TwYard *yard;

#define INVOICE &tw_invoice_resource

static const TwDeskLine two_lines[]
  = { { "P-1", "10", "14.00", "0" }, { "P-3", "3", "9.99", "0.05" }, { NULL } };

static void
test_straight (void)
{
  gint64 order = tw_desk_add_order (yard, two_lines, "20", 2);
  g_autoptr (TwInvoice) invoice = NULL;
  g_autofree char *entry = NULL;
  gint64 id;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  invoice = tw_desk_read_invoice (yard, id);
  /* 140.00 + 28.47; 18.20 + 2.56; 20.00 */
  tw_desk_assert_decimal (invoice->net_total, "168.47");
  tw_desk_assert_decimal (invoice->tax_total, "20.76");
  tw_desk_assert_decimal (invoice->total, "209.23");
  g_assert_cmpstr (invoice->state, ==, "posted");
  g_assert_true (g_str_has_prefix (invoice->number, "INV-"));
  g_assert_cmpstr (invoice->bill_name, ==, "Alfreds");
  g_assert_cmpstr (invoice->bill_address, ==, "Obere Str. 57\n12209 Berlin\nGermany");
  g_assert_cmpstr (invoice->tax_id, ==, "DE 123");
  g_assert_cmpuint (tw_record_count (invoice->receivables), ==, 3);
  tw_desk_assert_decimal (((TwReceivable *) tw_record_nth (invoice->receivables, 0))->amount, "69.74");
  tw_desk_assert_decimal (((TwReceivable *) tw_record_nth (invoice->receivables, 2))->amount, "69.75");
  g_assert_cmpint (tw_date_days_between (invoice->invoice_date, invoice->due_date), ==, 40);
  entry = g_strdup_printf ("SELECT GROUP_CONCAT(CONCAT(account, ' ', ROUND(debit - credit, 2)) ORDER BY position)"
                           " FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id WHERE e.document = 'invoice'"
                           " AND e.document_id = %" G_GINT64_FORMAT,
                           id);
  tw_desk_assert_value (yard, entry,
                        "receivable 209.23,revenue -168.47,freight -20.00,tax -20.76,cost_of_goods 52.00,"
                        "inventory -52.00");
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "10");
  tw_desk_assert_sound (yard);
}

/* A service has no cost of goods. */
static void
test_service (void)
{
  static const TwDeskLine lines[] = { { "S-1", "2", "50", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 1), id;
  g_autofree char *entry = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  entry = g_strdup_printf ("SELECT COUNT(*) FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id"
                           " WHERE e.document = 'invoice' AND e.document_id = %" G_GINT64_FORMAT
                           " AND l.account IN ('cost_of_goods', 'inventory')",
                           id);
  tw_desk_assert_value (yard, entry, "0");
  tw_desk_assert_sound (yard);
}

static void
test_second_draft (void)
{
  gint64 order = tw_desk_add_order (yard, two_lines, "20", 1);
  g_autoptr (GError) none = NULL, twice = NULL, error = NULL;
  g_autoptr (TwInvoice) second = NULL;
  g_autofree char *name = NULL;
  gint64 first, id;

  g_assert_cmpint (tw_desk_draft (yard, yard->db, order, &none), ==, 0);
  g_assert_error (none, TW_ERROR, TW_ERROR_INVALID);
  tw_desk_deliver (yard, order, 1, "4");
  first = tw_desk_draft (yard, yard->db, order, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tw_desk_draft (yard, yard->db, order, &twice), ==, 0);
  g_assert_error (twice, TW_ERROR, TW_ERROR_INVALID);
  name = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  g_assert_nonnull (strstr (twice->message, name));
  /* More was delivered: a second draft holds that alone, and no freight. */
  tw_desk_deliver (yard, order, 1, "1");
  id = tw_desk_draft (yard, yard->db, order, &error);
  g_assert_no_error (error);
  second = tw_desk_read_invoice (yard, id);
  tw_desk_assert_decimal (second->net_total, "14.00");
  tw_desk_assert_decimal (second->freight, "0.00");
  /* What a discarded draft held can be invoiced again. */
  tw_desk_assert_refused (yard, "finance", INVOICE, first, "cancel", NULL, TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", INVOICE, first, "cancel", "{\"reason\":\"wrong day\"}");
  tw_yard_act (yard, "finance", INVOICE, id, "post", NULL);
  tw_desk_deliver_all (yard, order);
  tw_desk_invoice (yard, order);
  tw_desk_assert_sound (yard);
}

/* What came back after the draft was made is not posted. */
static void
test_returned (void)
{
  gint64 order = tw_desk_add_delivered (yard, "5", "10");
  g_autofree char *sql = g_strdup_printf ("UPDATE order_line SET returned = 2 WHERE order_id = %" G_GINT64_FORMAT ";",
                                          order);
  g_autoptr (GError) error = NULL;
  gint64 id = tw_desk_draft (yard, yard->db, order, &error);
  g_autoptr (TwInvoice) invoice = NULL;

  g_assert_no_error (error);
  tw_test_database_script (yard->database, sql);
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "post", NULL, TW_ERROR_STATE);
  tw_yard_act (yard, "finance", INVOICE, id, "cancel", "{\"reason\":\"returned\"}");
  invoice = tw_desk_read_invoice (yard, tw_desk_invoice (yard, order));
  tw_desk_assert_decimal (invoice->net_total, "30.00");
  tw_desk_assert_sound (yard);
}

/* ---- Rounding ---- */

static char *
random_decimal (guint whole, guint places)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d", g_test_rand_int_range (places > 0 ? 0 : 1, whole));
  g_string_append_c (text, '.');
  for (guint i = 0; i < places; i++)
    g_string_append_printf (text, "%d", g_test_rand_int_range (1, 10));
  return g_string_free (text, FALSE);
}

static gint64
add_random_order (guint n)
{
  static const char *const skus[] = { "P-1", "P-2", "P-3", "S-1" };
  static const char *const discounts[] = { "0", "0.05", "0.123", "0.333333" };
  g_autofree TwDeskLine *lines = g_new0 (TwDeskLine, n + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *freight = random_decimal (50, 2);

  for (guint i = 0; i < n; i++)
    {
      char *quantity = random_decimal (20, 3), *price = random_decimal (30, 4);

      g_ptr_array_add (texts, quantity);
      g_ptr_array_add (texts, price);
      lines[i] = (TwDeskLine) { skus[g_test_rand_int_range (0, 4)], quantity, price,
                                discounts[g_test_rand_int_range (0, 4)] };
    }
  return tw_desk_add_order (yard, lines, freight, g_test_rand_int_range (1, 3));
}

/* Delivers a random part of every line. */
static void
deliver_some (gint64 order)
{
  g_autofree char *sql = g_strdup_printf (
    "UPDATE order_line SET delivered = delivered + (@part := ROUND(open_quantity * %d / 10, 6)),"
    " open_quantity = open_quantity - @part WHERE order_id = %" G_GINT64_FORMAT ";",
    g_test_rand_int_range (1, 8), order);

  tw_test_database_script (yard->database, sql);
}

/* However an order is delivered in parts, its invoices add up to it: checked by the last line of sound. */
static void
test_rounding (void)
{
  for (guint round = 0; round < 25; round++)
    {
      gint64 order = add_random_order (g_test_rand_int_range (1, 6));
      g_autofree char *compare
        = g_strdup_printf ("SELECT SUM(i.total) - (SELECT total FROM sales_order WHERE id = %" G_GINT64_FORMAT ")"
                           " FROM invoice i WHERE i.order_id = %" G_GINT64_FORMAT " AND i.state = 'posted'",
                           order, order);
      guint parts = g_test_rand_int_range (1, 6);

      for (guint i = 0; i < parts; i++)
        {
          deliver_some (order);
          tw_desk_invoice (yard, order);
        }
      tw_desk_deliver_all (yard, order);
      tw_desk_invoice (yard, order);
      tw_desk_assert_amount (yard, compare, "0");
    }
  tw_desk_assert_sound (yard);
}

/* ---- Collective ---- */

static gboolean
collective_cb (TwContext *ctx, gpointer data, GError **error)
{
  g_autoptr (TwInvoice) invoice = NULL;
  g_autoptr (TwInvoiceRequest) request = tw_invoice_request_new ();

  tw_record_set_string (&request->customer, "ALFKI");
  tw_date_parse ("2026-03-01", &request->delivered_from, NULL);
  tw_date_parse ("2026-03-31", &request->delivered_to, NULL);
  invoice = tw_invoice_create (ctx, request, error);
  if (invoice == NULL)
    return FALSE;
  *(gint64 *) data = invoice->parent.id;
  return TRUE;
}

static void
ship (gint64 order, const char *day, const char *quantity)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO shipment (created_at, updated_at, number, state, order_id, customer_id, warehouse_id, delivered_at)"
    " SELECT NOW(6), NOW(6), CONCAT('SH-', COUNT(*)), 'delivered', %" G_GINT64_FORMAT ", 1, 1, '%s 12:00:00'"
    " FROM shipment;"
    "INSERT INTO shipment_line (shipment_id, order_line_id, product_id, quantity, picked, packed, delivered)"
    " SELECT LAST_INSERT_ID(), id, product_id, %s, %s, %s, %s FROM order_line WHERE order_id = %" G_GINT64_FORMAT
    " AND position = 1;",
    order, day, quantity, quantity, quantity, quantity, order);

  tw_test_database_script (yard->database, sql);
  tw_desk_deliver (yard, order, 1, quantity);
}

static void
test_collective (void)
{
  static const TwDeskLine lines[] = { { "P-1", "10", "3.33", "0" }, { NULL } };
  gint64 a = tw_desk_add_order (yard, lines, "5", 1), b = tw_desk_add_order (yard, lines, "7", 1);
  gint64 thirds = tw_desk_add_order (yard, lines, "0", 2), id = 0;
  g_autoptr (TwInvoice) invoice = NULL, other = NULL;
  g_autoptr (GError) error = NULL, again = NULL;

  ship (a, "2026-02-28", "4");
  ship (a, "2026-03-01", "3");
  ship (b, "2026-03-31", "2");
  ship (b, "2026-04-01", "2");
  ship (thirds, "2026-03-15", "1");
  tw_yard_run (yard, yard->db, "finance", collective_cb, &id, &error);
  g_assert_no_error (error);
  invoice = tw_desk_read_invoice (yard, id);
  g_assert_cmpint (invoice->order_id, ==, 0);
  g_assert_cmpuint (tw_record_count (invoice->lines), ==, 2);
  /* Seven of a, of which four came before the period; two of b, not what came after it. */
  tw_desk_assert_decimal (invoice->net_total, "29.97");
  tw_desk_assert_decimal (invoice->freight, "12.00");
  g_assert_cmpstr (((TwInvoiceLine *) tw_record_nth (invoice->lines, 1))->order, !=, NULL);
  /* The order with another payment term has an invoice of its own. */
  other = tw_desk_read_invoice (yard, id + 1);
  tw_desk_assert_decimal (other->net_total, "3.33");
  g_assert_cmpstr (other->payment_term, ==, "THIRDS");
  g_assert_false (tw_yard_run (yard, yard->db, "finance", collective_cb, &id, &again));
  g_assert_error (again, TW_ERROR, TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", INVOICE, invoice->parent.id, "post", NULL);
  tw_yard_act (yard, "finance", INVOICE, other->parent.id, "post", NULL);
  tw_yard_assert_bucket (yard, a, 1, "invoiced", "7");
  tw_yard_assert_bucket (yard, b, 1, "invoiced", "2");
  /* The rest of each order adds up all the same. */
  tw_desk_deliver_all (yard, a);
  tw_desk_deliver_all (yard, b);
  tw_desk_invoice (yard, a);
  tw_desk_invoice (yard, b);
  tw_desk_assert_sound (yard);
}

/* ---- Numbers ---- */

#define N_THREADS 4
#define N_EACH 6

typedef struct
{
  gint64 drafts[N_EACH];
  guint posted;
} Poster;

static gboolean
post_cb (TwContext *ctx, gpointer data, GError **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr (TwRecord) invoice = tw_invoice_resource.load (ctx, id < 0 ? -id : id, TRUE, error);

  if (invoice == NULL || !tw_gate_run (ctx, INVOICE, invoice, "post", NULL, error))
    return FALSE;
  /* Something later in the transaction fails. */
  return id > 0 || tw_error_set (error, TW_ERROR_STATE, "rolled back");
}

static gpointer
post_thread (gpointer data)
{
  Poster *poster = data;
  g_autoptr (TwDb) db = NULL;

  tw_db_thread_init ();
  db = tw_test_database_open (yard->database, FALSE);
  for (guint i = 0; i < N_EACH; i++)
    {
      gint64 broken = -poster->drafts[i];
      g_autoptr (GError) rolled_back = NULL, error = NULL;

      g_assert_false (tw_yard_run (yard, db, "finance", post_cb, &broken, &rolled_back));
      g_assert_error (rolled_back, TW_ERROR, TW_ERROR_STATE);
      poster->posted += tw_yard_run (yard, db, "finance", post_cb, &poster->drafts[i], &error);
      g_assert_no_error (error);
    }
  g_clear_pointer (&db, tw_db_close);
  tw_db_thread_end ();
  return NULL;
}

/* Every posting is rolled back once after its number was taken; four at a time. */
static void
test_gapless (void)
{
  Poster posters[N_THREADS] = { 0 };
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    for (guint j = 0; j < N_EACH; j++)
      {
        g_autoptr (GError) error = NULL;

        posters[i].drafts[j] = tw_desk_draft (yard, yard->db, tw_desk_add_delivered (yard, "1", "7.77"), &error);
        g_assert_no_error (error);
      }
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("post", post_thread, &posters[i]);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < N_THREADS; i++)
    g_assert_cmpuint (posters[i].posted, ==, N_EACH);
  tw_desk_assert_sound (yard);
}

/* ---- Frozen ---- */

static void
assert_denied (const char *script)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_db_execute_script (yard->db, script, &error));
  g_assert_nonnull (error);
}

static void
test_frozen (void)
{
  gint64 id = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "10"));
  g_autofree char *back = g_strdup_printf ("UPDATE invoice SET state = 'draft', number = NULL WHERE id = %"
                                           G_GINT64_FORMAT ";", id);
  g_autofree char *number = g_strdup_printf ("UPDATE invoice SET number = 'X' WHERE id = %" G_GINT64_FORMAT ";", id);

  assert_denied ("UPDATE invoice SET total = 0, net_total = 0;");
  assert_denied ("UPDATE invoice SET bill_name = 'Somebody';");
  assert_denied ("DELETE FROM invoice;");
  assert_denied ("UPDATE invoice_line SET quantity = 1;");
  assert_denied ("DELETE FROM invoice_line;");
  assert_denied ("UPDATE invoice_tax SET tax = 0;");
  assert_denied ("UPDATE journal_line SET debit = 1;");
  assert_denied ("DELETE FROM journal_entry;");
  assert_denied ("UPDATE receivable SET amount = 0;");
  assert_denied ("UPDATE payment SET amount = 1;");
  assert_denied ("DELETE FROM payment_allocation;");
  assert_denied (back);
  assert_denied (number);
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "post", NULL, TW_ERROR_STATE);
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "cancel", "{\"reason\":\"x\"}", TW_ERROR_STATE);
}

/* ---- Who ---- */

static void
test_who (void)
{
  gint64 order = tw_desk_add_delivered (yard, "1", "10");
  g_autoptr (GError) error = NULL;
  gint64 id = tw_desk_draft (yard, yard->db, order, &error);
  g_autoptr (TwInvoice) seen = NULL;

  g_assert_no_error (error);
  tw_desk_assert_refused (yard, "auditor", INVOICE, id, "post", NULL, TW_ERROR_FORBIDDEN);
  /* A sales rep sees the invoices of own customers only. */
  seen = tw_yard_read (yard, "sales", INVOICE, id, &error);
  g_assert_error (error, TW_ERROR, TW_ERROR_NOT_FOUND);
  g_clear_error (&error);
  tw_test_database_script (yard->database, "UPDATE customer SET sales_rep_id = 7 WHERE id = 1;");
  seen = tw_yard_read (yard, "sales", INVOICE, id, &error);
  g_assert_no_error (error);
  tw_test_database_script (yard->database, "UPDATE customer SET sales_rep_id = NULL WHERE id = 1;");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwYard) own = NULL;

  g_test_init (&argc, &argv, NULL);
  yard = own = tw_desk_new ();
  g_test_add_func ("/invoice/straight", test_straight);
  g_test_add_func ("/invoice/service", test_service);
  g_test_add_func ("/invoice/second-draft", test_second_draft);
  g_test_add_func ("/invoice/returned-after-draft", test_returned);
  g_test_add_func ("/invoice/rounding-adds-up", test_rounding);
  g_test_add_func ("/invoice/collective", test_collective);
  g_test_add_func ("/invoice/gapless", test_gapless);
  g_test_add_func ("/invoice/frozen", test_frozen);
  g_test_add_func ("/invoice/who", test_who);
  return g_test_run ();
}
