/* test-commands.c: backup, restore, verify and audit as commands beside a running server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/fixture/database.h"
#include "tests/fixture/server.h"

typedef struct
{
  TwTestServer *server;
  char *folder;
} Place;

static char *
in_place (Place *place, const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

/* Runs a command on the server's folder, or on @data_dir. */
static int
run (Place *place, const char *data_dir, char **output, const char *command, const char *argument, const char *option)
{
  const char *words[]
    = { "--data-dir", data_dir != NULL ? data_dir : tw_test_server_get_data_dir (place->server), command, argument,
        option, NULL };

  return tw_test_server_command (place->server, words, NULL, output);
}

static void
assert_says (const char *output, const char *text)
{
  if (strstr (output, text) == NULL)
    g_error ("“%s” is not in: %s", text, output);
}

static void
add_changes (Place *place, guint n)
{
  g_autofree char *script
    = g_strdup_printf ("INSERT INTO change_log (at, source, document, document_id, version, action, after_values) "
                       "SELECT UTC_TIMESTAMP(6), 'test', 'setting', seq, 1, 'change', '{\"value\":\"信风 \\\\\"x\\\\\"\"}' "
                       "FROM seq_1_to_%u",
                       n);

  tw_test_server_script (place->server, script);
}

static void
test_verify (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *clean = NULL;
  g_autofree char *log = NULL;

  add_changes (place, 5);
  g_assert_cmpint (run (place, NULL, &clean, "audit", "export", NULL), ==, 0);
  assert_says (clean, "\"document\": \"setting\"");
  g_assert_cmpint (run (place, NULL, &log, "verify", NULL, NULL), ==, 0);
}

/* Whoever changes a row of the log behind the server's back is found out. */
static void
test_verify_finds_forgery (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *output = NULL;
  g_autofree char *chain = NULL;

  add_changes (place, 1);
  g_assert_cmpint (run (place, NULL, NULL, "audit", "export", NULL), ==, 0); /* sealed */
  tw_test_server_script (place->server, "UPDATE change_log SET action = 'forged' WHERE source = 'test' LIMIT 1");
  g_assert_cmpint (run (place, NULL, &output, "verify", NULL, NULL), !=, 0);
  g_assert_cmpint (run (place, NULL, &chain, "audit", "check", NULL), !=, 0);
  tw_test_server_script (place->server, "UPDATE change_log SET action = 'change' WHERE action = 'forged'");
  g_assert_cmpint (run (place, NULL, NULL, "audit", "check", NULL), ==, 0);
}

static void
test_round_trip (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *file = in_place (place, "round.gz");
  g_autofree char *other = in_place (place, "other");
  g_autofree char *before = NULL, *after = NULL, *again = NULL, *verified = NULL;
  GStatBuf info;

  add_changes (place, 300);
  g_assert_cmpint (run (place, NULL, &before, "audit", "export", NULL), ==, 0);
  g_assert_cmpint (run (place, NULL, NULL, "backup", file, NULL), ==, 0); /* while it serves */
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (run (place, other, NULL, "restore", file, NULL), ==, 0);
  g_assert_cmpint (run (place, other, &after, "audit", "export", NULL), ==, 0);
  g_assert_true (g_str_has_prefix (after, before)); /* and one line more: that it was restored */
  assert_says (after + strlen (before), "\"document\": \"database\"");
  g_assert_cmpint (run (place, other, &verified, "verify", NULL, NULL), ==, 0);
  g_assert_cmpint (run (place, other, &again, "restore", file, NULL), !=, 0);
  assert_says (again, "--force");
  g_assert_cmpint (run (place, other, NULL, "restore", file, "--force"), ==, 0);
}

static void
test_damaged (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *file = in_place (place, "whole.gz");
  g_autofree char *bad = in_place (place, "bad.gz");
  g_autofree char *other = in_place (place, "untouched");
  g_autofree char *content = NULL;
  gsize length;

  g_assert_cmpint (run (place, NULL, NULL, "backup", file, NULL), ==, 0);
  g_assert_true (g_file_get_contents (file, &content, &length, NULL));
  g_assert_true (g_file_set_contents (bad, content, (gssize) length / 2, NULL));
  g_assert_cmpint (run (place, other, NULL, "restore", bad, NULL), !=, 0);
  content[length / 2] ^= 0x20;
  g_assert_true (g_file_set_contents (bad, content, (gssize) length, NULL));
  g_assert_cmpint (run (place, other, NULL, "restore", bad, NULL), !=, 0);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_restore_in_place (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *file = in_place (place, "own.gz");
  g_autofree char *token = tw_test_server_sign_in (place->server, "sales");
  g_autofree char *output = NULL;
  g_autoptr (TwTestReply) old = NULL;
  g_autoptr (TwTestReply) sign_in = NULL;

  g_assert_cmpint (run (place, NULL, NULL, "backup", file, NULL), ==, 0);
  g_assert_cmpint (run (place, NULL, &output, "restore", file, "--force"), !=, 0);
  assert_says (output, "stop it first.");
  add_changes (place, 3); /* after the backup: gone with the restore */
  tw_test_server_terminate (place->server);
  g_assert_true (g_spawn_check_wait_status (tw_test_server_wait (place->server), NULL));
  g_assert_cmpint (run (place, NULL, NULL, "restore", file, "--force"), ==, 0);
  g_assert_cmpint (run (place, NULL, NULL, "verify", NULL, NULL), ==, 0); /* the witness outside has followed */
  tw_test_server_start (place->server);
  old = tw_test_get (place->server, token, "/session");
  tw_test_assert_problem (old, 401, NULL);
  sign_in = tw_test_post (place->server, NULL, "/session",
                          "{\"user\":\"sales\",\"password\":\"" TW_TEST_PASSWORD "\"}");
  tw_test_assert_status (sign_in, 201);
}

static int
user (Place *place, const char *input, char **output, const char *what, const char *name, const char *first,
      const char *second)
{
  const char *words[] = { "user", what, name, first, second, NULL };

  return tw_test_server_command (place->server, words, input, output);
}

static guint
sign_in (Place *place, const char *name, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\"}", name, password);
  g_autoptr (TwTestReply) reply = tw_test_post (place->server, NULL, "/session", body);

  return reply->status;
}

