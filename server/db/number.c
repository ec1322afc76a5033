/* number.c: counters without gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/number.h"
#include "server/db/connection-private.h"

static const char take_sql[] = "INSERT INTO counter (name, value) VALUES (:name, LAST_INSERT_ID(1))"
                               " ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)";

gboolean
tw_number_next (TwDb *db, const char *name, gint64 *value, GError **error)
{
  g_autoptr (TwStatement) take = tw_db_prepare (db, take_sql);

  g_assert (db->in_transaction);
  tw_bind_text (take, "name", name);
  if (!tw_statement_run (take, NULL, error))
    return FALSE;
  *value = tw_statement_last_id (take);
  return TRUE;
}

char *
tw_number_document (TwDb *db, const char *prefix, TwDate date, GError **error)
{
  g_autofree char *day = tw_date_format (date);
  g_autofree char *counter = g_strdup_printf ("%s/%.4s", prefix, day);
  gint64 value;

  if (!tw_number_next (db, counter, &value, error))
    return NULL;
  return g_strdup_printf ("%s-%.4s-%06" G_GINT64_FORMAT, prefix, day, value);
}
