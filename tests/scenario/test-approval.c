/* test-approval.c: who signs an order, who must not, and what a signature is worth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "shared/base/date.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

static gint64
submit (const char *customer, const char *lines)
{
  gint64 id = tw_company_enter (server, "sales", customer, lines);

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "pending_approval");
  return id;
}

static void
approve (const char *user, gint64 id)
{
  tw_company_do (server, user, "orders", id, "approve", NULL);
}

static void
refuse (const char *user, gint64 id, guint status, const char *words)
{
  tw_company_refuse (server, user, "orders", id, "approve", NULL, status, words);
}

/* Whether the order waits in someone's inbox. */
static gboolean
is_in_inbox (const char *user, gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, user, "/approvals?limit=500");
  g_autofree char *wanted = g_strdup_printf ("\"order_id\":%" G_GINT64_FORMAT ",", id);

  tw_test_assert_status (reply, 200);
  return strstr (reply->text, wanted) != NULL;
}

/* ---- The chain ---- */

static void
assert_preview (const char *customer, const char *lines, ...) G_GNUC_NULL_TERMINATED;

/* Pairs of level and who, of all the steps. */
static void
assert_preview (const char *customer, const char *lines, ...)
{
  g_autofree char *body = tw_company_order_body (customer, lines, NULL);
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders/check", body);
  const char *level;
  guint n = 0;
  va_list pairs;

  tw_test_assert_status (reply, 200);
  va_start (pairs, lines);
  for (; (level = va_arg (pairs, const char *)) != NULL; n++)
    {
      g_autofree char *level_path = g_strdup_printf ("approvals.%u.level", n);
      g_autofree char *user_path = g_strdup_printf ("approvals.%u.user", n);
      g_autofree char *role_path = g_strdup_printf ("approvals.%u.role", n);
      g_autofree char *found_level = tw_company_value (reply, level_path);
      g_autofree char *user = tw_company_value (reply, user_path);
      g_autofree char *role = tw_company_value (reply, role_path);
      g_autofree char *who = g_strdup_printf ("%s/%s", role, user);

      g_assert_cmpstr (found_level, ==, level);
      g_assert_cmpstr (who, ==, va_arg (pairs, const char *));
    }
  va_end (pairs);
  g_assert_cmpint (tw_company_count (reply, "approvals"), ==, n);
}

#define FIRST "1", "sales_manager/manager"

/* Totals with tax, of which P-4 has none; and nothing is stored. */
static void
test_preview (void)
{
  g_autofree char *before = tw_company_query (server, "SELECT COUNT(*) FROM sales_order");
  g_autofree char *after = NULL;

  assert_preview ("ALFKI", "P-4:1@4999.99", NULL);
  assert_preview ("ALFKI", "P-4:1@5000", FIRST, NULL);
  assert_preview ("ALFKI", "P-2:1@4425", FIRST, NULL);
  assert_preview ("ALFKI", "P-4:1@9999.99", FIRST, NULL);
  assert_preview ("ALFKI", "P-4:1@10000", FIRST, "2", "/director", NULL);
  assert_preview ("ALFKI", "P-4:1@49999.99", FIRST, "2", "/director", NULL);
  assert_preview ("ALFKI", "P-4:1@50000", FIRST, "2", "/director", "3", "/gm", NULL);
  assert_preview ("ALFKI", "P-1:1%0.15", NULL);
  assert_preview ("ALFKI", "P-1:1%0.16", FIRST, NULL);
  assert_preview ("ALFKI", "P-1:1%0.26", FIRST, "2", "/director", NULL);
  assert_preview ("NEWCO", "P-1:1", FIRST, NULL);
  assert_preview ("POORR", "P-1:10", "1", "finance_manager/", FIRST, NULL);
  after = tw_company_query (server, "SELECT COUNT(*) FROM sales_order");
  g_assert_cmpstr (before, ==, after);
}

static void
test_three_levels (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@44250");

  refuse ("director", id, 409, "others");
  refuse ("gm", id, 409, "others");
  g_assert_true (is_in_inbox ("manager", id));
  g_assert_false (is_in_inbox ("director", id));
  approve ("sales_manager", id);
  tw_company_assert (server, "orders", id, "state", "pending_approval", "approvals.0.state", "signed",
                     "approvals.1.state", "open", "approvals.2.state", "waiting");
  g_assert_false (is_in_inbox ("manager", id));
  g_assert_true (is_in_inbox ("director", id));
  refuse ("manager", id, 409, "others");
  refuse ("gm", id, 409, "others");
  approve ("director", id);
  tw_company_assert (server, "orders", id, "state", "pending_approval");
  approve ("gm", id);
  tw_company_assert (server, "orders", id, "state", "released", "approval_status", "approved",
                     "approvals.2.signatures.0.user", "gm");
}

