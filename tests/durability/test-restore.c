/* test-restore.c: a backup made under load, and what a restore makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random moments come from the seed that the test program prints; `--seed` repeats them.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/durability/content.h"
#include "tests/fixture/company.h"
#include "tests/fixture/database.h"

#define CLIENTS 4
#define BEFORE 12 /* orders answered before the backup begins, and after it has ended */
#define AFTER 8
#define KILLS 4

/* One order: entered and submitted, each a transaction of its own. */
typedef struct
{
  char *reference;
  gint64 begun[2], answered[2]; /* monotonic; of the entry and of the submission */
} Sale;

static TwTestServer *server;
static TwTestServer *other; /* where backups are restored */
static char *folder;
static char *file; /* the backup that was made under load */
static char *quiet_file;

static GMutex lock;
static GCond changed;
static GPtrArray *sales; /* (element-type Sale), answered; under the lock */
static gboolean is_over;

/* ---- Commands ---- */

static char *
run (TwTestServer *where, int status, const char *command, const char *argument, const char *option)
{
  const char *words[] = { command, argument, option, NULL };
  char *output = NULL;
  int got = tw_test_server_command (where, words, NULL, &output);

  if (got != status)
    g_error ("%s ended with %d: %s", command, got, output);
  return output;
}

static void
stop (TwTestServer *where)
{
  tw_test_server_terminate (where);
  g_assert_true (g_spawn_check_wait_status (tw_test_server_wait (where), NULL));
}

static gint64
read_member (const char *manifest, const char *name)
{
  const char *begin = strchr (manifest, '{'); /* messages come before it */
  g_autoptr (JsonNode) node = begin != NULL ? json_from_string (begin, NULL) : NULL;

  g_assert_nonnull (node);
  return json_object_get_int_member_with_default (json_node_get_object (node), name, -1);
}

static char *
sum (TwTestServer *where, const char *skip)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (where);

  return tw_content_sum (db, skip);
}

/* ---- Load ---- */

static Sale *
sell (const char *token, guint client, guint n)
{
  Sale *sale = g_new0 (Sale, 1);
  g_autofree char *more = NULL;
  g_autofree char *body = NULL, *path = NULL;
  g_autoptr (TwTestReply) entered = NULL, submitted = NULL;

  sale->reference = g_strdup_printf ("LOAD-%u-%u", client, n);
  more = g_strdup_printf ("\"po_reference\":\"%s\"", sale->reference);
  body = tw_company_order_body ("ALFKI", "P-1:1 P-4:2", more);
  sale->begun[0] = g_get_monotonic_time ();
  entered = tw_test_post (server, token, "/orders", body);
  sale->answered[0] = g_get_monotonic_time ();
  tw_test_assert_status (entered, 201);
  path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/submit",
                          json_object_get_int_member (tw_test_reply_object (entered), "id"));
  sale->begun[1] = g_get_monotonic_time ();
  submitted = tw_test_post (server, token, path, "{}");
  sale->answered[1] = g_get_monotonic_time ();
  tw_test_assert_status (submitted, 200);
  return sale;
}

static gboolean
take (Sale *sale)
{
  gboolean over;

  g_mutex_lock (&lock);
  g_ptr_array_add (sales, sale);
  over = is_over;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
  return !over;
}

static gpointer
client_cb (gpointer data)
{
  g_autofree char *token = tw_test_server_sign_in (server, "sales");

  for (guint n = 0; take (sell (token, GPOINTER_TO_UINT (data), n)); n++)
    continue;
  return NULL;
}

static void
wait_for_sales (guint more)
{
  g_mutex_lock (&lock);
  for (guint until = sales->len + more; sales->len < until;)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
}

/* ---- A moment ---- */

/* 0: not there; 1: entered; 2: submitted. */
static guint
get_progress (const Sale *sale)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT COUNT(*) + COALESCE(SUM(state <> 'draft'), 0) FROM sales_order WHERE po_reference = '%s'",
                       sale->reference);
  g_autofree char *n = tw_company_query (other, sql);

  return (guint) g_ascii_strtoull (n, NULL, 10);
}

