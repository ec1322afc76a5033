/* content.c: see content.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/durability/content.h"

/* What servers write by themselves, each at its place; a timer counts rows for lists. */
static const char *const of_the_place[] = { "session", "lease", "schema_grant", "schema_lease", "list_mark", NULL };

static gboolean
step (TwStatement *s)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return found;
}

static GPtrArray *
list_tables (TwDb *db, const char *skip)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name");
  g_auto (GStrv) skipped = g_strsplit (skip, " ", -1);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (step (s))
    {
      const char *name = tw_column_text (s, "name");

      if (!g_strv_contains (of_the_place, name) && !g_strv_contains ((const char *const *) skipped, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_assert_cmpuint (names->len, >, 20);
  return names;
}

char *
tw_content_sum (TwDb *db, const char *skip)
{
  g_autoptr (GPtrArray) names = list_tables (db, skip);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *sql = g_strdup_printf ("CHECKSUM TABLE `%s` EXTENDED", name);
      g_autoptr (TwStatement) s = tw_db_prepare (db, sql);

      g_assert_true (step (s));
      g_string_append_printf (out, "%s %s\n", name, tw_column_text (s, "Checksum"));
    }
  return g_string_free (out, FALSE);
}

void
tw_content_assert_same (const char *found, const char *expected)
{
  g_auto (GStrv) ours = g_strsplit (found, "\n", -1), theirs = g_strsplit (expected, "\n", -1);

  for (guint i = 0; ours[i] != NULL && theirs[i] != NULL; i++)
    g_assert_cmpstr (ours[i], ==, theirs[i]);
  g_assert_cmpuint (g_strv_length (ours), ==, g_strv_length (theirs));
}
