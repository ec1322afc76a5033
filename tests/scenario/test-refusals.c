/* test-refusals.c: what must not happen does not: forbidden, foreign, stale, doubled, invented and oversized requests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "shared/base/date.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

static char *
count (const char *table)
{
  g_autofree char *sql = g_strconcat ("SELECT COUNT(*) FROM ", table, NULL);

  return tw_company_query (server, sql);
}

static gint64
get_version (const char *kind, gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, kind, id);

  tw_test_assert_status (reply, 200);
  return json_object_get_int_member (tw_test_reply_object (reply), "version");
}

/* ---- Mass assignment ---- */

/* What only the server decides is refused by name, at creation and in a change, and the right part is not taken. */
static void
test_mass_assignment (void)
{
  static const char *const members[][2] = {
    { "total", "\"1.00\"" },     { "net_total", "\"1.00\"" },  { "state", "\"confirmed\"" },
    { "author_id", "9" },        { "author", "\"manager\"" },  { "number", "\"SO-1\"" },
    { "digest", "\"00\"" },      { "version", "7" },           { "id", "7" },
    { "sales_rep_id", "9" },     { "approval_status", "\"approved\"" }, { "exchange_rate", "\"0.01\"" },
  };
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autofree char *before = count ("sales_order"), *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *more = g_strdup_printf ("\"%s\":%s", members[i][0], members[i][1]);
      g_autofree char *create = tw_company_order_body ("ALFKI", "P-1:1", more);
      g_autofree char *patch = g_strdup_printf ("{\"notes\":\"taken\",%s}", more);
      g_autofree char *pointer = g_strconcat ("/", members[i][0], NULL);
      g_autoptr (TwTestReply) created = tw_company_post (server, "sales", "/orders", create);
      g_autoptr (TwTestReply) changed = tw_company_patch (server, "sales", "orders", id, 1, patch);

      tw_test_assert_problem (created, 422, pointer);
      tw_test_assert_problem (changed, 422, pointer);
    }
  after = count ("sales_order");
  g_assert_cmpstr (before, ==, after);
  tw_company_assert (server, "orders", id, "version", "1", "notes", "");
}

static void
test_mass_assignment_of_lines (void)
{
  static const char *const members[] = { "net", "cost", "margin", "list_price", "tax_rate", "reserved", "invoiced" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *body = g_strdup_printf (
        "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"1\",\"%s\":\"1\"}]}", members[i]);
      g_autofree char *pointer = g_strconcat ("/lines/0/", members[i], NULL);
      g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders", body);

      tw_test_assert_problem (reply, 422, pointer);
    }
}

/* A customer's contact decides no price. */
static void
test_price_of_a_customer (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1@0.01", NULL);
  g_autoptr (TwTestReply) reply = tw_company_post (server, "customer", "/orders", body);

  tw_test_assert_problem (reply, 422, "/lines/0/price");
}

/* ---- Values ---- */

