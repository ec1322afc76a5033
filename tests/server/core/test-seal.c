/* test-seal.c: the hash chain over the change log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <glib/gstdio.h>
#include <string.h>

#include "server/core/change.h"
#include "server/core/feed.h"
#include "server/core/seal-store.h"
#include "server/core/verify.h"

static TwTestDatabase *database; /* of this program; main thread */
static char *folder, *head_file;

static gint64
count (const char *sql)
{
  g_autofree char *text = tw_test_database_value (database->owner, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static gboolean
note_cb (TwDb *db, gpointer data, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "test");

  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    if (!tw_change_note (&ctx, "order", i + 1, 1, "note", "{\"text\":\"信风\"}", "because", error))
      return FALSE;
  return TRUE;
}

static void
note (TwDb *db, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_db_transaction (db, note_cb, GUINT_TO_POINTER (n), &error));
  g_assert_no_error (error);
}

static void
seal_all (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_seal_all (database->working, head_file, &error));
  g_assert_no_error (error);
}

static guint
count_problems (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_seal_verify_links (database->owner, NULL, NULL, problems, &error));
  g_assert_true (tw_seal_verify_witness (database->owner, head_file, problems, &error));
  g_assert_no_error (error);
  return problems->len;
}

/* Each test begins with an empty log. */
static void
start (void)
{
  tw_test_database_script (database, "DELETE FROM change_seal; DELETE FROM change_log;"
                                     "UPDATE lease SET until = '2000-01-01' WHERE name = 'sealer';");
  g_unlink (head_file);
}

static void
test_chain (void)
{
  TwSealHead head, witness;
  g_autoptr (GError) error = NULL;

  start ();
  note (database->working, 3);
  seal_all ();
  note (database->working, 2);
  seal_all ();
  g_assert_true (tw_seal_get_head (database->owner, &head, &error));
  g_assert_true (tw_seal_read_head (head_file, &witness, &error));
  g_assert_cmpint (head.seq, ==, 5);
  g_assert_cmpint (witness.seq, ==, 5);
  g_assert_cmpmem (head.hash, TW_SEAL_HASH_BYTES, witness.hash, TW_SEAL_HASH_BYTES);
  g_assert_cmpuint (count_problems (), ==, 0);
}

/* More than one batch. */
static void
test_many (void)
{
  start ();
  note (database->working, 1234);
  seal_all ();
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_seal"), ==, 1234);
  g_assert_cmpint (count ("SELECT MAX(seq) FROM change_seal"), ==, 1234);
  g_assert_cmpuint (count_problems (), ==, 0);
}

/* What the server's account cannot do. */
static void
test_append_only (void)
{
  static const char *const scripts[] = { "UPDATE change_log SET reason = 'x';", "DELETE FROM change_log;",
                                         "UPDATE change_seal SET seq = seq + 1000;", "DELETE FROM change_seal;" };

  start ();
  note (database->working, 2);
  seal_all ();
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (tw_db_execute_script (database->working, scripts[i], &error));
    }
  g_assert_cmpuint (count_problems (), ==, 0);
}

static void
test_tampering (void)
{
  static const char *const scripts[] = {
    "UPDATE change_log SET reason = 'another' WHERE document_id = 3;",
    "UPDATE change_log SET reason = NULL WHERE document_id = 3;",
    "UPDATE change_log SET at = at + INTERVAL 1 MICROSECOND WHERE document_id = 3;",
    "UPDATE change_log SET user_id = 7 WHERE document_id = 3;",
    "UPDATE change_log SET after_values = '{}' WHERE document_id = 3;",
    "UPDATE change_seal SET hash = UNHEX(REPEAT('00', 32)) WHERE seq = 3;",
    "DELETE FROM change_seal WHERE seq = 3;",
    "SET foreign_key_checks = 0; DELETE FROM change_log WHERE document_id = 3; SET foreign_key_checks = 1;",
    "DELETE FROM change_seal WHERE seq > 3;", /* the tail: only the witness knows */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      start ();
      note (database->working, 5);
      seal_all ();
      g_assert_cmpuint (count_problems (), ==, 0);
      tw_test_database_script (database, scripts[i]);
      g_test_message ("%s", scripts[i]);
      g_assert_cmpuint (count_problems (), >, 0);
    }
}