/* Nothing that is in it was begun after something that is not in it had been answered: so there was one moment at which
 * the database was so. Everything answered before the backup began is in it, and nothing begun after its end. */
static void
assert_moment (gint64 begun, gint64 ended)
{
  gint64 last_begun = 0, first_missing = G_MAXINT64;
  guint n_in = 0;

  for (guint i = 0; i < sales->len; i++)
    {
      const Sale *sale = g_ptr_array_index (sales, i);
      guint progress = get_progress (sale);

      for (guint step = 0; step < 2; step++)
        if (step < progress)
          last_begun = MAX (last_begun, sale->begun[step]);
        else
          first_missing = MIN (first_missing, sale->answered[step]);
      n_in += progress == 2;
    }
  g_test_message ("%u of %u orders are in the backup", n_in, sales->len);
  g_assert_cmpint (last_begun, <=, first_missing);
  g_assert_cmpint (first_missing, >=, begun);
  g_assert_cmpint (last_begun, <=, ended);
  g_assert_cmpuint (n_in, <, sales->len);
}

/* The restored log is a beginning of the source's log, up to the entry of the restore itself. */
static void
assert_log (gint64 seq)
{
  g_autofree char *sql = g_strdup_printf ("SELECT HEX(hash) FROM change_seal WHERE seq = %" G_GINT64_FORMAT, seq);
  g_autofree char *ours = tw_company_query (server, sql);
  g_autofree char *theirs = tw_company_query (other, sql);
  g_autofree char *last = tw_company_query (other, "SELECT CONCAT(document, ' ', action, ' ', source) FROM change_log"
                                                   " ORDER BY id DESC LIMIT 1");

  g_assert_cmpstr (theirs, ==, ours);
  g_assert_cmpstr (last, ==, "database restore restore");
}

static void
test_under_load (void)
{
  GThread *threads[CLIENTS];
  g_autofree char *made = NULL, *restored = NULL, *refused = NULL;
  gint64 begun, ended;

  for (guint i = 0; i < CLIENTS; i++)
    threads[i] = g_thread_new ("client", client_cb, GUINT_TO_POINTER (i));
  wait_for_sales (BEFORE);
  begun = g_get_monotonic_time ();
  made = run (server, 0, "backup", file, NULL);
  ended = g_get_monotonic_time ();
  wait_for_sales (AFTER);
  g_mutex_lock (&lock);
  is_over = TRUE;
  g_mutex_unlock (&lock);
  for (guint i = 0; i < CLIENTS; i++)
    g_thread_join (threads[i]);
  refused = run (other, 1, "restore", file, "--force");
  g_assert_nonnull (strstr (refused, "stop it first"));
  stop (other);
  g_free (run (other, 1, "restore", file, NULL)); /* there is an empty company in it */
  restored = run (other, 0, "restore", file, "--force");
  g_assert_cmpint (read_member (restored, "restored_seq"), >, read_member (made, "seq"));
  g_free (run (other, 0, "verify", NULL, NULL));
  tw_test_server_start (other);
  assert_moment (begun, ended);
  assert_log (read_member (made, "seq"));
}

/* ---- Every table ---- */

/* Nobody works: then the moment is known, and every table can be compared. */
static void
test_equal (void)
{
  g_autofree char *before = NULL, *after = NULL;
  const char *log = "change_log change_seal";

  stop (other);
  g_free (run (server, 0, "audit", "export", NULL)); /* seals what is left */
  before = sum (server, log);
  g_free (run (server, 0, "backup", quiet_file, NULL));
  g_free (run (other, 0, "restore", quiet_file, "--force"));
  tw_test_server_start (other);
  after = sum (other, log);
  tw_content_assert_same (after, before);
}

/* ---- A database of somebody else's server ---- */

static char *
make_url (const TwDbAddress *address)
{
  g_autofree char *password = g_uri_escape_string (address->password, NULL, FALSE);

  return g_strdup_printf ("mariadb://%s:%s@localhost/%s?socket=%s", address->user, password, address->database,
                          address->socket);
}

