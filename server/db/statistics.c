/* statistics.c: what the database believes about its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/statistics.h"

/* Below this every plan is a good one. */
#define MIN_ROWS 100

static const char rows_sql[] = "SELECT table_name AS name, COALESCE(table_rows, 0) AS n FROM information_schema.tables"
                               " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";

typedef struct
{
  char *name;
  gint64 rows;
} Table;

static void
table_clear (gpointer data)
{
  g_free (((Table *) data)->name);
}

static gint64
get_known (GHashTable *known, const char *name)
{
  const gint64 *rows = g_hash_table_lookup (known, name);

  return rows != NULL ? *rows : 0;
}

/* The tables that have grown. */
static GArray *
find_grown (TwDb *db, GHashTable *known, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, rows_sql);
  g_autoptr (GArray) grown = g_array_new (FALSE, FALSE, sizeof (Table));
  gboolean found;

  g_array_set_clear_func (grown, table_clear);
  while (tw_statement_step (read, &found, error))
    {
      Table table = { .rows = found ? tw_column_int (read, "n") : 0 };

      if (!found)
        return g_steal_pointer (&grown);
      if (table.rows < MIN_ROWS || table.rows < 2 * get_known (known, tw_column_text (read, "name")))
        continue;
      table.name = g_strdup (tw_column_text (read, "name"));
      g_array_append_val (grown, table);
    }
  return NULL;
}

/* Not for replicas: they count for themselves. @name is one of our own tables. */
static gboolean
count_anew (TwDb *db, const char *name, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("ANALYZE NO_WRITE_TO_BINLOG TABLE `%s`", name);
  g_autoptr (TwStatement) analyze = tw_db_prepare (db, sql);
  gboolean found = TRUE;

  while (found)
    if (!tw_statement_step (analyze, &found, error))
      return FALSE;
  return TRUE;
}

gboolean
tw_statistics_refresh (TwDb *db, GHashTable *known, GError **error)
{
  g_autoptr (GArray) grown = find_grown (db, known, error);

  for (guint i = 0; grown != NULL && i < grown->len; i++)
    {
      Table *table = &g_array_index (grown, Table, i);

      if (!count_anew (db, table->name, error))
        return FALSE;
      g_hash_table_replace (known, g_strdup (table->name), g_memdup2 (&table->rows, sizeof table->rows));
    }
  return grown != NULL;
}
