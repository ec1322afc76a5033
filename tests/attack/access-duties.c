/* access-duties.c: two duties that must be apart are not brought together, by whatever way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each pair of duties is tried with an order that was entered by hand and one that came in a file, and with the
 * signature asked for alone and in a crowd.
 */
#include "tests/attack/access.h"

#include <string.h>

static TwTestServer *server;

/* Two bits: how it came in, and how the signature is asked for. */
typedef enum
{
  WAY_FILE = 1 << 0,
  WAY_MANY = 1 << 1,
} Way;

#define N_WAYS 4

/* ---- Steps ---- */

static gint64
import (const char *user, const char *customer, const char *product, const char *price)
{
  static guint n; /* each file has an order of its own */
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *reference = g_strdup_printf ("FILE-%u", n++);
  g_autofree char *csv = g_strdup_printf ("customer,po_reference,product,quantity,price\r\n%s,%s,%s,1,%s\r\n",
                                          customer, reference, product, price);
  g_autoptr (TwTestReply) reply
    = tw_test_call (server, token, "POST", "/orders/import", csv, "Content-Type", "text/csv", NULL);
  g_autoptr (TwTestReply) found = NULL;
  g_autofree char *id = NULL;

  tw_test_assert_status (reply, 200);
  found = tw_company_get (server, user, "/orders?po_reference=%s", reference);
  id = tw_company_value (found, "items.0.id");
  return g_ascii_strtoll (id, NULL, 10);
}

static gint64
enter (const char *user, const char *customer, const char *product, const char *price, Way way)
{
  g_autofree char *lines = g_strdup_printf ("%s:1@%s", product, price);

  return way & WAY_FILE ? import (user, customer, product, price) : tw_company_enter (server, user, customer, lines);
}

/* The status that @user is answered with; @reason nullable; *detail (nullable) is the server's reason. In a crowd the
 * document is named twice, and that makes neither two steps nor two persons of it. */
static guint
ask_about (const char *user, const char *kind, gint64 id, const char *action, const char *reason, Way way,
           char **detail)
{
  g_autofree char *fields = reason != NULL ? g_strdup_printf ("\"reason\":\"%s\"", reason) : g_strdup ("");
  g_autofree char *body = NULL, *path = NULL, *status = NULL;
  g_autoptr (TwTestReply) reply = NULL;

  if (!(way & WAY_MANY))
    {
      body = g_strdup_printf ("{%s}", fields);
      reply = tw_company_act (server, user, kind, id, action, body);
      if (detail != NULL)
        *detail = tw_company_value (reply, "detail");
      return reply->status;
    }
  body = g_strdup_printf ("{\"ids\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]%s%s}", id, id,
                          reason != NULL ? "," : "", fields);
  path = g_strdup_printf ("/%s/actions/%s", kind, action);
  reply = tw_company_post (server, user, path, body);
  tw_test_assert_status (reply, 200);
  g_assert_cmpint (tw_company_count (reply, "items"), ==, 1);
  if (detail != NULL)
    *detail = tw_company_value (reply, "items.0.detail");
  status = tw_company_value (reply, "items.0.status");
  return (guint) g_ascii_strtoull (status, NULL, 10);
}

static guint
ask (const char *user, gint64 id, const char *action, const char *reason, Way way, char **detail)
{
  return ask_about (user, "orders", id, action, reason, way, detail);
}

static guint
sign (const char *user, gint64 id, Way way)
{
  return ask (user, id, "approve", NULL, way, NULL);
}

/* All three answers of a signer are closed, and the order still waits for @signatures. */
static void
assert_kept_out (const char *user, gint64 id, Way way)
{
  static const char *const others[] = { "reject", "return" };

  g_assert_cmpuint (sign (user, id, way), ==, 409);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (ask (user, id, others[i], "x", way, NULL), ==, 409);
  tw_company_assert (server, "orders", id, "state", "pending_approval");
}