static void
test_user (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *unknown = NULL;
  g_autofree char *short_one = NULL;
  g_autofree char *guessable = NULL;

  g_assert_cmpint (user (place, "correct horse battery\n", NULL, "add", "boss", "--role", "admin"), ==, 0);
  g_assert_cmpuint (sign_in (place, "boss", "correct horse battery"), ==, 201);
  g_assert_cmpint (user (place, "another horse staple\n", NULL, "passwd", "boss", NULL, NULL), ==, 0);
  g_assert_cmpuint (sign_in (place, "boss", "correct horse battery"), ==, 401);
  g_assert_cmpuint (sign_in (place, "boss", "another horse staple"), ==, 201);
  g_assert_cmpint (user (place, NULL, NULL, "roles", "boss", "admin,auditor", NULL), ==, 0);
  g_assert_cmpint (user (place, NULL, &unknown, "roles", "boss", "king", NULL), !=, 0);
  assert_says (unknown, "king");
  g_assert_cmpint (user (place, "short\n", &short_one, "add", "clerk", "--role", "sales"), !=, 0);
  assert_says (short_one, "at least 10 characters");
  g_assert_cmpint (user (place, "password123\n", &guessable, "add", "clerk", "--role", "sales"), !=, 0);
  assert_says (guessable, "easy to guess");
  g_assert_cmpint (user (place, "correct horse battery\n", NULL, "add", "clerk", "--role", "sales"), ==, 0);
  g_assert_cmpint (user (place, "", NULL, "add", "nobody", "--role", "sales"), !=, 0);
}

static void
test_import (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *file = in_place (place, "carriers.csv");
  g_autofree char *output = NULL;
  g_autofree char *bad = NULL;

  g_assert_true (g_file_set_contents (file, "code,name\nC1,One\nC2,Two\n", -1, NULL));
  g_assert_cmpint (run (place, NULL, &output, "import", "carriers", file), ==, 0);
  assert_says (output, "\"stored\":2");
  g_assert_true (g_file_set_contents (file, "code,name\nC3,Three\nC1,Again\n", -1, NULL));
  g_assert_cmpint (run (place, NULL, &bad, "import", "carriers", file), !=, 0);
  g_assert_cmpint (run (place, NULL, NULL, "import", "unicorns", file), !=, 0);
}

static void
test_bad_words (gconstpointer data)
{
  Place *place = (Place *) data;
  g_autofree char *output = NULL;

  g_assert_cmpint (run (place, NULL, &output, "dance", NULL, NULL), !=, 0);
  assert_says (output, "dance");
  g_assert_cmpint (run (place, NULL, NULL, "backup", NULL, NULL), !=, 0);
  g_assert_cmpint (run (place, NULL, NULL, "verify", "all", NULL), !=, 0);
  g_assert_cmpint (run (place, NULL, NULL, "verify", "--loudly", NULL), !=, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  g_autofree char *folder = NULL;
  Place place;
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  folder = tw_test_folder_new ();
  place = (Place) { .server = server, .folder = folder };
  tw_test_server_add_user (server, "sales", "sales");
  g_test_add_data_func ("/commands/user", &place, test_user);
  g_test_add_data_func ("/commands/import", &place, test_import);
  g_test_add_data_func ("/commands/verify", &place, test_verify);
  g_test_add_data_func ("/commands/verify-finds-forgery", &place, test_verify_finds_forgery);
  g_test_add_data_func ("/commands/round-trip", &place, test_round_trip);
  g_test_add_data_func ("/commands/damaged", &place, test_damaged);
  g_test_add_data_func ("/commands/restore-in-place", &place, test_restore_in_place);
  g_test_add_data_func ("/commands/bad-words", &place, test_bad_words);
  result = g_test_run ();
  tw_test_folder_remove (folder);
  return result;
}
