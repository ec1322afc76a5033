/* command-import.c: import KIND FILE
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "server/areas.h"
#include "server/command.h"
#include "server/database.h"
#include "server/local-request.h"
#include "shared/base/sheet-type.h"

/* @name acts instead of the administrator: imported records are theirs. (transfer full) */
static TwPrincipal *
find_person (TwDb *db, const char *name, GError **error)
{
  g_autoptr (TwPrincipal) administrator = tw_local_administrator ();
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/users?user=", escaped, NULL);
  g_autoptr (JsonNode) page = NULL;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) roles = NULL;
  JsonArray *items;
  JsonObject *user;
  JsonArray *held;

  if (!tw_local_json (db, administrator, "GET", path, 0, NULL, &page, error))
    return NULL;
  items = json_object_get_array_member (json_node_get_object (page), "items");
  if (json_array_get_length (items) != 1)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, "there is no user “%s”", name);
      return NULL;
    }
  user = json_array_get_object_element (items, 0);
  held = json_object_get_array_member (user, "roles");
  for (guint i = 0; i < json_array_get_length (held); i++)
    g_strv_builder_add (keys, json_array_get_string_element (held, i));
  roles = g_strv_builder_end (keys);
  return tw_principal_new (json_object_get_int_member (user, "id"), name, name, tw_text_get_language (),
                           tw_roles_from_keys ((const char *const *) roles), 0, 0);
}

static gboolean
import_file (TwDb *db, TwPrincipal *who, const char *kind, const char *file, gboolean dry_run, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/%s/import%s", kind, dry_run ? "?dry_run=1" : "");
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (file, FALSE, error);
  g_autoptr (GBytes) bytes = mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
  g_autoptr (TwReply) reply = NULL;

  if (bytes == NULL)
    return FALSE;
  reply = tw_local_request (db, who, "POST", path, 0, tw_sheet_type_guess (bytes), bytes, error);
  if (reply == NULL)
    return FALSE;
  printf ("%.*s\n", (int) g_bytes_get_size (tw_reply_get_body (reply)),
          (const char *) g_bytes_get_data (tw_reply_get_body (reply), NULL));
  return TRUE;
}

gboolean
tw_command_import (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *as = NULL;
  gboolean dry_run = FALSE;
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDb) db = NULL;
  g_autoptr (TwPrincipal) who = NULL;
  const GOptionEntry entries[] = { { "as", 0, 0, G_OPTION_ARG_STRING, &as, NULL, NULL },
                                   { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL },
                                   { NULL } };

  if (!tw_command_read_options (&argc, &argv, entries, 2, 2, error))
    return FALSE;
  tw_areas_register ();
  database = tw_database_open (config, error);
  if (database == NULL)
    return FALSE;
  db = tw_db_open (tw_database_get_working (database), error);
  if (db == NULL)
    return FALSE;
  who = as != NULL ? find_person (db, as, error) : tw_local_administrator ();
  return who != NULL && import_file (db, who, argv[1], argv[2], dry_run, error);
}