static void
submit (const char *user, gint64 id)
{
  tw_company_do (server, user, "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "pending_approval");
}

static void
assert_signed_by (const char *user, gint64 id, Way way)
{
  g_assert_cmpuint (sign (user, id, way), ==, 200);
  tw_company_assert (server, "orders", id, "state", "released");
}

static gint64
delegate (const char *user, const char *principal, const char *to)
{
  g_autofree char *body = g_strdup_printf ("{\"principal\":\"%s\",\"delegate\":\"%s\",\"valid_from\":\"2020-01-01\","
                                           "\"valid_to\":\"2099-12-31\"}", principal, to);

  return tw_company_create (server, user, "/delegations", body);
}

static void
end_delegation (gint64 id)
{
  tw_company_change (server, "admin", "delegations", id, "{\"status\":\"inactive\"}");
}

/* ---- The pairs ---- */

static void
test_author (gconstpointer way)
{
  gint64 id = enter ("sales_manager", "ALFKI", "P-2", "5000", GPOINTER_TO_UINT (way));

  submit ("sales_manager", id);
  assert_kept_out ("sales_manager", id, GPOINTER_TO_UINT (way));
  assert_signed_by ("manager", id, GPOINTER_TO_UINT (way));
}

/* That somebody else submits it makes nobody else its author. */
static void
test_author_behind_a_submitter (gconstpointer way)
{
  gint64 id = enter ("sales_manager", "ALFKI", "P-2", "5000", GPOINTER_TO_UINT (way));

  submit ("sales", id);
  assert_kept_out ("sales_manager", id, GPOINTER_TO_UINT (way));
  assert_signed_by ("manager", id, GPOINTER_TO_UINT (way));
}

static void
test_last_editor (gconstpointer way)
{
  gint64 id = enter ("sales", "ALFKI", "P-2", "5000", GPOINTER_TO_UINT (way));

  tw_company_change (server, "sales_manager", "orders", id, "{\"freight\":\"2.00\"}");
  submit ("sales", id);
  assert_kept_out ("sales_manager", id, GPOINTER_TO_UINT (way));
  assert_signed_by ("manager", id, GPOINTER_TO_UINT (way));
}

static void
test_two_steps (gconstpointer way)
{
  gint64 id = enter ("sales", "POORR", "P-3", "1000", GPOINTER_TO_UINT (way));

  submit ("sales", id);
  g_assert_cmpuint (sign ("both", id, GPOINTER_TO_UINT (way)), ==, 200);
  assert_kept_out ("both", id, GPOINTER_TO_UINT (way));
}

/* Nor the second step for somebody else. */
static void
test_two_steps_by_delegation (gconstpointer way)
{
  gint64 id = enter ("sales", "ALFKI", "P-2", "9000", GPOINTER_TO_UINT (way));
  gint64 given = delegate ("director", "director", "manager");

  submit ("sales", id);
  g_assert_cmpuint (sign ("manager", id, GPOINTER_TO_UINT (way)), ==, 200);
  assert_kept_out ("manager", id, GPOINTER_TO_UINT (way));
  end_delegation (given);
  assert_signed_by ("director", id, GPOINTER_TO_UINT (way));
}

/* Who stands in for the author is the author; nor does the author stand in for a signer. */
static void
test_delegate (gconstpointer way)
{
  gint64 id = enter ("sales_manager", "ALFKI", "P-2", "5000", GPOINTER_TO_UINT (way));
  gint64 from_author = delegate ("sales_manager", "sales_manager", "gm");
  gint64 to_author = delegate ("manager", "manager", "sales_manager");

  submit ("sales_manager", id);
  assert_kept_out ("gm", id, GPOINTER_TO_UINT (way));
  assert_kept_out ("sales_manager", id, GPOINTER_TO_UINT (way));
  end_delegation (from_author);
  end_delegation (to_author);
  assert_signed_by ("manager", id, GPOINTER_TO_UINT (way));
}

/* Nor does the administrator, who may set up a delegation for the absent, bring an author to sign. */
static void
test_delegation_by_admin (gconstpointer way)
{
  gint64 id = enter ("sales_manager", "ALFKI", "P-2", "5000", GPOINTER_TO_UINT (way));
  gint64 given = delegate ("admin", "manager", "sales_manager");

  submit ("sales_manager", id);
  assert_kept_out ("sales_manager", id, GPOINTER_TO_UINT (way));
  end_delegation (given);
}

/* ---- Other pairs ---- */

static char *
read_version (gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT, id);

  tw_test_assert_status (reply, 200);
  return tw_company_value (reply, "version");
}

/* @user is refused with @words by either route, and the proposal stays what it was. */
static void
assert_reopening_refused (const char *user, gint64 id, guint status, const char *words)
{
  static const Way ways[] = { 0, WAY_MANY };
  g_autofree char *version = read_version (id);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *detail = NULL;

      g_assert_cmpuint (ask (user, id, "reopen", "The wrong invoice", ways[i], &detail), ==, status);
      if (strstr (detail, words) == NULL)
        g_error ("%s: no “%s” in “%s”", user, words, detail);
      tw_company_assert (server, "orders", id, "state", "completed", "version", version);
    }
}

/* A completed order is opened again by two persons, of whom one may hold both roles but counts once; by whatever route
 * either of them asks. */
static void
test_reopening (gconstpointer data)
{
  Way way = GPOINTER_TO_UINT (data);
  g_autoptr (TwTestReply) completed = tw_company_get (server, "auditor", "/orders?state=completed");
  g_autofree char *text = tw_company_value (completed, "items.0.id");
  gint64 id = g_ascii_strtoll (text, NULL, 10);

  assert_reopening_refused ("finance", id, 403, "order.reopen");
  g_assert_cmpuint (ask ("both", id, "reopen", "The wrong invoice", way, NULL), ==, 200);
  tw_company_assert (server, "orders", id, "state", "completed");
  assert_reopening_refused ("both", id, 409, "proposed");
  assert_reopening_refused ("sales_manager", id, 409, "finance manager");
  g_assert_cmpuint (ask ("finance_manager", id, "reopen", "The wrong invoice", way, NULL), ==, 200);
  tw_company_assert (server, "orders", id, "state", "fulfilled");
  tw_company_do (server, "finance_manager", "orders", id, "complete", NULL); /* for the next one */
}