/* Whoever rewrites the whole chain in the database does not have the witness. */
static void
test_witness (void)
{
  TwSealHead head;
  g_autoptr (GError) error = NULL;

  start ();
  note (database->working, 2);
  seal_all ();
  g_assert_true (tw_seal_read_head (head_file, &head, &error));
  head.hash[31] ^= 1;
  g_assert_true (tw_seal_write_head (head_file, &head, &error));
  g_assert_cmpuint (count_problems (), ==, 1);
  head.seq = 9;
  g_assert_true (tw_seal_write_head (head_file, &head, &error));
  g_assert_cmpuint (count_problems (), ==, 1);
}

static void
test_unsealed_is_noticed (void)
{
  start ();
  note (database->working, 2);
  g_assert_cmpuint (count_problems (), ==, 0); /* may still come */
  tw_test_database_script (database, "UPDATE change_log SET at = at - INTERVAL 2 MINUTE;");
  g_assert_cmpuint (count_problems (), ==, 1);
}

/* ---- Threads ---- */

static GMutex mutex;
static GCond changed;
static gint64 sealed_seq;

static void
sealed_cb (gint64 seq, gpointer data)
{
  g_mutex_lock (&mutex);
  sealed_seq = MAX (sealed_seq, seq);
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

static void
await_seq (gint64 seq)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_mutex_lock (&mutex);
  while (sealed_seq < seq)
    g_assert_true (g_cond_wait_until (&changed, &mutex, until));
  g_mutex_unlock (&mutex);
}

static gpointer
writer_cb (gpointer data)
{
  TwDb *db;

  tw_db_thread_init ();
  db = tw_test_database_open (database, FALSE);
  for (guint i = 0; i < 60; i++)
    {
      note (db, 1 + i % 3);
      tw_seal_wake ();
    }
  tw_db_close (db);
  tw_db_thread_end ();
  return NULL;
}

static const TwDbAddress *
address (void)
{
  return tw_private_mariadb_get_working (database->instance);
}

static void
test_two_sealers_race (void)
{
  TwSealer *one, *two;
  GThread *writers[3];

  start ();
  sealed_seq = 0;
  one = tw_sealer_start (address (), head_file, sealed_cb, NULL);
  two = tw_sealer_start (address (), NULL, sealed_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = g_thread_new ("writer", writer_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (writers[i]);
  await_seq (360);
  tw_sealer_stop (one);
  tw_sealer_stop (two);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_log"), ==, 360);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_seal"), ==, 360);
  g_assert_cmpint (count ("SELECT MAX(seq) FROM change_seal"), ==, 360);
  g_assert_cmpuint (count_problems (), ==, 0);
}

/* Is in its transaction while others commit and are sealed. */
typedef struct
{
  gboolean inside, may_go;
} Late;

static gboolean
late_cb (TwDb *db, gpointer data, GError **error)
{
  Late *late = data;

  if (!note_cb (db, GUINT_TO_POINTER (1), error) || !tw_db_settle (db, error))
    return FALSE;
  g_mutex_lock (&mutex);
  late->inside = TRUE;
  g_cond_broadcast (&changed);
  while (!late->may_go)
    g_cond_wait (&changed, &mutex);
  g_mutex_unlock (&mutex);
  return TRUE;
}

static gpointer
late_thread_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;
  TwDb *db;

  tw_db_thread_init ();
  db = tw_test_database_open (database, FALSE);
  g_assert_true (tw_db_transaction (db, late_cb, data, &error));
  g_assert_no_error (error);
  tw_db_close (db);
  tw_db_thread_end ();
  return NULL;
}