static void
test_values (void)
{
  static const char *const bodies[][2] = {
    { "{\"lines\":[]}", "/customer" },
    { "{\"customer\":\"NOBODY\",\"lines\":[]}", "/customer" },
    { "{\"customer\":\"ALFKI\",\"currency\":\"XYZ\",\"lines\":[]}", "/currency" },
    { "{\"customer\":\"ALFKI\",\"channel\":\"smoke\",\"lines\":[]}", "/channel" },
    { "{\"customer\":\"ALFKI\",\"requested_date\":\"2026-02-30\",\"lines\":[]}", "/requested_date" },
    { "{\"customer\":\"ALFKI\",\"freight\":\"-1.00\",\"lines\":[]}", "/freight" },
    { "{\"customer\":\"ALFKI\",\"freight\":\"0.001\",\"lines\":[]}", "/freight" },
    { "{\"customer\":\"ALFKI\",\"freight\":\"1e3\",\"lines\":[]}", "/freight" },
    { "{\"customer\":\"ALFKI\",\"warehouse\":\"WEST\",\"lines\":[]}", "/warehouse" },
    { "{\"customer\":\"ALFKI\",\"notes\":\"bell \\u0007\",\"lines\":[]}", "/notes" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"0\"}]}", "/lines/0/quantity" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":2}]}", "/lines/0/quantity" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"0.0000001\"}]}", "/lines/0/quantity" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"1\",\"discount\":\"1.01\"}]}",
      "/lines/0/discount" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-9\",\"quantity\":\"1\"}]}", "/lines/0/product" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"quantity\":\"1\"}]}", "/lines/0/product" },
    { "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"1\",\"tax_class\":\"none\"}]}",
      "/lines/0/tax_class" },
    { "{\"customer\":\"ALFKI\",\"lines\":[1]}", "/lines/0" },
  };
  g_autofree char *before = count ("sales_order"), *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders", bodies[i][0]);

      tw_test_assert_problem (reply, 422, bodies[i][1]);
    }
  after = count ("sales_order");
  g_assert_cmpstr (before, ==, after);
}

/* ---- Size ---- */

static void
test_huge_body (void)
{
  g_autofree char *notes = g_strnfill (5 * 1024 * 1024, 'x');
  g_autofree char *more = g_strdup_printf ("\"notes\":\"%s\"", notes);
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", more);
  g_autofree char *before = count ("sales_order"), *after = NULL;
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders", body);

  tw_test_assert_problem (reply, 413, NULL);
  after = count ("sales_order");
  g_assert_cmpstr (before, ==, after);
}

static void
test_too_many_lines (void)
{
  g_autoptr (GString) lines = g_string_new ("P-1:1");
  g_autofree char *body = NULL;
  g_autoptr (TwTestReply) reply = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (lines, " P-1:1");
  body = tw_company_order_body ("ALFKI", lines->str, NULL);
  reply = tw_company_post (server, "sales", "/orders", body);
  tw_test_assert_problem (reply, 422, "/lines");
}

/* As many as there may be. */
static void
test_thousand_lines (void)
{
  g_autoptr (GString) lines = g_string_new ("P-4:1");
  gint64 id;

  for (guint i = 1; i < 1000; i++)
    g_string_append (lines, " P-4:1");
  id = tw_company_enter (server, "sales", "ALFKI", lines->str);
  tw_company_assert (server, "orders", id, "line_count", "1000", "total", "1000.00");
}

/* ---- Versions ---- */

static void
test_stale (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  gint64 version = get_version ("orders", id);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *submit = g_strconcat (path, "/actions/submit", NULL);
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
  g_autoptr (TwTestReply) first = tw_company_patch (server, "sales", "orders", id, version, "{\"notes\":\"first\"}");
  g_autoptr (TwTestReply) stale = tw_company_patch (server, "sales", "orders", id, version, "{\"notes\":\"second\"}");
  g_autoptr (TwTestReply) acted = tw_test_call (server, token, "POST", submit, "{}", "If-Match", etag, NULL);
  g_autoptr (TwTestReply) blind = tw_test_call (server, token, "PATCH", path, "{\"notes\":\"third\"}", NULL);
  g_autofree char *notes = tw_company_value (stale, "current.notes");
  g_autofree char *current = tw_company_value (stale, "current.version");
  g_autofree char *newer = g_strdup_printf ("%" G_GINT64_FORMAT, version + 1);

  tw_test_assert_status (first, 200);
  tw_test_assert_problem (stale, 412, NULL);
  g_assert_cmpstr (notes, ==, "first");
  g_assert_cmpstr (current, ==, newer);
  tw_test_assert_problem (acted, 412, NULL);
  tw_test_assert_problem (blind, 428, NULL);
  tw_company_assert (server, "orders", id, "notes", "first", "state", "draft");
}

typedef struct
{
  const char *token;
  const char *path;
  const char *method;
  const char *body;
  const char *header;
  const char *value;
  guint status;
  char *text;
} Caller;

