/* test-time.c: what becomes due by itself, on a real server whose clock is put forward
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everybody who acts after a night signs in for the first time then: sessions end with it too.
 */
#include <string.h>

#include "tests/fixture/company.h"
#include "tests/simulation/machine.h"

#define HOUR 3600
#define DAY (24 * HOUR)

static TwTestServer *server;
static SimMachine *machine;

/* Timers look at once when a server starts. */
static void
let_pass (gint64 seconds)
{
  sim_machine_advance (machine, seconds);
  tw_test_server_restart (server);
}

static gboolean
is_so (const char *format, gint64 id, const char *expected)
{
  g_autofree char *sql = g_strdup_printf (format, id);
  g_autofree char *found = tw_company_query (server, sql);

  return g_strcmp0 (found, expected) == 0;
}

#define ORDER_STATE "SELECT state FROM sales_order WHERE id = %" G_GINT64_FORMAT
#define SHIPMENT_STATE "SELECT state FROM shipment WHERE id = %" G_GINT64_FORMAT
#define ESCALATED                                                                                                      \
  "SELECT MAX(s.escalated_level) FROM approval_step s JOIN approval a ON a.id = s.approval_id WHERE a.order_id = %"     \
  G_GINT64_FORMAT

static gboolean
is_in_inbox (const char *user, gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, user, "/approvals?limit=500");
  g_autofree char *wanted = g_strdup_printf ("\"order_id\":%" G_GINT64_FORMAT ",", id);

  tw_test_assert_status (reply, 200);
  return strstr (reply->text, wanted) != NULL;
}

/* ---- Approval ---- */

/* From 5,000 on level 1 signs within an hour. */
static void
shorten_hours (void)
{
  g_autoptr (TwTestReply) rules = tw_company_get (server, "admin", "/approval-rules?code=total-5000");
  g_autofree char *id = tw_company_value (rules, "items.0.id");

  tw_company_change (server, "admin", "approval-rules", g_ascii_strtoll (id, NULL, 10),
                     "{\"steps\":[{\"level\":1,\"role\":\"sales_manager\",\"user\":\"manager\",\"hours\":1}]}");
}

/* Nobody of level 1 signs in time: level 2 may, the inbox and the history say so, and level 3 still may not. */
static void
test_escalation (void)
{
  gint64 id;
  g_autoptr (TwTestReply) history = NULL;

  shorten_hours ();
  id = tw_company_enter (server, "sales", "ALFKI", "P-4:1@5000");
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  let_pass (HOUR / 2);
  tw_company_refuse (server, "director", "orders", id, "approve", NULL, 409, "others");
  g_assert_false (is_in_inbox ("director", id));
  let_pass (HOUR);
  tw_test_wait_for (is_so (ESCALATED, id, "2"), 30);
  g_assert_true (is_in_inbox ("director", id));
  g_assert_true (is_in_inbox ("manager", id)); /* late is not too late */
  g_assert_false (is_in_inbox ("gm", id));
  tw_company_refuse (server, "gm", "orders", id, "approve", NULL, 409, "others");
  tw_company_do (server, "director", "orders", id, "approve", NULL);
  tw_company_assert (server, "orders", id, "state", "released", "approvals.0.level", "1",
                     "approvals.0.signatures.0.user", "director", "approvals.0.signatures.0.on_behalf_of", "");
  history = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT "/history", id);
  g_assert_nonnull (strstr (history->text, "\"escalate\""));
}

/* One level an hour, to the last one. */
static void
test_escalation_goes_on (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-4:1@5000");

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  let_pass (HOUR + 60);
  tw_test_wait_for (is_so (ESCALATED, id, "2"), 30);
  let_pass (HOUR + 60);
  tw_test_wait_for (is_so (ESCALATED, id, "3"), 30);
  tw_company_do (server, "gm", "orders", id, "approve", NULL);
  tw_company_assert (server, "orders", id, "state", "released");
}

/* The next level has its own step to sign, and nobody signs two: the one above it is asked instead. */
static void
test_escalation_over_a_step (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-4:1@10000");

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  let_pass (HOUR + 60);
  tw_test_wait_for (is_so (ESCALATED, id, "3"), 30);
  tw_company_refuse (server, "director", "orders", id, "approve", NULL, 409, "others");
  tw_company_do (server, "gm", "orders", id, "approve", NULL);
  tw_company_do (server, "director", "orders", id, "approve", NULL);
  tw_company_assert (server, "orders", id, "state", "released", "approvals.0.signatures.0.user", "gm",
                     "approvals.1.signatures.0.user", "director");
}

