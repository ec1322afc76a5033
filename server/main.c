/* main.c: tradewind-server: options, then one command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <stdio.h>
#include <sodium.h>

#include "server/command.h"
#include "server/http/tls.h"
#include "shared/base/text.h"

/* In the order --help shows them; the first is the default. */
static const TwCommand commands[] = {
  { "serve", "", "answer requests until SIGTERM", tw_command_serve },
  { "migrate", "", "bring the database to this program's schema", tw_command_migrate },
  { "demo", "", "build the demonstration company in an empty data folder", tw_command_demo },
  { "user", "add NAME --role ROLE[,ROLE]", "create a user; the password comes from the terminal or standard input",
    tw_command_user },
  { "user", "passwd NAME", "give a user a new password", tw_command_user },
  { "user", "roles NAME ROLE[,ROLE]", "change what a user may do", tw_command_user },
  { "import", "KIND FILE [--as USER] [--dry-run]", "store the rows of a CSV or XLSX file", tw_command_import },
  { "verify", "", "check everything that must always be true", tw_command_verify },
  { "audit", "check", "recompute the chain of the change log", tw_command_audit },
  { "audit", "export", "print the change log, one JSON object a line", tw_command_audit },
  { "backup", "FILE", "write the whole database into one file", tw_command_backup },
  { "restore", "FILE [--force]", "put a backup into an empty place; --force empties it first", tw_command_restore },
  { "openapi", "", "print the description of the interface", tw_command_openapi },
};

typedef struct
{
  char *config;
  char *listen;
  char *data_dir;
  char *database;
  char *database_owner;
  char *tls_certificate;
  char *tls_key;
  int workers;
  gboolean version;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->config);
  g_free (options->listen);
  g_free (options->data_dir);
  g_free (options->database);
  g_free (options->database_owner);
  g_free (options->tls_certificate);
  g_free (options->tls_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
describe_commands (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strstrip (g_strconcat (commands[i].name, " ", commands[i].arguments, NULL));

      g_string_append_printf (text, "  %-40s %s%s\n", usage, commands[i].summary, i == 0 ? " (default)" : "");
    }
  g_string_append (text, "\nWithout a database the server keeps a private MariaDB in its data folder.");
  return g_string_free (text, FALSE);
}

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Read settings from FILE", "FILE" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options->listen,
      "Where to listen (default 127.0.0.1:8470; port 0 takes a free one)", "ADDR:PORT" },
    { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, &options->data_dir,
      "Where to keep data (default $XDG_DATA_HOME/tradewind)", "DIR" },
    { "database", 0, 0, G_OPTION_ARG_STRING, &options->database, "Use this MariaDB: mariadb://USER@HOST/NAME", "URL" },
    { "database-owner", 0, 0, G_OPTION_ARG_STRING, &options->database_owner,
      "The account that changes the schema (default: that of --database)", "URL" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_certificate, "PEM file; needed beyond loopback",
      "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, "Its private key", "FILE" },
    { "workers", 0, 0, G_OPTION_ARG_INT, &options->workers, "Database connections to work with", "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND …]");
  g_autofree char *description = describe_commands ();

  g_option_context_set_summary (context, "The server of Tradewind, an order-to-cash suite.");
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE); /* commands have their own */
  return g_option_context_parse (context, argc, argv, error);
}

static void
take (char **setting, char **option)
{
  if (*option == NULL)
    return;
  g_free (*setting);
  *setting = g_steal_pointer (option);
}

/* Where the program's own files are when nothing says so. */
static void
fill_folder (char **setting, const char *variable, const char *installed)
{
  const char *value = g_getenv (variable);

  if (*setting == NULL)
    *setting = g_strdup (value != NULL ? value : installed);
}

static gboolean
apply_options (TwConfig *config, Options *options, GError **error)
{
  if (options->config != NULL && !tw_config_load (config, options->config, error))
    return FALSE;
  take (&config->listen, &options->listen);
  take (&config->data_dir, &options->data_dir);
  take (&config->database, &options->database);
  take (&config->database_owner, &options->database_owner);
  take (&config->tls_certificate, &options->tls_certificate);
  take (&config->tls_key, &options->tls_key);
  if (options->workers > 0)
    config->workers = (guint) MIN (options->workers, 64);
  fill_folder (&config->schema_dir, "TRADEWIND_SCHEMA_DIR", TW_SCHEMA_DIR);
  fill_folder (&config->locale_dir, "TRADEWIND_LOCALE_DIR", TW_LOCALE_DIR);
  return TRUE;
}

static const TwCommand *
find_command (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "there is no command “%s”; see --help", name);
  return NULL;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autoptr (TwConfig) config = tw_config_new ();
  char *serve[] = { (char *) commands[0].name, NULL };
  g_auto (Options) options = { 0 };
  const TwCommand *command;

  if (!parse_options (&argc, &argv, &options, error))
    return FALSE;
  if (options.version)
    {
      puts ("tradewind-server " TW_VERSION);
      return TRUE;
    }
  if (!apply_options (config, &options, error))
    return FALSE;
  tw_text_load_catalogues (config->locale_dir);
  if (argc < 2)
    return tw_command_serve (config, 1, serve, error);
  command = find_command (argv[1], error);
  return command != NULL && command->run (config, argc - 1, argv + 1, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  tw_tls_prepare ();
  if (sodium_init () < 0)
    {
      fputs ("tradewind-server: the cryptographic library does not start\n", stderr);
      return 1;
    }
  if (run (argc, argv, &error))
    return 0;
  fprintf (stderr, "tradewind-server: %s\n", error->message);
  return 1;
}
