/* desk.c: see desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/finance/desk.h"

#include "server/core/verify.h"
#include "server/finance/finance-check.h"

static const char masters[]
  = "INSERT INTO tax_class (id, created_at, updated_at, code, name, rate)"
    " VALUES (2, NOW(6), NOW(6), 'reduced', 'Reduced', 0.09);"
    "INSERT INTO payment_term (id, created_at, updated_at, code, name) VALUES (2, NOW(6), NOW(6), 'THIRDS', 'Thirds');"
    "INSERT INTO payment_term_instalment (payment_term_id, position, share, days) VALUES (2, 1, 0.333333, 10),"
    " (2, 2, 0.333333, 20), (2, 3, 0.333334, 40);"
    "INSERT INTO customer_address (customer_id, kind, name, street, city, postal_code, country, is_default)"
    " VALUES (1, 'billing', 'Alfreds', 'Obere Str. 57', 'Berlin', '12209', 'Germany', TRUE);"
    "UPDATE customer SET tax_id = 'DE 123' WHERE id = 1;";

TwYard *
tw_desk_new (void)
{
  TwYard *yard = tw_yard_new ();

  tw_verify_add (tw_finance_checks);
  tw_yard_add_product (yard, "P-1");
  tw_yard_add_product (yard, "P-2");
  tw_yard_add_product (yard, "P-3");
  tw_yard_add_product (yard, "S-1");
  tw_test_database_script (yard->database, masters);
  return yard;
}

/* ---- Orders ---- */

static TwDecimal
decimal (const char *text)
{
  TwDecimal value = TW_DECIMAL_ZERO;

  g_assert_true (tw_decimal_parse (text, &value, NULL));
  return value;
}

/* Reduced is what ends with 3. */
static gboolean
is_reduced (const TwDeskLine *line)
{
  return g_str_has_suffix (line->sku, "3");
}

static void
add_line (TwYard *yard, gint64 order_id, guint position, const TwDeskLine *line, TwDecimal *nets)
{
  TwDecimal net = tw_decimal_line_net (decimal (line->quantity), decimal (line->price), decimal (line->discount), 2);
  g_autofree char *text = tw_decimal_format (net, 2);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO order_line (order_id, position, product_id, quantity, unit, list_price, price, discount, tax_class_id,"
    " tax_rate, net, cost, open_quantity) SELECT %" G_GINT64_FORMAT ", %u, id, %s, unit, %s, %s, %s, %s, %s, %s, cost,"
    " %s FROM product WHERE sku = '%s';",
    order_id, position, line->quantity, line->price, line->price, line->discount, is_reduced (line) ? "2" : "1",
    is_reduced (line) ? "0.09" : "0.13", text, line->quantity, line->sku);

  tw_test_database_script (yard->database, sql);
  nets[is_reduced (line)] = tw_decimal_add (nets[is_reduced (line)], net);
}

static void
release (TwYard *yard, gint64 id, const TwDecimal *nets, const char *freight, gint64 term)
{
  TwDecimal tax = tw_decimal_add (tw_decimal_mul (nets[0], decimal ("0.13"), 2),
                                  tw_decimal_mul (nets[1], decimal ("0.09"), 2));
  TwDecimal net = tw_decimal_add (nets[0], nets[1]);
  g_autofree char *net_text = tw_decimal_format (net, 2);
  g_autofree char *tax_text = tw_decimal_format (tax, 2);
  g_autofree char *sql = g_strdup_printf (
    "UPDATE sales_order SET state = 'released', approval_round = 1, digest = REPEAT('a', 64), freight = %s,"
    " net_total = %s, tax_total = %s, total = %s + %s + %s, total_company = %s + %s + %s, payment_term_id = %"
    G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT ";",
    freight, net_text, tax_text, net_text, tax_text, freight, net_text, tax_text, freight, term, id);

  tw_test_database_script (yard->database, sql);
}

gint64
tw_desk_add_order (TwYard *yard, const TwDeskLine *lines, const char *freight, gint64 term)
{
  guint n = ++yard->n_orders;
  TwDecimal nets[2] = { TW_DECIMAL_ZERO, TW_DECIMAL_ZERO };
  g_autofree char *head = g_strdup_printf (
    "INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, order_date, currency, price_list_id,"
    " payment_term_id, warehouse_id, sales_rep_id, author_id, editor_id) VALUES (%u, NOW(6), NOW(6), 'SO-T-%06u', 1,"
    " '2026-01-05', 'CNY', 1, 1, 1, 7, 7, 7);"
    "INSERT INTO approval (order_id, round, digest, rule_version, state, created_at)"
    " VALUES (%u, 1, REPEAT('a', 64), REPEAT('b', 64), 'complete', NOW(6));",
    n, n, n);

  tw_test_database_script (yard->database, head);
  for (guint i = 0; lines[i].sku != NULL; i++)
    add_line (yard, n, i + 1, &lines[i], nets);
  release (yard, n, nets, freight, term);
  return n;
}