/* ---- Days ---- */

/* Of the server's day: its clock is hours ahead by now. */
static char *
in_days (int days)
{
  g_autofree char *sql = g_strdup_printf ("SELECT UTC_DATE() + INTERVAL %d DAY", days);

  return tw_company_query (server, sql);
}

static void
put_setting (const char *name, const char *value)
{
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autofree char *path = g_strconcat ("/settings/", name, NULL);
  g_autofree char *body = g_strdup_printf ("{\"value\":\"%s\"}", value);
  g_autoptr (TwTestReply) reply = tw_test_call (server, token, "PUT", path, body, NULL);

  tw_test_assert_status (reply, 200);
}

/* Its shipment; wanted in ten days, released three days before. */
static gint64
order_ahead (void)
{
  g_autofree char *day = in_days (10);
  g_autofree char *more = g_strdup_printf ("\"requested_date\":\"%s\"", day);
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:2", more);
  gint64 id = tw_company_create (server, "sales", "/orders", body);

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "released");
  return tw_company_find_shipment (server, id);
}

/* The timers of the server that runs now have had their first look: their leases are of its day. */
static gboolean
has_looked (void)
{
  g_autofree char *n = tw_company_query (server, "SELECT COUNT(*) FROM lease WHERE name IN ('timer:release',"
                                                 " 'timer:sales') AND until > UTC_TIMESTAMP(6)");

  return g_str_equal (n, "2");
}

static void
test_setting (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwTestReply) refused
    = tw_test_call (server, token, "PUT", "/settings/release_days", "{\"value\":\"soon\"}", NULL);

  tw_test_assert_problem (refused, 422, "/value");
  put_setting ("release_days", "3");
}

static void
test_planned (void)
{
  gint64 by_hand = order_ahead (), by_itself = order_ahead ();
  g_autofree char *until = in_days (6);
  g_autofree char *more = g_strdup_printf ("\"valid_until\":\"%s\"", until);
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", more);
  gint64 quoted = tw_company_create (server, "sales", "/orders", body);

  tw_company_do (server, "sales", "orders", quoted, "quote", NULL);
  tw_company_assert (server, "shipments", by_hand, "state", "planned");
  tw_company_refuse (server, "warehouse", "shipments", by_hand, "start_picking", NULL, 409, NULL);
  tw_company_do (server, "warehouse", "shipments", by_hand, "release", NULL);
  tw_company_do (server, "warehouse", "shipments", by_hand, "start_picking", NULL);
  let_pass (6 * DAY); /* the quotation holds on its last day, and the shipment waits */
  tw_test_wait_for (has_looked (), 30);
  g_assert_true (is_so (SHIPMENT_STATE, by_itself, "planned"));
  g_assert_true (is_so (ORDER_STATE, quoted, "quoted"));
  let_pass (DAY);
  tw_test_wait_for (is_so (SHIPMENT_STATE, by_itself, "released"), 30);
  tw_test_wait_for (is_so (ORDER_STATE, quoted, "lost"), 30);
}

int
main (int argc, char **argv)
{
  const char *const *variable;
  int status;

  g_test_init (&argc, &argv, NULL);
  machine = sim_machine_new ();
  for (variable = sim_machine_get_environment (machine); *variable != NULL; variable++)
    {
      g_auto (GStrv) parts = g_strsplit (*variable, "=", 2);

      g_setenv (parts[0], parts[1], TRUE); /* for the processes that this one starts */
    }
  server = tw_company_new_live ();
  g_test_add_func ("/time/escalation", test_escalation);
  g_test_add_func ("/time/escalation-goes-on", test_escalation_goes_on);
  g_test_add_func ("/time/escalation-over-a-step", test_escalation_over_a_step);
  g_test_add_func ("/time/release-days", test_setting);
  g_test_add_func ("/time/planned-and-quoted", test_planned);
  g_test_add_data_func ("/time/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  sim_machine_free (machine);
  return status;
}
