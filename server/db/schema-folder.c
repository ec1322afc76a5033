/* schema-folder.c: the schema files of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/schema-folder.h"
#include "shared/base/error.h"

#include <string.h>

static void
file_free (gpointer data)
{
  TwSchemaFile *file = data;

  g_free (file->name);
  g_free (file->text);
  g_free (file->checksum);
  g_free (file);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const TwSchemaFile *first = *(TwSchemaFile *const *) a, *second = *(TwSchemaFile *const *) b;

  return first->number < second->number ? -1 : first->number > second->number;
}

static TwSchemaFile *
read_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  TwSchemaFile *file;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  file = g_new0 (TwSchemaFile, 1);
  file->number = (guint) g_ascii_strtoull (name, NULL, 10);
  file->name = g_strdup (name);
  file->checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  file->text = g_steal_pointer (&text);
  return file;
}

GPtrArray *
tw_schema_folder_read (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      TwSchemaFile *file;

      if (!g_regex_match_simple ("^[0-9]{4}-[a-z0-9-]+\\.sql$", name, 0, 0))
        continue;
      file = read_file (folder, name, error);
      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_numbers);
  if (files->len == 0)
    {
      tw_error_set (error, TW_ERROR_INTERNAL, "%s holds no schema files", folder);
      return NULL;
    }
  for (guint i = 1; i < files->len; i++)
    {
      TwSchemaFile *file = g_ptr_array_index (files, i), *before = g_ptr_array_index (files, i - 1);

      if (file->number == before->number)
        {
          tw_error_set (error, TW_ERROR_INTERNAL, "%s and %s have the same number", before->name, file->name);
          return NULL;
        }
    }
  return g_steal_pointer (&files);
}

/* ---- Rules ---- */

static void
rule_free (gpointer data)
{
  TwTableRule *rule = data;

  g_free (rule->columns);
  g_free (rule);
}

/* @list: "change_log, invoice (state, version)". */
static gboolean
read_rule_list (GHashTable *rules, TwTableAccess access, const char *list, GError **error)
{
  static const char pattern[] = "\\G\\s*([a-z][a-z0-9_]*)(?:\\s*\\(([a-z0-9_, ]+)\\))?\\s*(?:,|$)";
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int end = 0;

  g_regex_match (regex, list, 0, &match);
  while (g_match_info_matches (match))
    {
      TwTableRule *rule = g_new0 (TwTableRule, 1);
      g_autofree char *columns = g_match_info_fetch (match, 2);

      rule->access = access;
      if (columns != NULL && *columns != '\0')
        rule->columns = g_steal_pointer (&columns);
      g_hash_table_replace (rules, g_match_info_fetch (match, 1), rule);
      g_match_info_fetch_pos (match, 0, NULL, &end);
      if (!g_match_info_next (match, error))
        break;
    }
  if (list[end] != '\0')
    return tw_error_set (error, TW_ERROR_INTERNAL, "cannot read the list of tables: %s", list);
  return TRUE;
}

GHashTable *
tw_schema_folder_rules (GPtrArray *files, GError **error)
{
  g_autoptr (GHashTable) rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rule_free);

  for (guint i = 0; i < files->len; i++)
    {
      TwSchemaFile *file = g_ptr_array_index (files, i);
      g_auto (GStrv) lines = g_strsplit (file->text, "\n", -1);

      for (guint n = 0; lines[n] != NULL; n++)
        {
          const char *line = g_strstrip (lines[n]);
          gboolean done = TRUE;

          if (g_str_has_prefix (line, "-- append-only:"))
            done = read_rule_list (rules, TW_TABLE_APPEND_ONLY, line + strlen ("-- append-only:"), error);
          else if (g_str_has_prefix (line, "-- read-only:"))
            done = read_rule_list (rules, TW_TABLE_READ_ONLY, line + strlen ("-- read-only:"), error);
          if (!done)
            {
              g_prefix_error (error, "%s: ", file->name);
              return NULL;
            }
        }
    }
  return g_steal_pointer (&rules);
}