static gpointer
call (gpointer data)
{
  Caller *caller = data;
  g_autoptr (TwTestReply) reply = tw_test_call (server, caller->token, caller->method, caller->path, caller->body,
                                                caller->header, caller->value, NULL);

  caller->status = reply->status;
  caller->text = g_strdup (reply->text);
  return NULL;
}

/* The same call at once by sixteen threads; how many were answered with @status. */
static guint
call_together (const Caller *wanted, Caller *callers, guint n, guint status)
{
  g_autofree GThread **threads = g_new (GThread *, n);
  guint hits = 0;

  for (guint i = 0; i < n; i++)
    {
      callers[i] = *wanted;
      threads[i] = g_thread_new ("caller", call, &callers[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      hits += callers[i].status == status;
    }
  return hits;
}

/* Sixteen changes of one version: one is taken, and the others are told. */
static void
test_racing_changes (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  Caller wanted = { token, path, "PATCH", "{\"notes\":\"mine\"}", "If-Match", "\"1\"", 0, NULL };
  Caller callers[16];

  g_assert_cmpuint (call_together (&wanted, callers, 16, 200), ==, 1);
  for (guint i = 0; i < 16; i++)
    {
      g_assert_true (callers[i].status == 200 || callers[i].status == 412);
      g_free (callers[i].text);
    }
  tw_company_assert (server, "orders", id, "version", "2");
}

/* ---- Exactly once ---- */

static void
test_same_key (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", NULL);
  g_autofree char *other = tw_company_order_body ("ALFKI", "P-1:2", NULL);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *before = count ("sales_order"), *after = NULL;
  g_autoptr (TwTestReply) first
    = tw_test_call (server, token, "POST", "/orders", body, "Idempotency-Key", "same", NULL);
  g_autoptr (TwTestReply) again
    = tw_test_call (server, token, "POST", "/orders", body, "Idempotency-Key", "same", NULL);
  g_autoptr (TwTestReply) another
    = tw_test_call (server, token, "POST", "/orders", other, "Idempotency-Key", "same", NULL);

  tw_test_assert_status (first, 201);
  tw_test_assert_status (again, 201);
  g_assert_cmpstr (first->text, ==, again->text);
  g_assert_cmpstr (tw_test_reply_header (first, "Location"), ==, tw_test_reply_header (again, "Location"));
  tw_test_assert_problem (another, 422, NULL);
  after = count ("sales_order");
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10), ==, g_ascii_strtoll (before, NULL, 10) + 1);
}

/* A submit that is sent twice is answered twice and done once; under a new key it is refused. */
static void
test_double_submit (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/submit", id);
  g_autoptr (TwTestReply) first = tw_test_call (server, token, "POST", path, "{}", "Idempotency-Key", "sub", NULL);
  g_autoptr (TwTestReply) again = tw_test_call (server, token, "POST", path, "{}", "Idempotency-Key", "sub", NULL);

  tw_test_assert_status (first, 200);
  tw_test_assert_status (again, 200);
  g_assert_cmpstr (first->text, ==, again->text);
  tw_company_refuse (server, "sales", "orders", id, "submit", NULL, 409, "Released");
  tw_company_assert (server, "orders", id, "approval_round", "1", "lines.0.reserved", "1");
}

/* Sixteen twins at once: one order, and every answer is that order or that its twin is at work. */
static void
test_twins (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", NULL);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *before = count ("sales_order"), *after = NULL;
  Caller wanted = { token, "/orders", "POST", body, "Idempotency-Key", "twins", 0, NULL };
  Caller callers[16];
  const char *answer = NULL;

  g_assert_cmpuint (call_together (&wanted, callers, 16, 201), >=, 1);
  for (guint i = 0; i < 16; i++)
    {
      g_assert_true (callers[i].status == 201 || callers[i].status == 409);
      if (callers[i].status != 201)
        continue;
      if (answer != NULL)
        g_assert_cmpstr (callers[i].text, ==, answer);
      answer = callers[i].text;
    }
  for (guint i = 0; i < 16; i++)
    g_free (callers[i].text);
  after = count ("sales_order");
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10), ==, g_ascii_strtoll (before, NULL, 10) + 1);
}

