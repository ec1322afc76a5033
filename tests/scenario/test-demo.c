/* test-demo.c: the demonstration company, built from the newest orders of the sample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newest hundred orders have all the stops on the way; the other seven hundred only take longer.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "shared/document/order.h"
#include "shared/policy/transition.h"
#include "tests/fixture/database.h"
#include "tests/fixture/server.h"

#define ORDERS 100

/* Copies a CSV file with its header and its last @keep rows; 0 keeps all. */
static void
copy_newest (const char *from, const char *to, const char *file, guint keep)
{
  g_autofree char *source = g_build_filename (from, file, NULL);
  g_autofree char *target = g_build_filename (to, file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (g_file_get_contents (source, &text, NULL, &error));
  rows = g_strsplit (text, "\n", -1);
  n = g_strv_length (rows);
  while (n > 0 && *rows[n - 1] == '\0')
    n--;
  for (guint i = 0; i < n; i++)
    if (i == 0 || keep == 0 || i >= n - keep)
      g_string_append_printf (out, "%s\n", rows[i]);
  g_assert_true (g_file_set_contents (target, out->str, -1, &error));
}

static char *
make_sample (void)
{
  g_autofree char *root = tw_test_folder_new ();
  g_autofree char *folder = g_build_filename (root, "northwind", NULL);
  g_autofree char *whole = g_build_filename (g_getenv ("TRADEWIND_SAMPLE_DIR"), "northwind", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < 5; i++)
    copy_newest (whole, folder,
                 ((const char *[]) { "customers.csv", "products.csv", "categories.csv", "shippers.csv",
                                     "order_details.csv" })[i],
                 0);
  copy_newest (whole, folder, "orders.csv", ORDERS);
  return g_steal_pointer (&root);
}

static gint64
count (TwTestServer *server, const char *user, const char *path)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autoptr (TwTestReply) reply = tw_test_get (server, token, path);

  tw_test_assert_status (reply, 200);
  return json_object_get_int_member (tw_test_reply_object (reply), "total");
}

/* "shipment_exception" → "/shipment-exceptions" */
static void
assert_example (TwTestServer *server, const char *document, const char *state)
{
  g_autofree char *kind = g_strdelimit (g_strdup (document), "_", '-');
  g_autofree char *path = g_strdup_printf ("/%ss?state=%s", kind, state);
  gint64 n = count (server, "auditor", path);

  g_test_message ("%s: %" G_GINT64_FORMAT, path, n);
  if (n == 0)
    g_error ("the demonstration has no %s that is %s", document, state);
}

/* Whatever state the table of transitions has. A customer has a status and no states. */
static void
test_every_state (gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    {
      const char *const states[] = { row->from, row->to };

      for (guint i = 0; i < G_N_ELEMENTS (states) && !g_str_equal (row->document, "customer"); i++)
        if (states[i] != NULL && g_hash_table_add (seen, g_strconcat (row->document, " ", states[i], NULL)))
          assert_example ((TwTestServer *) data, row->document, states[i]);
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 40);
}

/* What is no state of its own, and what a desk shows first. */
static void
test_examples (gconstpointer data)
{
  static const char *const wanted[][2] = {
    { "auditor", "/orders?hold=customer" }, { "auditor", "/orders?approval_status=rejected" },
    { "sales", "/orders?state=draft" },     { "sales2", "/orders?state=draft" },
    { "sales", "/orders?state=quoted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s %s", wanted[i][0], wanted[i][1]);
      g_assert_cmpint (count ((TwTestServer *) data, wanted[i][0], wanted[i][1]), >, 0);
    }
}

static void
test_inboxes (gconstpointer data)
{
  static const char *const signers[] = { "manager", "sales_manager", "director", "gm", "approver" };

  for (guint i = 0; i < G_N_ELEMENTS (signers); i++)
    {
      g_test_message ("%s", signers[i]);
      g_assert_cmpint (count ((TwTestServer *) data, signers[i], "/approvals"), >, 0);
    }
}

/* The source's numbers, prices and discounts are kept; its last day is today. */
static void
test_real_data (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "auditor");
  g_autoptr (TwTestReply) reply = tw_test_get (server, token, "/orders?po_reference=11077&fields=order_date,line_count");
  g_autofree char *today = tw_date_format (tw_date_today ());
  JsonObject *order;

  tw_test_assert_status (reply, 200);
  order = json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (reply), "items"), 0);
  g_assert_cmpstr (json_object_get_string_member (order, "order_date"), ==, today);
  g_assert_cmpint (json_object_get_int_member (order, "line_count"), ==, 25);
  g_assert_cmpint (count (server, "auditor", "/customers"), ==, 91);
  g_assert_cmpint (count (server, "auditor", "/products"), ==, 77);
  g_assert_cmpint (count (server, "auditor", "/orders"), >=, ORDERS);
}