/* ---- Refunds ---- */

static gint64
ask_for_refund (const char *user)
{
  return tw_company_ask_refund (server, user, tw_company_take_money (server, "ALFKI", "10"), "10");
}

static void
assert_refund_closed (const char *user, gint64 id, Way way)
{
  static const char *const answers[] = { "approve", "reject" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *detail = NULL;

      g_assert_cmpuint (ask_about (user, "refunds", id, answers[i], "x", way, &detail), ==, 409);
      if (strstr (detail, "cannot sign it") == NULL) /* the database would also refuse it, without a word */
        g_error ("%s: %s", answers[i], detail);
    }
  g_assert_cmpuint (ask_about (user, "refunds", id, "pay_out", NULL, way, NULL), ==, 409);
  tw_company_assert (server, "refunds", id, "state", "requested");
}

/* Whatever roles somebody has: what they have asked for another one approves. */
static void
test_refund (gconstpointer data)
{
  Way way = GPOINTER_TO_UINT (data);
  gint64 id = ask_for_refund ("finance_manager");

  assert_refund_closed ("finance_manager", id, way);
  g_assert_cmpuint (ask_about ("finance", "refunds", id, "approve", NULL, way, NULL), ==, 403);
  g_assert_cmpuint (ask_about ("both", "refunds", id, "approve", NULL, way, NULL), ==, 200);
  tw_company_assert (server, "refunds", id, "state", "approved", "author", "finance_manager", "approver", "both");
  g_assert_cmpuint (ask_about ("finance_manager", "refunds", id, "pay_out", NULL, way, NULL), ==, 200);
  tw_company_assert (server, "refunds", id, "state", "paid_out");
}

/* Nor does anybody bring the asker to sign by a delegation: a refund is approved in one's own right alone. */
static void
test_refund_by_delegation (gconstpointer data)
{
  gint64 given = delegate ("both", "both", "finance_manager"), id = ask_for_refund ("finance_manager");

  assert_refund_closed ("finance_manager", id, GPOINTER_TO_UINT (data));
  end_delegation (given);
}

/* No file says that an order was signed, or by whom. */
static void
test_file_signs_nothing (void)
{
  static const char *const columns[] = { "state", "approval_status", "author", "author_id", "confirmed_at", "digest" };
  g_autofree char *token = tw_test_server_sign_in (server, "sales_manager");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *csv = g_strdup_printf ("customer,product,quantity,price,%s\r\nALFKI,P-2,1,5000,confirmed\r\n",
                                              columns[i]);
      g_autofree char *pointer = g_strconcat ("/", columns[i], NULL);
      g_autoptr (TwTestReply) reply
        = tw_test_call (server, token, "POST", "/orders/import", csv, "Content-Type", "text/csv", NULL);

      tw_test_assert_problem (reply, 422, pointer);
    }
}

/* ---- All of them ---- */

static void
add (const char *name, GTestDataFunc function)
{
  static const char *const ways[N_WAYS] = { "by-hand", "by-file", "by-hand-in-a-crowd", "by-file-in-a-crowd" };

  for (guint i = 0; i < N_WAYS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/access/duties/%s/%s", name, ways[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), function);
    }
}

void
tw_access_add_duties (TwTestServer *company)
{
  server = company;
  tw_test_server_add_user (server, "both", "sales_manager,finance_manager");
  add ("author", test_author);
  add ("author-behind-a-submitter", test_author_behind_a_submitter);
  add ("last-editor", test_last_editor);
  add ("two-steps", test_two_steps);
  add ("two-steps-by-delegation", test_two_steps_by_delegation);
  add ("delegate", test_delegate);
  add ("delegation-by-admin", test_delegation_by_admin);
  g_test_add_data_func ("/access/duties/reopening/alone", GUINT_TO_POINTER (0), test_reopening);
  g_test_add_data_func ("/access/duties/reopening/in-a-crowd", GUINT_TO_POINTER (WAY_MANY), test_reopening);
  g_test_add_data_func ("/access/duties/refund/alone", GUINT_TO_POINTER (0), test_refund);
  g_test_add_data_func ("/access/duties/refund/in-a-crowd", GUINT_TO_POINTER (WAY_MANY), test_refund);
  g_test_add_data_func ("/access/duties/refund/by-delegation", GUINT_TO_POINTER (0), test_refund_by_delegation);
  g_test_add_data_func ("/access/duties/refund/by-delegation-in-a-crowd", GUINT_TO_POINTER (WAY_MANY),
                        test_refund_by_delegation);
  g_test_add_func ("/access/duties/file-signs-nothing", test_file_signs_nothing);
}