/* ---- Forbidden ---- */

static void
test_forbidden (void)
{
  static const struct
  {
    const char *user;
    const char *method;
    const char *path;
    const char *permission;
  } attempts[] = {
    { "warehouse", "POST", "/orders", "order.create" },      { "auditor", "POST", "/orders", "order.create" },
    { "admin", "GET", "/orders", "order.read" },             { "driver", "GET", "/orders", "order.read" },
    { "sales", "POST", "/invoices", "invoice.create" },      { "sales", "POST", "/payments", "payment.create" },
    { "sales", "POST", "/receipts", "receipt.create" },      { "sales", "GET", "/users", "user.read" },
    { "sales", "POST", "/users", "user.write" },             { "sales", "GET", "/journal", "journal.read" },
    { "sales", "POST", "/approval-rules", "approval_rule.write" },
    { "finance", "POST", "/approval-rules", "approval_rule.write" },
    { "manager", "POST", "/products", "product.write" },     { "customer", "GET", "/customers", "customer.read" },
    { "customer", "GET", "/stock", "stock.read" },           { "customer", "GET", "/payments", "payment.read" },
    { "dispatcher", "POST", "/stock-counts", "stock_count.create" },
    { "warehouse", "POST", "/trips", "trip.create" },        { "sales", "GET", "/audit", "audit.read" },
    { "finance", "PUT", "/settings/company_name", "setting.write" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *token = tw_test_server_sign_in (server, attempts[i].user);
      const char *body = g_str_equal (attempts[i].method, "GET") ? NULL : "{}";
      g_autoptr (TwTestReply) reply
        = tw_test_call (server, token, attempts[i].method, attempts[i].path, body, NULL);

      tw_test_assert_problem (reply, 403, NULL);
      if (strstr (reply->text, attempts[i].permission) == NULL)
        g_error ("%s %s: no %s in %s", attempts[i].method, attempts[i].path, attempts[i].permission, reply->text);
    }
}

static void
test_nobody (void)
{
  g_autoptr (TwTestReply) none = tw_test_get (server, NULL, "/orders");
  g_autoptr (TwTestReply) wrong = tw_test_get (server, "0000000000000000000000000000000000000000000", "/orders");

  tw_test_assert_problem (none, 401, NULL);
  tw_test_assert_problem (wrong, 401, NULL);
}

/* ---- Foreign ---- */

/* Whatever @user tries with a document that is not theirs: there is no such document. */
static void
assert_foreign (const char *user, const char *kind, gint64 id, const char *action)
{
  g_autofree char *filter = g_strdup_printf ("id=%" G_GINT64_FORMAT, id);
  g_autofree char *bulk_path = g_strdup_printf ("/%s/actions/%s", kind, action);
  g_autofree char *bulk_body = g_strdup_printf ("{\"ids\":[%" G_GINT64_FORMAT "],\"reason\":\"x\"}", id);
  g_autoptr (TwTestReply) read = tw_company_get (server, user, "/%s/%" G_GINT64_FORMAT, kind, id);
  g_autoptr (TwTestReply) history = tw_company_get (server, user, "/%s/%" G_GINT64_FORMAT "/history", kind, id);
  g_autoptr (TwTestReply) listed = tw_company_get (server, user, "/%s?%s", kind, filter);
  g_autoptr (TwTestReply) exported = tw_company_get (server, user, "/%s/export?format=csv&%s", kind, filter);
  g_autoptr (TwTestReply) acted = tw_company_act (server, user, kind, id, action, "{\"reason\":\"x\"}");
  g_autoptr (TwTestReply) bulk = tw_company_post (server, user, bulk_path, bulk_body);
  g_autofree char *first = tw_company_value (bulk, "items.0.status");

  tw_test_assert_problem (read, 404, NULL);
  tw_test_assert_problem (history, 404, NULL);
  tw_test_assert_status (listed, 200);
  g_assert_cmpint (tw_company_count (listed, "items"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (listed), "total"), ==, 0);
  tw_test_assert_status (exported, 200);
  g_assert_true (strchr (exported->text, '\n') == strrchr (exported->text, '\n'));
  tw_test_assert_problem (acted, 404, NULL);
  tw_test_assert_status (bulk, 200);
  g_assert_cmpstr (first, ==, "404");
}

static void
test_foreign_customer (void)
{
  g_autoptr (TwTestReply) theirs = tw_company_get (server, "sales2", "/customers?code=BERGS");
  g_autofree char *id = tw_company_value (theirs, "items.0.id");
  g_autofree char *body = tw_company_order_body ("BERGS", "P-1:1", NULL);
  g_autoptr (TwTestReply) order = tw_company_post (server, "sales", "/orders", body);
  g_autoptr (TwTestReply) read = tw_company_get (server, "sales", "/customers/%s", id);
  g_autoptr (TwTestReply) listed = tw_company_get (server, "sales", "/customers?code=BERGS");
  g_autoptr (TwTestReply) found = tw_company_get (server, "sales", "/customers?q=BERGS");
  g_autoptr (TwTestReply) changed = tw_company_patch (server, "sales", "customers", g_ascii_strtoll (id, NULL, 10), 1,
                                                      "{\"name\":\"Mine\"}");

  tw_test_assert_problem (order, 422, "/customer");
  tw_test_assert_problem (read, 404, NULL);
  g_assert_cmpint (tw_company_count (listed, "items"), ==, 0);
  g_assert_cmpint (tw_company_count (found, "items"), ==, 0);
  tw_test_assert_problem (changed, 404, NULL);
}

/* An order of BERGS, who is sales2's, on its whole way: sales and ALFKI's contact know of none of it. */
static void
test_foreign_orders (void)
{
  gint64 id = tw_company_enter (server, "sales2", "BERGS", "P-1:1");
  gint64 shipment, invoice;
  g_autoptr (TwTestReply) changed = NULL, documents = NULL, pdf = NULL;

  assert_foreign ("sales", "orders", id, "submit");
  assert_foreign ("customer", "orders", id, "submit");
  changed = tw_company_patch (server, "sales", "orders", id, 1, "{\"notes\":\"mine\"}");
  tw_test_assert_problem (changed, 404, NULL);
  documents = tw_company_get (server, "sales", "/orders/%" G_GINT64_FORMAT "/documents", id);
  tw_test_assert_problem (documents, 404, NULL);
  tw_company_do (server, "sales2", "orders", id, "submit", NULL);
  tw_company_do (server, "manager", "orders", id, "approve", NULL);
  shipment = tw_company_fulfil (server, id);
  assert_foreign ("sales", "shipments", shipment, "close");
  assert_foreign ("customer", "shipments", shipment, "close");
  invoice = tw_company_invoice (server, id);
  assert_foreign ("sales", "invoices", invoice, "credit");
  assert_foreign ("customer", "invoices", invoice, "credit");
  pdf = tw_company_get (server, "customer", "/invoices/%" G_GINT64_FORMAT "/pdf", invoice);
  tw_test_assert_problem (pdf, 404, NULL);
}

/* A contact sees the own orders and posted invoices, and neither drafts of invoices nor how we judge the order. */
static void
test_own_of_a_contact (void)
{
  gint64 id = tw_company_release (server, "P-1:1"), invoice;
  g_autoptr (TwTestReply) order = tw_company_get (server, "customer", "/orders/%" G_GINT64_FORMAT, id);
  g_autoptr (TwTestReply) draft = NULL, documents = NULL, posted = NULL;

  tw_test_assert_status (order, 200);
  g_assert_cmpint (tw_company_count (order, "checks"), <=, 0);
  g_assert_cmpint (tw_company_count (order, "approvals"), <=, 0);
  tw_company_fulfil (server, id);
  invoice = tw_company_draft_invoice (server, id);
  draft = tw_company_get (server, "customer", "/invoices/%" G_GINT64_FORMAT, invoice);
  tw_test_assert_problem (draft, 404, NULL);
  documents = tw_company_get (server, "customer", "/orders/%" G_GINT64_FORMAT "/documents", id);
  tw_test_assert_status (documents, 200);
  g_assert_nonnull (strstr (documents->text, "\"document\":\"shipment\""));
  g_assert_null (strstr (documents->text, "\"document\":\"invoice\""));
  tw_company_do (server, "finance", "invoices", invoice, "post", NULL);
  posted = tw_company_get (server, "customer", "/invoices/%" G_GINT64_FORMAT, invoice);
  tw_test_assert_status (posted, 200);
}

static void
test_foreign_trip (void)
{
  gint64 shipment = tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));
  gint64 trip;

  tw_company_make_ready (server, shipment);
  trip = tw_company_add_trip (server, "driver2", shipment);
  assert_foreign ("driver", "trips", trip, "depart");
  assert_foreign ("driver", "shipments", shipment, "close");
  tw_company_do (server, "driver2", "trips", trip, "depart", NULL);
}