static void
test_late_commit (void)
{
  Late late = { FALSE, FALSE };
  TwSealer *sealer;
  GThread *thread;

  start ();
  sealed_seq = 0;
  sealer = tw_sealer_start (address (), head_file, sealed_cb, NULL);
  thread = g_thread_new ("late", late_thread_cb, &late);
  g_mutex_lock (&mutex);
  while (!late.inside)
    g_cond_wait (&changed, &mutex);
  g_mutex_unlock (&mutex);
  note (database->working, 4); /* higher ids, committed first */
  tw_seal_wake ();
  await_seq (4);
  g_mutex_lock (&mutex);
  late.may_go = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
  g_thread_join (thread);
  await_seq (5);
  tw_sealer_stop (sealer);
  g_assert_cmpint (count ("SELECT s.seq FROM change_seal s ORDER BY s.change_id LIMIT 1"), ==, 5);
  g_assert_cmpuint (count_problems (), ==, 0);
}

/* What lies further back than any look reaches is found by the round over all. */
static void
test_old_and_unsealed (void)
{
  g_autoptr (GError) error = NULL;
  TwSealRange range = TW_SEAL_ALL;
  TwSealer *sealer;
  TwSealHead head;
  guint sealed;

  start ();
  sealed_seq = 0;
  note (database->working, 1);
  range.low = count ("SELECT id FROM change_log");
  tw_test_database_script (database, "UPDATE change_log SET at = at - INTERVAL 2 DAY;");
  note (database->working, 1);
  g_assert_true (tw_seal_batch (database->working, "me", &range, &sealed, &head, &error));
  g_assert_cmpuint (sealed, ==, 1);
  g_assert_true (tw_seal_store_release (database->working, "me", &error));
  sealer = tw_sealer_start (address (), head_file, sealed_cb, NULL);
  await_seq (2);
  tw_sealer_stop (sealer);
  g_assert_cmpint (count ("SELECT s.seq FROM change_seal s ORDER BY s.change_id LIMIT 1"), ==, 2);
}

static gint64
find_earlier (gint64 seconds)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_assert_true (tw_seal_store_find_earlier (database->working, seconds, &id, &error));
  g_assert_no_error (error);
  return id;
}

/* Ten changes, a minute between two, and ids that were never used. */
static void
test_earlier (void)
{
  gint64 first;

  start ();
  g_assert_cmpint (find_earlier (60), ==, 0);
  note (database->working, 10);
  first = count ("SELECT MIN(id) FROM change_log");
  tw_test_database_script (database, "SET @first = (SELECT MIN(id) FROM change_log);"
                                     "UPDATE change_log SET at = '2026-01-01' + INTERVAL id - @first MINUTE;"
                                     "DELETE FROM change_log WHERE id - @first IN (3, 4, 7);");
  g_assert_cmpint (find_earlier (3600), ==, 0);
  g_assert_cmpint (find_earlier (60), ==, first + 8);
  g_assert_cmpint (find_earlier (120), ==, first + 6);
  g_assert_cmpint (find_earlier (300), ==, first + 2);
  g_assert_cmpint (find_earlier (0), ==, first + 8);
}

static void
test_without_wake (void)
{
  TwSealer *sealer;

  start ();
  sealed_seq = 0;
  sealer = tw_sealer_start (address (), head_file, sealed_cb, NULL);
  note (database->working, 1); /* as another process would */
  await_seq (1);
  tw_sealer_stop (sealer);
}