/* ---- Ageing ---- */

static JsonArray *
get_items (TwTestReply *reply)
{
  tw_test_assert_status (reply, 200);
  return json_object_get_array_member (tw_test_reply_object (reply), "items");
}

static JsonObject *
find_customer (JsonArray *rows, const char *code)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "customer"), code))
        return row;
    }
  return NULL;
}

/* Before the first order. */
#define LONG_AGO -50

static const char *const amounts[] = { "closing", "not_due", "days_30", "days_60", "days_90", "older", "on_account" };

/* Whether anything is open or on account. */
static gboolean
compare_amounts (JsonObject *row, JsonObject *statement, const char *day)
{
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      const char *stated = json_object_get_string_member (statement, amounts[i]);

      if (row != NULL && g_strcmp0 (json_object_get_string_member (row, amounts[i]), stated) != 0)
        g_error ("%s of %s on %s: the statement says %s, the ageing %s", amounts[i],
                 json_object_get_string_member (row, "customer"), day, stated,
                 json_object_get_string_member (row, amounts[i]));
      any = any || strspn (stated, "0.") != strlen (stated);
    }
  return any;
}

static void
compare_day (TwTestServer *server, const char *token, JsonArray *customers, int days)
{
  g_autofree char *day = tw_date_format (tw_date_add_days (tw_date_today (), days));
  g_autofree char *path = g_strconcat ("/ageing?to=", day, NULL);
  g_autoptr (TwTestReply) ageing = tw_test_get (server, token, path);
  JsonArray *rows = get_items (ageing);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (customers); i++)
    {
      JsonObject *customer = json_array_get_object_element (customers, i);
      JsonObject *row = find_customer (rows, json_object_get_string_member (customer, "code"));
      g_autofree char *statement = g_strdup_printf ("/customers/%" G_GINT64_FORMAT "/statement?to=%s",
                                                    json_object_get_int_member (customer, "id"), day);
      g_autoptr (TwTestReply) reply = tw_test_get (server, token, statement);

      tw_test_assert_status (reply, 200);
      g_assert_true (compare_amounts (row, tw_test_reply_object (reply), day) == (row != NULL));
      n += row != NULL;
    }
  g_test_message ("%s: %u customers", day, n);
  g_assert_cmpuint (n, ==, json_array_get_length (rows));
  g_assert_true ((n == 0) == (days <= LONG_AGO));
}

/* The ageing of all is what each one's statement says, which adds up every movement there ever was. */
static void
test_ageing (gconstpointer data)
{
  static const int days[] = { 0, -1, -3, -10, -20, LONG_AGO, -2000, 1, 45, 100 };
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "finance");
  g_autoptr (TwTestReply) customers = tw_test_get (server, token, "/customers?limit=200&fields=code");

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    compare_day (server, token, get_items (customers), days[i]);
}

static void
test_verify (gconstpointer data)
{
  g_autofree char *output = NULL;
  int status = tw_test_server_command ((TwTestServer *) data, (const char *[]) { "verify", NULL }, NULL, &output);

  g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
}

static void
test_only_once (gconstpointer data)
{
  int status = tw_test_server_command ((TwTestServer *) data, (const char *[]) { "demo", NULL }, NULL, NULL);

  g_assert_cmpint (status, !=, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *sample = NULL;
  g_autoptr (TwTestServer) server = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  sample = make_sample ();
  g_setenv ("TRADEWIND_SAMPLE_DIR", sample, TRUE);
  server = tw_test_server_new (NULL);
  g_assert_cmpint (tw_test_server_command (server, (const char *[]) { "demo", NULL }, NULL, NULL), ==, 0);
  g_test_add_data_func ("/demo/every-state-has-an-example", server, test_every_state);
  g_test_add_data_func ("/demo/examples", server, test_examples);
  g_test_add_data_func ("/demo/work-in-every-inbox", server, test_inboxes);
  g_test_add_data_func ("/demo/real-data", server, test_real_data);
  g_test_add_data_func ("/demo/ageing", server, test_ageing);
  g_test_add_data_func ("/demo/verify-is-clean", server, test_verify);
  g_test_add_data_func ("/demo/only-in-an-empty-place", server, test_only_once);
  result = g_test_run ();
  tw_test_folder_remove (sample);
  return result;
}