/* ---- Addresses ---- */

static void
test_addresses (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) missing = tw_test_get (server, token, "/orders/999999");
  g_autoptr (TwTestReply) word = tw_test_get (server, token, "/orders/abc");
  g_autoptr (TwTestReply) unknown = tw_test_get (server, token, "/nothing");
  g_autoptr (TwTestReply) method = tw_test_call (server, token, "PUT", "/orders/1", "{}", NULL);
  g_autoptr (TwTestReply) action = tw_company_act (server, "sales", "orders", 1, "confirm", NULL);
  g_autoptr (TwTestReply) system = tw_company_act (server, "sales", "orders", 1, "fulfil", NULL);

  tw_test_assert_problem (missing, 404, NULL);
  tw_test_assert_problem (word, 404, NULL);
  tw_test_assert_problem (unknown, 404, NULL);
  tw_test_assert_problem (method, 405, NULL);
  g_assert_nonnull (strstr (tw_test_reply_header (method, "Allow"), "PATCH"));
  tw_test_assert_problem (action, 404, NULL);
  tw_test_assert_problem (system, 404, NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/refusals/mass-assignment", test_mass_assignment);
  g_test_add_func ("/refusals/mass-assignment-of-lines", test_mass_assignment_of_lines);
  g_test_add_func ("/refusals/price-of-a-customer", test_price_of_a_customer);
  g_test_add_func ("/refusals/values", test_values);
  g_test_add_func ("/refusals/huge-body", test_huge_body);
  g_test_add_func ("/refusals/too-many-lines", test_too_many_lines);
  g_test_add_func ("/refusals/a-thousand-lines", test_thousand_lines);
  g_test_add_func ("/refusals/stale", test_stale);
  g_test_add_func ("/refusals/racing-changes", test_racing_changes);
  g_test_add_func ("/refusals/same-key", test_same_key);
  g_test_add_func ("/refusals/double-submit", test_double_submit);
  g_test_add_func ("/refusals/twins", test_twins);
  g_test_add_func ("/refusals/forbidden", test_forbidden);
  g_test_add_func ("/refusals/nobody", test_nobody);
  g_test_add_func ("/refusals/foreign-customer", test_foreign_customer);
  g_test_add_func ("/refusals/foreign-orders", test_foreign_orders);
  g_test_add_func ("/refusals/own-of-a-contact", test_own_of_a_contact);
  g_test_add_func ("/refusals/foreign-trip", test_foreign_trip);
  g_test_add_func ("/refusals/addresses", test_addresses);
  g_test_add_data_func ("/refusals/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
