/* test-feed.c: whoever follows the live events hears of what they could read, and of nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/fixture/company.h"
#include "tests/fixture/database.h"
#include "tests/fixture/follower.h"

/* The documents that not everybody who may read some may read all of. */
static const char *const kinds[][2] = {
  { "order", "orders" },     { "customer", "customers" }, { "shipment", "shipments" },
  { "invoice", "invoices" }, { "trip", "trips" },         { "shipment_exception", "shipment-exceptions" },
};

static TwTestServer *server;

/* Everything that happened to a document of @kind, "kind:id". (transfer full) */
static GPtrArray *
list_documents (const char *kind)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT GROUP_CONCAT(DISTINCT document_id) FROM change_log WHERE document = '%s'", kind);
  g_autofree char *all = tw_company_query (server, sql);
  g_auto (GStrv) ids = g_strsplit (all, ",", -1);
  GPtrArray *documents = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids[i] != NULL && *ids[i] != '\0'; i++)
    g_ptr_array_add (documents, g_strconcat (kind, ":", ids[i], NULL));
  return documents;
}

static gboolean
has_heard (TwFollowing *following, const char *document)
{
  g_autofree char *begin = g_strconcat (document, ":", NULL);

  for (guint i = 0; i < following->events->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (following->events, i), begin))
      return TRUE;
  return FALSE;
}

static gboolean
may_read (const char *user, const char *path, const char *document)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, user, "/%s/%s", path, strchr (document, ':') + 1);

  return reply->status == 200;
}

/* Returns how many the user may not read. */
static guint
compare (TwFollowing *following, const char *user, const char *kind, const char *path)
{
  g_autoptr (GPtrArray) documents = list_documents (kind);
  guint hidden = 0;

  g_assert_cmpuint (documents->len, >, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const char *document = g_ptr_array_index (documents, i);
      gboolean heard = has_heard (following, document), may = may_read (user, path, document);

      if (heard != may)
        g_error ("%s %s of %s and %s read it", user, heard ? "hears" : "does not hear", document,
                 may ? "may" : "may not");
      hidden += !may;
    }
  return hidden;
}

static void
test_heard_is_readable (gconstpointer user)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *last = tw_company_query (server, "SELECT MAX(seq) FROM change_seal");
  g_autoptr (TwFollowing) following = tw_following_new (server, token, 0);
  gboolean sees_all = g_str_equal (user, "auditor");
  guint hidden = 0;

  /* A change that everybody may hear of ends what there was before. */
  tw_company_change (server, "planner", "products", 1, sees_all ? "{\"name\":\"Other\"}" : "{\"name\":\"Another\"}");
  tw_test_wait_for (following->seq > g_ascii_strtoll (last, NULL, 10), 20);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    hidden += compare (following, user, kinds[i][0], kinds[i][1]);
  g_assert_cmpint (hidden == 0, ==, sees_all);
}

int
main (int argc, char **argv)
{
  static const char *const people[]
    = { "auditor", "sales", "sales2", "sales_manager", "customer", "customer2", "driver", "driver2", "finance" };
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  tw_company_fill (server);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strconcat ("/feed/heard-is-readable/", people[i], NULL);

      g_test_add_data_func (path, people[i], test_heard_is_readable);
    }
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