void
tw_desk_deliver (TwYard *yard, gint64 order_id, guint position, const char *quantity)
{
  g_autofree char *sql
    = g_strdup_printf ("UPDATE order_line SET open_quantity = open_quantity - %s, delivered = delivered + %s"
                       " WHERE order_id = %" G_GINT64_FORMAT " AND position = %u;",
                       quantity, quantity, order_id, position);

  tw_test_database_script (yard->database, sql);
}

void
tw_desk_deliver_all (TwYard *yard, gint64 order_id)
{
  g_autofree char *sql
    = g_strdup_printf ("UPDATE order_line SET delivered = delivered + open_quantity, open_quantity = 0"
                       " WHERE order_id = %" G_GINT64_FORMAT ";",
                       order_id);

  tw_test_database_script (yard->database, sql);
}

gint64
tw_desk_add_delivered (TwYard *yard, const char *quantity, const char *price)
{
  const TwDeskLine lines[] = { { "P-1", quantity, price, "0" }, { NULL } };
  gint64 id = tw_desk_add_order (yard, lines, "0", 1);

  tw_desk_deliver_all (yard, id);
  return id;
}

/* ---- Invoices and payments ---- */

typedef struct
{
  char *order;
  gint64 id;
} Draft;

static gboolean
draft_cb (TwContext *ctx, gpointer data, GError **error)
{
  Draft *draft = data;
  g_autoptr (TwInvoiceRequest) request = tw_invoice_request_new ();
  g_autoptr (TwInvoice) invoice = NULL;

  if (draft->order != NULL)
    tw_record_set_string (&request->order, draft->order);
  else
    tw_record_set_string (&request->customer, "ALFKI");
  invoice = tw_invoice_create (ctx, request, error);
  if (invoice == NULL)
    return FALSE;
  draft->id = invoice->parent.id;
  return TRUE;
}

gint64
tw_desk_draft (TwYard *yard, TwDb *db, gint64 order_id, GError **error)
{
  g_autofree char *order = g_strdup_printf ("SO-T-%06" G_GINT64_FORMAT, order_id);
  Draft draft = { order, 0 };

  return tw_yard_run (yard, db, "finance", draft_cb, &draft, error) ? draft.id : 0;
}

gint64
tw_desk_collect (TwYard *yard, GError **error)
{
  Draft draft = { NULL, 0 };

  return tw_yard_run (yard, yard->db, "finance", draft_cb, &draft, error) ? draft.id : 0;
}

gint64
tw_desk_invoice (TwYard *yard, gint64 order_id)
{
  g_autoptr (GError) error = NULL;
  gint64 id = tw_desk_draft (yard, yard->db, order_id, &error);

  g_assert_no_error (error);
  tw_yard_act (yard, "finance", &tw_invoice_resource, id, "post", NULL);
  return id;
}

gint64
tw_desk_receive (TwYard *yard, const char *amount)
{
  g_autofree char *body
    = g_strdup_printf ("{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"%s\"}", amount);
  g_autoptr (GError) error = NULL;
  gint64 id = tw_yard_create (yard, "finance", &tw_payment_resource, body, &error);

  g_assert_no_error (error);
  tw_yard_act (yard, "finance", &tw_payment_resource, id, "receive", NULL);
  return id;
}

static gpointer
read_document (TwYard *yard, const TwResource *resource, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer record = tw_yard_read (yard, "finance", resource, id, &error);

  g_assert_no_error (error);
  return record;
}

TwInvoice *
tw_desk_read_invoice (TwYard *yard, gint64 id)
{
  return read_document (yard, &tw_invoice_resource, id);
}

TwPayment *
tw_desk_read_payment (TwYard *yard, gint64 id)
{
  return read_document (yard, &tw_payment_resource, id);
}

/* ---- What must hold ---- */

void
tw_desk_assert_refused (TwYard *yard, const char *role, const TwResource *resource, gint64 id, const char *action,
                        const char *body, TwErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, role, resource, id, action, body, &error));
  g_assert_error (error, TW_ERROR, (int) code);
}

void
tw_desk_assert_value (TwYard *yard, const char *sql, const char *expected)
{
  g_autofree char *found = tw_test_database_value (yard->database->owner, sql);

  g_assert_cmpstr (found, ==, expected);
}

void
tw_desk_assert_amount (TwYard *yard, const char *sql, const char *expected)
{
  g_autofree char *found = tw_test_database_value (yard->database->owner, sql);

  g_assert_nonnull (found);
  if (tw_decimal_compare (decimal (found), decimal (expected)) != 0)
    g_error ("%s: %s instead of %s", sql, found, expected);
}

static void
collect_cb (const char *line, gpointer data)
{
  g_string_append_printf (data, "%s\n", line);
}

void
tw_desk_assert_sound (TwYard *yard)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean clean = FALSE;

  tw_verify_run (&yard->database->owner, 1, NULL, collect_cb, lines, &clean, &error);
  g_assert_no_error (error);
  if (!clean)
    g_error ("%s", lines->str);
}
