/* installation.c: where the program's own files are, installed or in a build tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program in a build tree finds catalogues and schema in the `po` and `data` folders beside its own or
 * above it, so that it runs without being installed and without environment variables.
 */
#include "client/installation.h"

#define SCHEMA_ID "org.tradewind.Tradewind"
/* A program lies in client/, a test in tests/client/. */
#define LEVELS_UP 3

static char *
find_above (const char *relative)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint level = 0; folder != NULL && level < LEVELS_UP; level++)
    {
      g_autofree char *candidate = g_build_filename (folder, relative, NULL);
      char *above;

      if (g_file_test (candidate, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&candidate);
      above = g_path_get_dirname (folder);
      g_free (folder);
      folder = above;
    }
  return NULL;
}

char *
tw_installation_get_locale_dir (void)
{
  g_autofree char *catalogue = find_above ("po/zh_CN/LC_MESSAGES/tradewind.mo");
  g_autofree char *messages = NULL;
  g_autofree char *language = NULL;

  if (catalogue == NULL)
    return g_strdup (TW_LOCALEDIR);
  messages = g_path_get_dirname (catalogue);
  language = g_path_get_dirname (messages);
  return g_path_get_dirname (language);
}

GSettings *
tw_installation_open_settings (void)
{
  g_autofree char *compiled = find_above ("data/gschemas.compiled");
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();

  if (compiled != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (compiled);

      source = g_settings_schema_source_new_from_directory (folder, standard, TRUE, NULL);
    }
  else if (standard != NULL)
    {
      source = g_settings_schema_source_ref (standard);
    }
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    {
      g_warning ("the settings schema %s is not installed: nothing will be remembered", SCHEMA_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}