/* ---- Rejected, returned, withdrawn ---- */

static void
test_rework (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@5000%0.05");

  tw_company_refuse (server, "manager", "orders", id, "reject", "{}", 422, "/reason");
  tw_company_do (server, "manager", "orders", id, "reject", "{\"reason\":\"Too cheap\"}");
  tw_company_assert (server, "orders", id, "state", "draft", "approval_status", "rejected",
                     "approvals.0.signatures.0.decision", "reject", "approvals.0.signatures.0.comment", "Too cheap");
  tw_company_change (server, "sales", "orders", id,
                     "{\"lines\":[{\"product\":\"P-2\",\"quantity\":\"1\",\"price\":\"6000\"}]}");
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "pending_approval", "approval_round", "2", "approval_status",
                     "pending", "approvals.0.state", "open", "approvals.0.signatures.0.user", "");
  approve ("manager", id);
  tw_company_assert (server, "orders", id, "state", "released", "total", "6780.00");
}

static void
test_return (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@5000");

  tw_company_do (server, "manager", "orders", id, "return", "{\"reason\":\"Which address?\"}");
  tw_company_assert (server, "orders", id, "state", "draft", "approvals.0.state", "returned");
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_do (server, "sales", "orders", id, "withdraw", NULL);
  tw_company_assert (server, "orders", id, "state", "draft", "approval_status", "none");
  tw_company_refuse (server, "manager", "orders", id, "approve", NULL, 409, "Draft");
}

/* What was signed for one content counts for no other: after a commercial change the chain begins anew. */
static void
test_commercial_change (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@9000");
  g_autoptr (TwTestReply) refused = NULL, order = NULL;
  gint64 version;

  approve ("manager", id);
  order = tw_company_get (server, "sales", "/orders/%" G_GINT64_FORMAT, id);
  version = json_object_get_int_member (tw_test_reply_object (order), "version");
  refused = tw_company_patch (server, "sales", "orders", id, version, "{\"freight\":\"1.00\"}");
  tw_test_assert_problem (refused, 409, NULL);
  tw_company_do (server, "sales", "orders", id, "withdraw", NULL);
  tw_company_change (server, "sales", "orders", id, "{\"freight\":\"1.00\"}");
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "approvals.0.state", "open", "approvals.0.signatures.0.user", "",
                     "approvals.1.state", "waiting");
  approve ("manager", id);
  approve ("director", id);
  tw_company_assert (server, "orders", id, "state", "released");
}

static void
test_remark (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@9000");

  approve ("manager", id);
  tw_company_change (server, "sales", "orders", id, "{\"notes\":\"Ring twice\",\"po_reference\":\"PO 7\"}");
  tw_company_assert (server, "orders", id, "state", "pending_approval", "approvals.0.state", "signed",
                     "approvals.1.state", "open", "notes", "Ring twice");
  approve ("director", id);
  tw_company_assert (server, "orders", id, "state", "released");
}

/* ---- Segregation of duties ---- */

static void
test_author (void)
{
  gint64 id = tw_company_enter (server, "sales_manager", "ALFKI", "P-2:1@5000");

  tw_company_do (server, "sales_manager", "orders", id, "submit", NULL);
  refuse ("sales_manager", id, 409, "cannot sign");
  g_assert_false (is_in_inbox ("sales_manager", id));
  approve ("manager", id);
  tw_company_assert (server, "orders", id, "state", "released");
}

static void
test_last_editor (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@5000");

  tw_company_change (server, "sales_manager", "orders", id, "{\"freight\":\"2.00\"}");
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  refuse ("sales_manager", id, 409, "cannot sign");
  approve ("manager", id);
}

/* A manager who also holds the role of the credit step signs one of the two. */
static void
test_one_person_two_steps (void)
{
  gint64 id;

  tw_test_server_add_user (server, "both", "sales_manager,finance_manager");
  id = submit ("POORR", "P-1:10");
  approve ("both", id);
  refuse ("both", id, 409, "signed");
  tw_company_assert (server, "orders", id, "state", "pending_approval");
}

static void
test_role_without_step (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@5000");

  refuse ("finance_manager", id, 409, "others");
  refuse ("warehouse", id, 403, "order.approve");
  refuse ("sales", id, 403, "order.approve");
  refuse ("admin", id, 403, "order.read");
}

/* ---- Delegation ---- */

static gint64
delegate (const char *user, const char *principal, const char *to, int from_days, int until_days)
{
  g_autofree char *from = tw_date_format (tw_date_add_days (tw_date_today (), from_days));
  g_autofree char *until = tw_date_format (tw_date_add_days (tw_date_today (), until_days));
  g_autofree char *body = g_strdup_printf (
    "{\"principal\":\"%s\",\"delegate\":\"%s\",\"valid_from\":\"%s\",\"valid_to\":\"%s\"}", principal, to, from, until);

  return tw_company_create (server, user, "/delegations", body);
}

