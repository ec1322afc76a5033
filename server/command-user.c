/* command-user.c: user add, passwd and roles: how the first administrator comes to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passwords come from the terminal or standard input, never from the command line, where everybody could read them.
 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "server/areas.h"
#include "server/command.h"
#include "server/core/password.h"
#include "server/database.h"
#include "server/local-request.h"

#define MAX_PASSWORD_BYTES 1024

/* What the commands work with. */
typedef struct
{
  TwDatabase *database;
  TwDb *db;
  TwPrincipal *who;
} Desk;

static void
desk_clear (Desk *desk)
{
  g_clear_pointer (&desk->db, tw_db_close);
  g_clear_pointer (&desk->who, tw_principal_unref);
  g_clear_pointer (&desk->database, tw_database_close);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
desk_open (Desk *desk, const TwConfig *config, GError **error)
{
  tw_areas_register ();
  desk->who = tw_local_administrator ();
  desk->database = tw_database_open (config, error);
  if (desk->database == NULL)
    return FALSE;
  desk->db = tw_db_open (tw_database_get_working (desk->database), error);
  return desk->db != NULL;
}

/* One line, without echo on a terminal. */
static gboolean
read_secret (const char *prompt, char *line, gsize size)
{
  struct termios shown, hidden;
  gboolean terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &shown) == 0;
  gboolean read;

  if (terminal)
    {
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      fputs (prompt, stderr);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
    }
  read = fgets (line, (int) size, stdin) != NULL;
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      fputc ('\n', stderr);
    }
  line[read ? strcspn (line, "\n") : 0] = '\0';
  return read;
}

static char *
read_password (GError **error)
{
  char first[MAX_PASSWORD_BYTES];
  char second[MAX_PASSWORD_BYTES];

  if (!read_secret ("Password: ", first, sizeof first))
    {
      tw_error_set (error, TW_ERROR_INVALID, "a password is needed on the terminal or on standard input");
      return NULL;
    }
  if (isatty (STDIN_FILENO) && (!read_secret ("Once more: ", second, sizeof second) || !g_str_equal (first, second)))
    {
      tw_error_set (error, TW_ERROR_INVALID, "the two passwords differ");
      return NULL;
    }
  return g_strdup (first);
}

/* The stored user of this name. (transfer full) */
static JsonNode *
find_user (Desk *desk, const char *name, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/users?user=", escaped, NULL);
  g_autoptr (JsonNode) page = NULL;
  JsonArray *items;

  if (!tw_local_json (desk->db, desk->who, "GET", path, 0, NULL, &page, error))
    return NULL;
  items = json_object_get_array_member (json_node_get_object (page), "items");
  if (json_array_get_length (items) == 1)
    return json_node_copy (json_array_get_element (items, 0));
  tw_error_set (error, TW_ERROR_NOT_FOUND, "there is no user “%s”", name);
  return NULL;
}

static gint64
member_int (JsonNode *record, const char *name)
{
  return json_object_get_int_member_with_default (json_node_get_object (record), name, 0);
}

static void
add_roles (JsonObject *object, const char *roles)
{
  g_auto (GStrv) keys = g_strsplit (roles, ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    json_array_add_string_element (array, g_strstrip (keys[i]));
  json_object_set_array_member (object, "roles", array);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static gboolean
set_password (Desk *desk, gint64 id, const char *password, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/users/%" G_GINT64_FORMAT "/password", id);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "password", password);
  return tw_local_json (desk->db, desk->who, "PUT", path, 0, take_object (body), NULL, error);
}

static gboolean
add (Desk *desk, int argc, char **argv, GError **error)
{
  g_autofree char *roles = NULL;
  g_autofree char *name = NULL;
  g_autofree char *language = NULL;
  g_autofree char *password = NULL;
  g_autoptr (JsonNode) stored = NULL;
  JsonObject *user;
  const GOptionEntry entries[] = { { "role", 'r', 0, G_OPTION_ARG_STRING, &roles, NULL, NULL },
                                   { "name", 'n', 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
                                   { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
                                   { NULL } };

  if (!tw_command_read_options (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (roles == NULL)
    return tw_error_set (error, TW_ERROR_INVALID, "--role is needed, such as --role admin or --role sales,approver");
  password = read_password (error);
  if (password == NULL || !tw_password_check (password, argv[1], "/password", error))
    return FALSE; /* before there is a user without one */
  user = json_object_new ();
  json_object_set_string_member (user, "user", argv[1]);
  json_object_set_string_member (user, "name", name != NULL ? name : argv[1]);
  if (language != NULL)
    json_object_set_string_member (user, "language", language);
  add_roles (user, roles);
  return tw_local_json (desk->db, desk->who, "POST", "/users", 0, take_object (user), &stored, error)
         && set_password (desk, member_int (stored, "id"), password, error);
}

static gboolean
passwd (Desk *desk, int argc, char **argv, GError **error)
{
  g_autoptr (JsonNode) user = NULL;
  g_autofree char *password = NULL;

  if (!tw_command_read_options (&argc, &argv, NULL, 1, 1, error))
    return FALSE;
  user = find_user (desk, argv[1], error);
  if (user == NULL)
    return FALSE;
  password = read_password (error);
  return password != NULL && set_password (desk, member_int (user, "id"), password, error);
}

static gboolean
change_roles (Desk *desk, int argc, char **argv, GError **error)
{
  g_autoptr (JsonNode) user = NULL;
  g_autofree char *path = NULL;
  JsonObject *patch;

  if (!tw_command_read_options (&argc, &argv, NULL, 2, 2, error))
    return FALSE;
  user = find_user (desk, argv[1], error);
  if (user == NULL)
    return FALSE;
  path = g_strdup_printf ("/users/%" G_GINT64_FORMAT, member_int (user, "id"));
  patch = json_object_new ();
  add_roles (patch, argv[2]);
  return tw_local_json (desk->db, desk->who, "PATCH", path, member_int (user, "version"), take_object (patch), NULL,
                        error);
}

gboolean
tw_command_user (const TwConfig *config, int argc, char **argv, GError **error)
{
  static const struct
  {
    const char *name;
    gboolean (*run) (Desk *desk, int argc, char **argv, GError **error);
  } commands[] = { { "add", add }, { "passwd", passwd }, { "roles", change_roles } };
  g_auto (Desk) desk = { 0 };

  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return desk_open (&desk, config, error) && commands[i].run (&desk, argc - 1, argv + 1, error);
  return tw_error_set (error, TW_ERROR_INVALID,
                       "user add NAME --role ROLE, user passwd NAME or user roles NAME ROLE,…");
}