static void
kill_half_way (TwTestServer *named, TwDb *db)
{
  const char *words[] = { "restore", file, "--force", NULL };
  g_autoptr (GSubprocess) process = tw_test_server_begin_command (named, words);
  g_autofree char *tables = NULL;

  do
    {
      g_free (tables);
      tables = tw_test_database_value (db, "SELECT SUM(table_name = 'restore_unfinished') - SUM(table_name = 'warehouse')"
                                           " FROM information_schema.tables WHERE table_schema = DATABASE()");
    }
  while (!g_str_equal (tables, "1")); /* the mark is there, and the last table is not */
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

/* There is no beside; half of a database is marked as one, and nothing works with it. */
static void
test_named (void)
{
  g_autoptr (TwTestDatabase) database = tw_test_database_new (NULL);
  g_autofree char *owner = make_url (tw_private_mariadb_get_owner (database->instance));
  g_autofree char *working = make_url (tw_private_mariadb_get_working (database->instance));
  const char *options[] = { "--database", working, "--database-owner", owner, NULL };
  TwTestServer *named = tw_test_server_new (options);
  g_autofree char *refused = NULL, *half = NULL, *ours = NULL, *theirs = NULL, *kept = NULL;

  refused = run (named, 1, "restore", quiet_file, "--force");
  g_assert_nonnull (strstr (refused, "stop it first"));
  stop (named);
  g_free (run (named, 1, "restore", quiet_file, NULL));
  kept = run (named, 0, "restore", quiet_file, "--force");
  g_assert_nonnull (strstr (kept, "before-restore-"));
  kill_half_way (named, database->owner);
  half = run (named, 1, "verify", NULL, NULL);
  g_assert_nonnull (strstr (half, "a restore into this database was cut off"));
  g_free (run (named, 1, "serve", NULL, NULL));
  g_free (run (named, 0, "restore", quiet_file, NULL));
  g_free (run (named, 0, "verify", NULL, NULL));
  ours = sum (other, "change_log change_seal");
  theirs = tw_content_sum (database->owner, "change_log change_seal");
  tw_content_assert_same (theirs, ours);
  tw_test_server_free (named);
}

/* ---- Cut off ---- */

static void
restore_and_kill (const char *from, gint64 usec)
{
  const char *words[] = { "restore", from, "--force", NULL };
  g_autoptr (GSubprocess) process = tw_test_server_begin_command (other, words);

  g_usleep ((gulong) usec);
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

/* Every other one near the end, where the new database takes its place. */
static gint64
choose_moment (guint i, gint64 usec)
{
  return i % 2 == 0 ? g_test_rand_int_range (0, (int) usec) : g_test_rand_int_range ((int) usec * 3 / 4, (int) usec);
}

/* Killed at whatever moment, the place holds all of the old database or of the new one, and the next try does it. */
static void
test_killed (void)
{
  const char *log = "change_log change_seal";
  g_autofree char *quiet = sum (other, log);
  g_autofree char *load = NULL;
  const char *there = file;
  gint64 begun, usec;

  stop (other);
  begun = g_get_monotonic_time ();
  g_free (run (other, 0, "restore", file, "--force"));
  usec = g_get_monotonic_time () - begun;
  tw_test_server_start (other);
  load = sum (other, log);
  g_assert_cmpstr (load, !=, quiet);
  for (guint i = 0; i < KILLS; i++)
    {
      const char *from = there == file ? quiet_file : file;
      gint64 moment = choose_moment (i, usec);
      g_autofree char *found = NULL;

      stop (other);
      restore_and_kill (from, moment);
      tw_test_server_start (other);
      found = sum (other, log);
      g_assert_true (g_str_equal (found, load) || g_str_equal (found, quiet));
      g_test_message ("killed after %d of %d ms: the %s database", (int) moment / 1000, (int) usec / 1000,
                      g_str_equal (found, from == file ? load : quiet) ? "new" : "old");
      there = g_str_equal (found, load) ? file : quiet_file;
    }
  stop (other);
  g_free (run (other, 0, "restore", file, "--force"));
  g_free (run (other, 0, "verify", NULL, NULL));
  tw_test_server_start (other);
}

/* ---- Who was signed in, and what the witness had seen ---- */

static void
test_sessions (void)
{
  const char *body = "{\"user\":\"sales\",\"password\":\"" TW_TEST_PASSWORD "\"}";
  g_autoptr (TwTestReply) in = tw_test_post (other, NULL, "/session", body);
  g_autofree char *token = tw_test_reply_get (in, "token");
  g_autofree char *backup = g_build_filename (folder, "signed-in.gz", NULL);
  g_autoptr (TwTestReply) after = NULL, again = NULL;

  tw_test_assert_status (in, 201);
  g_free (run (other, 0, "backup", backup, NULL));
  stop (other);
  g_free (run (other, 0, "restore", backup, "--force"));
  tw_test_server_start (other);
  after = tw_test_get (other, token, "/session");
  tw_test_assert_problem (after, 401, NULL);
  again = tw_test_post (other, NULL, "/session", body);
  tw_test_assert_status (again, 201);
}

/* The file outside knows of changes that an older backup has not. The restore says so, keeps the line and writes it
 * into the log; verify then holds against the restored log. */
static void
test_witness (void)
{
  g_autofree char *head = g_build_filename (tw_test_server_get_data_dir (other), "audit-head", NULL);
  g_autofree char *kept = g_strconcat (head, ".replaced", NULL);
  g_autofree char *backup = g_build_filename (folder, "older.gz", NULL);
  g_autofree char *line = NULL, *lines = NULL, *output = NULL, *detail = NULL, *wanted = NULL;

  g_free (run (other, 0, "backup", backup, NULL));
  tw_company_enter (other, "sales", "ALFKI", "P-1:1");
  stop (other); /* seals and witnesses what is left */
  g_assert_true (g_file_get_contents (head, &line, NULL, NULL));
  output = run (other, 0, "restore", backup, "--force");
  g_assert_nonnull (strstr (output, "what came after the backup is lost"));
  g_assert_cmpint (read_member (output, "witnessed_seq"), ==, g_ascii_strtoll (line, NULL, 10));
  g_assert_true (g_file_get_contents (kept, &lines, NULL, NULL));
  g_assert_true (g_str_has_suffix (lines, line));
  g_free (run (other, 0, "verify", NULL, NULL));
  tw_test_server_start (other);
  detail = tw_company_query (other, "SELECT JSON_VALUE(after_values, '$.witnessed_seq') FROM change_log"
                                    " WHERE document = 'database' ORDER BY id DESC LIMIT 1");
  wanted = g_strdup_printf ("%" G_GINT64_FORMAT, read_member (output, "witnessed_seq"));
  g_assert_cmpstr (detail, ==, wanted);
}

static void
sale_free (gpointer data)
{
  Sale *sale = data;

  g_free (sale->reference);
  g_free (sale);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = tw_test_folder_new ();
  file = g_build_filename (folder, "load.gz", NULL);
  quiet_file = g_build_filename (folder, "quiet.gz", NULL);
  sales = g_ptr_array_new_with_free_func (sale_free);
  server = tw_company_new ();
  other = tw_test_server_new (NULL);
  g_test_add_func ("/durability/restore/under-load", test_under_load);
  g_test_add_func ("/durability/restore/equal", test_equal);
  g_test_add_func ("/durability/restore/named-database", test_named);
  g_test_add_func ("/durability/restore/killed", test_killed);
  g_test_add_func ("/durability/restore/sessions", test_sessions);
  g_test_add_func ("/durability/restore/witness", test_witness);
  status = g_test_run ();
  tw_test_server_free (other);
  tw_test_server_free (server);
  tw_test_folder_remove (folder);
  g_ptr_array_unref (sales);
  g_free (folder);
  g_free (file);
  g_free (quiet_file);
  return status;
}
