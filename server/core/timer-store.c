/* timer-store.c: the SQL of the timers' leases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/timer-store.h"

static const char make_sql[] = "INSERT IGNORE INTO lease (name, holder, until) VALUES (:name, '', '2000-01-01')";
static const char take_sql[]
  = "UPDATE lease SET holder = :holder, until = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
    " WHERE name = :name AND (holder = :holder OR until < UTC_TIMESTAMP(6))";
static const char give_back_sql[]
  = "UPDATE lease SET until = '2000-01-01' WHERE name LIKE 'timer:%' AND holder = :holder";

gboolean
tw_timer_store_lease (TwDb *db, const char *name, const char *holder, guint seconds, gboolean *held, GError **error)
{
  g_autoptr (TwStatement) make = tw_db_prepare (db, make_sql);
  g_autoptr (TwStatement) take = tw_db_prepare (db, take_sql);
  guint64 matched;

  tw_bind_text (make, "name", name);
  tw_bind_text (take, "name", name);
  tw_bind_text (take, "holder", holder);
  tw_bind_int (take, "seconds", seconds);
  if (!tw_statement_run (make, NULL, error) || !tw_statement_run (take, &matched, error))
    return FALSE;
  *held = matched > 0;
  return TRUE;
}

gboolean
tw_timer_store_give_back (TwDb *db, const char *holder, GError **error)
{
  g_autoptr (TwStatement) give_back = tw_db_prepare (db, give_back_sql);

  tw_bind_text (give_back, "holder", holder);
  return tw_statement_run (give_back, NULL, error);
}
