/* no-database.c: see no-database.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/no-database.h"

#include "server/db/connection-private.h"
#include "server/db/sql-text.h"

/* As tw_db_open() makes it, but for the connection; it lives as long as the program. */
static TwDb *
get_database (void)
{
  static TwDb *db;

  if (db != NULL)
    return db;
  db = g_new0 (TwDb, 1);
  db->name = g_strdup ("none");
  db->idle = g_hash_table_new (tw_sql_text_hash, g_str_equal);
  g_queue_init (&db->recent);
  db->later = tw_db_new_later ();
  db->posted = tw_db_new_posted ();
  db->snapshots = db->in_transaction = db->doomed = TRUE;
  db->transaction = 1;
  return db;
}

TwContext
tw_fuzz_no_database (gboolean cost)
{
  /* Whoever is also a customer's contact sees less than the others. */
  const TwRoles staff = (TwRoles) ((TW_ROLE_SYSTEM - 1) & ~TW_ROLE_CUSTOMER);
  static TwPrincipal *everybody, *stranger_to_costs;

  if (everybody == NULL)
    {
      everybody = tw_principal_new (1, "fuzz", "Fuzz", "en", staff, 0, 1);
      stranger_to_costs = tw_principal_new (1, "fuzz", "Fuzz", "en", TW_ROLE_WAREHOUSE, 0, 1);
      g_assert_cmpint (tw_role_get_secrets (staff), ==, TW_SECRETS_ALL);
      g_assert_cmpint (tw_role_get_secrets (TW_ROLE_WAREHOUSE) & TW_SECRET_COST, ==, 0);
    }
  return tw_context_at_now (get_database (), cost ? everybody : stranger_to_costs, "fuzz");
}

void
tw_fuzz_forget (TwContext *ctx)
{
  g_slist_free (g_steal_pointer (&ctx->db->after_commit));
  tw_db_forget_later (ctx->db);
}