static void
test_delegation (void)
{
  gint64 id = submit ("ALFKI", "P-2:1@9000");
  gint64 given;

  tw_test_server_add_user (server, "deputy", "approver");
  approve ("manager", id);
  refuse ("deputy", id, 409, "others");
  delegate ("director", "director", "deputy", -9, -1);
  delegate ("director", "director", "deputy", 1, 9);
  refuse ("deputy", id, 409, "others");
  given = delegate ("director", "director", "deputy", 0, 0);
  g_assert_true (is_in_inbox ("deputy", id));
  approve ("deputy", id);
  tw_company_assert (server, "orders", id, "state", "released", "approvals.1.signatures.0.user", "deputy",
                     "approvals.1.signatures.0.on_behalf_of", "director");
  tw_company_change (server, "director", "delegations", given, "{\"status\":\"inactive\"}");
}

/* Nobody gives away another's signature. */
static void
test_foreign_delegation (void)
{
  g_autoptr (TwTestReply) reply = tw_company_post (
    server, "manager", "/delegations",
    "{\"principal\":\"gm\",\"delegate\":\"manager\",\"valid_from\":\"2020-01-01\",\"valid_to\":\"2099-01-01\"}");

  tw_test_assert_problem (reply, 422, "/principal");
}

/* Whoever stands in for the author is no second person; nor does the author sign through a delegation. */
static void
test_delegate_of_the_author (void)
{
  gint64 id = tw_company_enter (server, "sales_manager", "ALFKI", "P-2:1@5000");
  gint64 given = delegate ("sales_manager", "sales_manager", "gm", 0, 1);
  gint64 other = delegate ("manager", "manager", "sales_manager", 0, 1);

  tw_company_do (server, "sales_manager", "orders", id, "submit", NULL);
  refuse ("gm", id, 409, "others");
  refuse ("sales_manager", id, 409, "cannot sign");
  approve ("manager", id);
  tw_company_change (server, "sales_manager", "delegations", given, "{\"status\":\"inactive\"}");
  tw_company_change (server, "manager", "delegations", other, "{\"status\":\"inactive\"}");
}

/* ---- Racing ---- */

typedef struct
{
  const char *token;
  gint64 order;
  guint status;
  char *text;
} Signer;

static gpointer
sign (gpointer data)
{
  Signer *signer = data;
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/approve", signer->order);
  g_autoptr (TwTestReply) reply = tw_test_post (server, signer->token, path, "{}");

  signer->status = reply->status;
  signer->text = g_strdup (reply->text);
  return NULL;
}

/* Two sessions sign the last step at once: one does it, the other is told, and there is one signature. */
static void
test_race (void)
{
  g_autofree char *one = tw_test_server_sign_in (server, "manager");
  g_autofree char *other = tw_test_server_sign_in (server, "sales_manager");

  for (guint round = 0; round < 10; round++)
    {
      gint64 id = submit ("ALFKI", "P-2:1@5000");
      Signer signers[] = { { one, id, 0, NULL }, { other, id, 0, NULL } };
      GThread *threads[] = { g_thread_new ("a", sign, &signers[0]), g_thread_new ("b", sign, &signers[1]) };
      const Signer *loser;

      g_thread_join (threads[0]);
      g_thread_join (threads[1]);
      loser = signers[0].status == 200 ? &signers[1] : &signers[0];
      g_assert_cmpuint (signers[0].status + signers[1].status, ==, 200 + 409);
      g_assert_nonnull (strstr (loser->text, "/problems/state"));
      tw_company_assert (server, "orders", id, "state", "released", "approvals.0.signatures.1.user", "");
      g_free (signers[0].text);
      g_free (signers[1].text);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/approval/preview", test_preview);
  g_test_add_func ("/approval/three-levels", test_three_levels);
  g_test_add_func ("/approval/rejected-and-reworked", test_rework);
  g_test_add_func ("/approval/returned-and-withdrawn", test_return);
  g_test_add_func ("/approval/commercial-change-voids", test_commercial_change);
  g_test_add_func ("/approval/remark-voids-nothing", test_remark);
  g_test_add_func ("/approval/author-never-signs", test_author);
  g_test_add_func ("/approval/last-editor-never-signs", test_last_editor);
  g_test_add_func ("/approval/one-person-two-steps", test_one_person_two_steps);
  g_test_add_func ("/approval/role-without-step", test_role_without_step);
  g_test_add_func ("/approval/delegation-within-dates", test_delegation);
  g_test_add_func ("/approval/delegation-of-anothers-signature", test_foreign_delegation);
  g_test_add_func ("/approval/delegate-of-the-author", test_delegate_of_the_author);
  g_test_add_func ("/approval/race-for-the-last-step", test_race);
  g_test_add_data_func ("/approval/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
