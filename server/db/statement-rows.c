/* statement-rows.c: one statement for several records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text is put together from constants: "INSERT INTO t (a, b) VALUES ", "(:a, :b)" for each record, with the names
 * of record 3 as :a_3 and :b_3, and what follows. There are few different numbers of rows, so each is prepared once.
 */
#include "server/db/statement-private.h"

#include <string.h>

/* Appends @row with its names ending in _@n. */
static void
append_row (GString *sql, const char *row, guint n)
{
  const char *at = row;

  while (*at != '\0')
    {
      const char *name = strchr (at, ':');
      gsize length;

      if (name == NULL)
        break;
      length = strspn (name + 1, "abcdefghijklmnopqrstuvwxyz_");
      g_string_append_len (sql, at, name + 1 + length - at);
      g_string_append_printf (sql, "_%u", n);
      at = name + 1 + length;
    }
  g_string_append (sql, at);
}

static TwStatement *
prepare_rows (TwDb *db, const TwRowsSql *rows, guint n)
{
  g_autoptr (GString) sql = g_string_new (rows->head);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (sql, i > 0 ? ", " : "");
      append_row (sql, rows->row, i);
    }
  g_string_append (sql, rows->tail);
  return tw_db_prepare (db, sql->str);
}

/* How many names a row has. */
static guint
get_width (TwStatement *s)
{
  guint width = 0;

  while (width < s->text->names->len && g_str_has_suffix (g_ptr_array_index (s->text->names, width), "_0"))
    width++;
  return width;
}

/* Each row has the same names in the same order, before all others: "quantity_0" is the field `quantity` of the first
 * record. */
static void
bind_rows (TwStatement *s, GListStore *records, guint first, guint n, gint64 owner)
{
  guint width = get_width (s);

  g_assert (s->text->names->len >= width * n);
  for (guint column = 0; column < width; column++)
    {
      const char *name = g_ptr_array_index (s->text->names, column);
      g_autofree char *field_name = g_strndup (name, strlen (name) - strlen ("_0"));
      const TwField *field = tw_record_find (tw_record_nth (records, first), field_name);

      g_assert (field != NULL || g_str_equal (field_name, "owner"));
      for (guint row = 0; row < n; row++)
        {
          TwValue *value = &s->values[row * width + column];

          if (field == NULL)
            tw_value_set_int (value, owner);
          else
            tw_value_set_field (value, tw_record_nth (records, first + row), field);
          value->bound = TRUE;
        }
    }
}

/* The ids come back in the order of the rows. */
static gboolean
take_ids (TwStatement *s, GListStore *records, guint first, guint n, GError **error)
{
  gboolean found;

  for (guint i = 0; i < n; i++)
    {
      TwRecord *record = tw_record_nth (records, first + i);

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      g_assert (found);
      record->id = tw_column_int (s, "id");
    }
  return TRUE;
}

TwStatement *
tw_db_prepare_rows (TwDb *db, const TwRowsSql *rows, GListStore *records, guint first, guint n, gint64 owner)
{
  TwStatement *s = prepare_rows (db, rows, n);

  bind_rows (s, records, first, n, owner);
  return s;
}

gboolean
tw_db_insert_rows (TwDb *db, const TwRowsSql *rows, GListStore *records, gint64 owner, GError **error)
{
  guint count = tw_record_count (records);

  for (guint first = 0; first < count; first += TW_ROWS_AT_ONCE)
    {
      guint n = MIN (count - first, TW_ROWS_AT_ONCE);
      g_autoptr (TwStatement) insert = tw_db_prepare_rows (db, rows, records, first, n, owner);

      if (!take_ids (insert, records, first, n, error))
        return FALSE;
    }
  return TRUE;
}