/* A full disk, or a process that died between the link and the file: the file follows when it can, without a change. */
static void
test_head_follows (void)
{
  g_autofree char *later = g_build_filename (folder, "later", NULL);
  g_autofree char *file = g_build_filename (later, "audit-head", NULL);
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  TwSealer *sealer;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* that it cannot write is a warning */
  start ();
  sealed_seq = 0;
  sealer = tw_sealer_start (address (), file, sealed_cb, NULL);
  note (database->working, 1);
  await_seq (1); /* followers need not wait for the file */
  g_assert_cmpint (g_mkdir (later, 0700), ==, 0);
  while (!g_file_test (file, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < until)
    g_usleep (20000);
  tw_sealer_stop (sealer);
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
test_lease (void)
{
  TwSealHead head;
  g_autoptr (GError) error = NULL;
  TwSealRange range = TW_SEAL_ALL;
  guint sealed;

  start ();
  note (database->working, 2);
  tw_test_database_script (database, "UPDATE lease SET holder = 'somebody', until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR"
                                     " WHERE name = 'sealer';");
  g_assert_true (tw_seal_batch (database->working, "me", &range, &sealed, &head, &error));
  g_assert_cmpuint (sealed, ==, 0);
  tw_test_database_script (database, "UPDATE lease SET until = '2000-01-01' WHERE name = 'sealer';");
  g_assert_true (tw_seal_batch (database->working, "me", &range, &sealed, &head, &error));
  g_assert_cmpuint (sealed, ==, 2);
}

/* ---- What follows ---- */

static gboolean
may_see (TwPrincipal *who, GPtrArray *events)
{
  TwContext ctx = tw_context_at_now (database->owner, who, "test");
  g_autoptr (TwFeedSight) sight = tw_feed_sight_new (events);

  return tw_feed_sight_has (&ctx, sight, g_ptr_array_index (events, 0));
}

static void
test_feed (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_feed_event_free);
  g_autoptr (TwPrincipal) sales = tw_sample_principal ("sales");
  g_autoptr (TwPrincipal) driver = tw_principal_new (9, "driver", "D", "en", TW_ROLE_DRIVER, 0, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 last;

  start ();
  note (database->working, 3);
  seal_all ();
  g_assert_true (tw_feed_get_last (database->owner, &last, &error));
  g_assert_cmpint (last, ==, 3);
  g_assert_true (tw_feed_fetch (database->owner, 1, 10, events, &error));
  g_assert_cmpuint (events->len, ==, 2);
  tw_feed_event_write (g_ptr_array_index (events, 0), text);
  g_assert_cmpstr (text->str, ==, "{\"seq\":2,\"kind\":\"order\",\"id\":2,\"version\":1,\"change\":\"note\"}");
  g_assert_true (may_see (sales, events));
  g_assert_false (may_see (driver, events));
}

static void
print_cb (const char *line, gpointer data)
{
  g_string_append_printf (data, "%s\n", line);
}

static const TwCheck checks[] = {
  { "no note has the id 4", "SELECT CONCAT('change ', id) AS problem FROM change_log WHERE document_id = 4" },
  { NULL },
};

static void
test_verify (void)
{
  g_autoptr (GString) good = g_string_new (NULL);
  g_autoptr (GString) bad = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean clean;

  start ();
  tw_verify_add (checks);
  note (database->working, 3);
  seal_all ();
  g_assert_true (tw_verify_run (&database->owner, 1, head_file, print_cb, good, &clean, &error));
  g_assert_true (clean);
  note (database->working, 4);
  seal_all ();
  g_assert_true (tw_verify_run (&database->owner, 1, head_file, print_cb, bad, &clean, &error));
  g_assert_false (clean);
  g_assert_nonnull (strstr (bad->str, "FAILED: no note has the id 4\n  change "));
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  database = own = tw_test_database_new (tw_test_schema_folder ());
  folder = tw_test_folder_new ();
  head_file = g_build_filename (folder, "audit-head", NULL);
  g_test_add_func ("/seal/chain", test_chain);
  g_test_add_func ("/seal/many", test_many);
  g_test_add_func ("/seal/append-only", test_append_only);
  g_test_add_func ("/seal/tampering", test_tampering);
  g_test_add_func ("/seal/witness", test_witness);
  g_test_add_func ("/seal/unsealed-is-noticed", test_unsealed_is_noticed);
  g_test_add_func ("/seal/two-sealers-race", test_two_sealers_race);
  g_test_add_func ("/seal/late-commit", test_late_commit);
  g_test_add_func ("/seal/old-and-unsealed", test_old_and_unsealed);
  g_test_add_func ("/seal/earlier", test_earlier);
  g_test_add_func ("/seal/without-wake", test_without_wake);
  g_test_add_func ("/seal/head-follows", test_head_follows);
  g_test_add_func ("/seal/lease", test_lease);
  g_test_add_func ("/feed/events", test_feed);
  g_test_add_func ("/verify/checks", test_verify);
  result = g_test_run ();
  tw_test_folder_remove (folder);
  return result;
}
