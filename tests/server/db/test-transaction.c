/* test-transaction.c: all or nothing, again when it must be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/number.h"
#include "tests/fixture/database.h"

#include <signal.h>

static TwTestDatabase *database; /* the one instance of this program */

static const char schema[] = "CREATE TABLE account (id INT PRIMARY KEY, amount INT NOT NULL, CHECK (amount >= 0));"
                             "CREATE TABLE counter (name VARCHAR(64) PRIMARY KEY, value BIGINT NOT NULL);"
                             "CREATE TABLE given (name VARCHAR(64), value BIGINT, PRIMARY KEY (name, value));"
                             "INSERT INTO account VALUES (1, 100), (2, 100);";

static TwStatement *
prepare_move (TwDb *db, int id, int amount)
{
  TwStatement *s = tw_db_prepare (db, "UPDATE account SET amount = amount + :amount WHERE id = :id");

  tw_bind_int (s, "amount", amount);
  tw_bind_int (s, "id", id);
  return s;
}

static gboolean
move (TwDb *db, int id, int amount, GError **error)
{
  g_autoptr (TwStatement) s = prepare_move (db, id, amount);

  return tw_statement_run (s, NULL, error);
}

static gboolean
post (TwDb *db, int id, int amount, GError **error)
{
  g_autoptr (TwStatement) s = prepare_move (db, id, amount);

  return tw_statement_post (s, error);
}

static void
assert_amounts (const char *expected)
{
  g_autofree char *found = tw_test_database_value (
      database->owner, "SELECT GROUP_CONCAT(amount ORDER BY id) FROM account");

  g_assert_cmpstr (found, ==, expected);
}

static void
reset_amounts (void)
{
  tw_test_database_script (database, "UPDATE account SET amount = 100;");
}

/* ---- Commit and rollback ---- */

static gboolean
move_cb (TwDb *db, gpointer data, GError **error)
{
  gboolean *refuse = data;

  if (!move (db, 1, -10, error) || !move (db, 2, 10, error))
    return FALSE;
  return !*refuse || tw_error_set (error, TW_ERROR_FORBIDDEN, "no");
}

static void
test_commit (void)
{
  g_autoptr (GError) error = NULL;
  gboolean refuse = FALSE;

  reset_amounts ();
  g_assert_true (tw_db_transaction (database->owner, move_cb, &refuse, &error));
  assert_amounts ("90,110");
}

static void
test_rollback (void)
{
  g_autoptr (GError) error = NULL;
  gboolean refuse = TRUE;

  reset_amounts ();
  g_assert_false (tw_db_transaction (database->owner, move_cb, &refuse, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_FORBIDDEN);
  assert_amounts ("100,100");
}

/* What is run outside a transaction stands by itself, also right after one on the same connection. */
static void
test_outside (void)
{
  g_autoptr (TwDb) other = tw_test_database_open (database, TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gboolean refuse = FALSE;

  reset_amounts ();
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (tw_db_transaction (database->owner, move_cb, &refuse, &error));
      g_assert_true (move (database->owner, 1, -1, &error));
    }
  found = tw_test_database_value (other, "SELECT GROUP_CONCAT(amount ORDER BY id) FROM account");
  g_assert_cmpstr (found, ==, "78,120");
}

static gboolean
overdraw_cb (TwDb *db, gpointer data, GError **error)
{
  int *runs = data;

  *runs += 1;
  return move (db, 2, 5, error) && move (db, 1, -101, error);
}

static void
test_refusal_is_not_repeated (void)
{
  g_autoptr (GError) error = NULL;
  int runs = 0;

  reset_amounts ();
  g_assert_false (tw_db_transaction (database->owner, overdraw_cb, &runs, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_cmpint (runs, ==, 1);
  assert_amounts ("100,100");
}

static gboolean
nest_cb (TwDb *db, gpointer data, GError **error)
{
  return tw_db_transaction (db, move_cb, data, error);
}

static void
test_nesting_aborts (void)
{
  if (g_test_subprocess ())
    {
      gboolean refuse = FALSE;

      tw_db_transaction (database->owner, nest_cb, &refuse, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*in_transaction*");
}

/* ---- Deadlock ---- */

typedef struct
{
  TwDb *db;
  int first;
  int second;
  gboolean swallow; /* go on as if nothing had happened */
  gboolean post;    /* wait for none of the changes after the first */
  int runs;
  GMutex *mutex;
  GCond *cond;
  int *arrived; /* how many hold their first lock */
} Mover;

/* Both hold their first row before either asks for its second: a deadlock for certain, the first time. */
static gboolean
cross_cb (TwDb *db, gpointer data, GError **error)
{
  Mover *mover = data;
  g_autoptr (GError) fault = NULL;

  mover->runs++;
  if (!move (db, mover->first, -1, error))
    return FALSE;
  g_mutex_lock (mover->mutex);
  *mover->arrived += 1;
  g_cond_broadcast (mover->cond);
  while (*mover->arrived < 2)
    g_cond_wait (mover->cond, mover->mutex);
  g_mutex_unlock (mover->mutex);
  /* What a loser has sent after its loss runs in a transaction of its own, which must not be committed. */
  if (mover->post)
    return post (db, mover->second, 1, error) && post (db, mover->second, 10, error)
           && post (db, mover->first, -10, error);
  if (move (db, mover->second, 1, &fault))
    return TRUE;
  if (mover->swallow)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gpointer
mover_thread (gpointer data)
{
  Mover *mover = data;
  g_autoptr (GError) error = NULL;

  tw_db_thread_init ();
  tw_db_transaction (mover->db, cross_cb, mover, &error);
  g_assert_no_error (error);
  tw_db_thread_end ();
  return NULL;
}

static void
assert_deadlock_is_survived (gboolean swallow, gboolean posted)
{
  GMutex mutex;
  GCond cond;
  int arrived = 0;
  Mover movers[2] = { { NULL, 1, 2, swallow, posted, 0, &mutex, &cond, &arrived },
                      { NULL, 2, 1, swallow, posted, 0, &mutex, &cond, &arrived } };
  GThread *threads[2];

  reset_amounts ();
  g_mutex_init (&mutex);
  g_cond_init (&cond);
  for (int i = 0; i < 2; i++)
    {
      movers[i].db = tw_test_database_open (database, TRUE);
      threads[i] = g_thread_new ("mover", mover_thread, &movers[i]);
    }
  for (int i = 0; i < 2; i++)
    {
      g_thread_join (threads[i]);
      tw_db_close (movers[i].db);
    }
  g_assert_cmpint (movers[0].runs + movers[1].runs, ==, 3);
  assert_amounts ("100,100");
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
}

static void
test_deadlock (void)
{
  assert_deadlock_is_survived (FALSE, FALSE);
}

/* What was rolled back by the server is not committed, even when the function took no notice. */
static void
test_deadlock_unnoticed (void)
{
  assert_deadlock_is_survived (TRUE, FALSE);
}

static void
test_deadlock_posted (void)
{
  assert_deadlock_is_survived (FALSE, TRUE);
}

/* ---- Snapshot ---- */

static gboolean
read_twice_cb (TwDb *db, gpointer data, GError **error)
{
  TwDb *other = data;
  g_autofree char *before = tw_test_database_value (db, "SELECT SUM(amount) FROM account");
  g_autofree char *after = NULL;

  g_assert_true (move (other, 1, 7, error));
  after = tw_test_database_value (db, "SELECT SUM(amount) FROM account");
  g_assert_cmpstr (before, ==, after);
  return TRUE;
}

static void
test_snapshot_is_consistent (void)
{
  g_autoptr (TwDb) other = tw_test_database_open (database, TRUE);
  g_autoptr (GError) error = NULL;

  reset_amounts ();
  g_assert_true (tw_db_snapshot (database->owner, read_twice_cb, other, &error));
  assert_amounts ("107,100");
}

static void
test_snapshot_refuses_writes (void)
{
  g_autoptr (GError) error = NULL;
  gboolean refuse = FALSE;

  reset_amounts ();
  g_assert_false (tw_db_snapshot (database->owner, move_cb, &refuse, &error));
  g_assert_nonnull (error);
  assert_amounts ("100,100");
}

/* A transaction sees what others committed since it began. */
static gboolean
read_committed_cb (TwDb *db, gpointer data, GError **error)
{
  TwDb *other = data;
  g_autofree char *before = tw_test_database_value (db, "SELECT amount FROM account WHERE id = 1");
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "100");
  g_assert_true (move (other, 1, 7, error));
  after = tw_test_database_value (db, "SELECT amount FROM account WHERE id = 1");
  g_assert_cmpstr (after, ==, "107");
  return TRUE;
}

static void
test_reads_what_is_committed (void)
{
  g_autoptr (TwDb) other = tw_test_database_open (database, TRUE);
  g_autoptr (GError) error = NULL;

  reset_amounts ();
  g_assert_true (tw_db_transaction (database->owner, read_committed_cb, other, &error));
}

/* ---- A database that goes away ---- */

static gboolean
kill_between_cb (TwDb *db, gpointer data, GError **error)
{
  int *runs = data;

  *runs += 1;
  if (!move (db, 1, -10, error))
    return FALSE;
  if (*runs == 1)
    g_assert_cmpint (kill (tw_private_mariadb_get_pid (database->instance), SIGKILL), ==, 0);
  return move (db, 2, 10, error);
}

/* The connection is gone when COMMIT is sent: whether it arrived, nobody knows. */
static gboolean
kill_before_commit_cb (TwDb *db, gpointer data, GError **error)
{
  g_autofree char *id = tw_test_database_identify (db);
  int *runs = data;

  *runs += 1;
  if (!move (db, 1, -10, error))
    return FALSE;
  if (*runs == 1)
    tw_test_database_kill (database, id);
  return TRUE;
}

static void
test_commit_unanswered (void)
{
  g_autoptr (GError) error = NULL;
  int runs = 0;

  reset_amounts ();
  g_assert_false (tw_db_transaction_once (database->owner, kill_before_commit_cb, &runs, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
  g_assert_cmpint (runs, ==, 1);
  g_clear_error (&error);
  runs = 0;
  g_assert_true (tw_db_transaction (database->owner, kill_before_commit_cb, &runs, &error));
  g_assert_no_error (error);
  g_assert_cmpint (runs, ==, 2);
}

static void
test_killed_in_the_middle (void)
{
  g_autoptr (GError) error = NULL;
  int runs = 0;

  reset_amounts ();
  g_assert_true (tw_db_transaction (database->owner, kill_between_cb, &runs, &error));
  g_assert_no_error (error);
  g_assert_cmpint (runs, ==, 2);
  assert_amounts ("90,110");
}

static void
test_killed_between_statements (void)
{
  g_autoptr (TwStatement) s = tw_db_prepare (database->owner, "SELECT CONNECTION_ID() AS id");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found;

  g_assert_true (tw_statement_step (s, &found, &error));
  id = g_strdup (tw_column_text (s, "id"));
  tw_test_database_kill (database, id);
  g_assert_true (tw_db_ensure (database->owner, &error));
  tw_statement_reset (s);
  g_assert_true (tw_statement_step (s, &found, &error)); /* prepared again on the new connection */
  g_assert_true (found);
}

/* Stopped, it neither answers nor refuses. */
static void
test_frozen_is_unavailable_in_time (void)
{
  g_autoptr (TwDb) db = tw_test_database_open (database, TRUE);
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  int pid = tw_private_mariadb_get_pid (database->instance);
  gboolean refuse = FALSE;

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  g_assert_false (tw_db_transaction (db, move_cb, &refuse, &error));
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_away_is_unavailable_at_once (void)
{
  g_autoptr (TwDbAddress) address = tw_db_address_copy (tw_private_mariadb_get_owner (database->instance));
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDb) db = NULL;

  g_free (address->socket);
  address->socket = g_build_filename (database->folder, "nobody.sock", NULL);
  db = tw_db_open (address, &error);
  g_assert_null (db);
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
}

/* What MariaDB says when there is no room for a temporary file. */
static void
test_full_disk_is_unavailable (void)
{
  static const char *const says[] = { "1", "3", "14", "20", "1021", "1026", "1114" };

  for (gsize i = 0; i < G_N_ELEMENTS (says); i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = %s, MESSAGE_TEXT = 'No space left';", says[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (tw_db_execute_script (database->owner, sql, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
    }
}

/* ---- Numbers ---- */

static gboolean
take_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) keep = tw_db_prepare (db, "INSERT INTO given VALUES ('n', :value)");
  int *n = data;
  gint64 value;

  if (!tw_number_next (db, "n", &value, error))
    return FALSE;
  tw_bind_int (keep, "value", value);
  if (!tw_statement_run (keep, NULL, error))
    return FALSE;
  *n += 1;
  return *n % 3 != 0 || tw_error_set (error, TW_ERROR_FORBIDDEN, "given back");
}

static gpointer
taker_thread (gpointer data)
{
  g_autoptr (TwDb) db = tw_test_database_open (database, TRUE);
  int n = 0;

  while (n < 60)
    tw_db_transaction (db, take_cb, &n, NULL);
  return NULL;
}

static void
test_numbers_have_no_gap (void)
{
  g_autofree char *range = NULL;
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("taker", taker_thread, NULL);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  range = tw_test_database_value (database->owner, "SELECT CONCAT_WS(' ', MIN(value), MAX(value), COUNT(*)) FROM given");
  g_assert_cmpstr (range, ==, "1 160 160");
}

static gboolean
document_cb (TwDb *db, gpointer data, GError **error)
{
  char **number = data;
  TwDate date;

  g_assert_true (tw_date_parse ("2026-11-22", &date, NULL));
  *number = tw_number_document (db, "SO", date, error);
  return *number != NULL;
}

static void
test_document_number (void)
{
  g_autofree char *first = NULL, *second = NULL;

  g_assert_true (tw_db_transaction (database->owner, document_cb, &first, NULL));
  g_assert_true (tw_db_transaction (database->owner, document_cb, &second, NULL));
  g_assert_cmpstr (first, ==, "SO-2026-000001");
  g_assert_cmpstr (second, ==, "SO-2026-000002");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* a warning tells of the restart */
  database = tw_test_database_new (NULL);
  tw_test_database_script (database, schema);
  g_test_add_func ("/db/transaction/commit", test_commit);
  g_test_add_func ("/db/transaction/outside", test_outside);
  g_test_add_func ("/db/transaction/rollback", test_rollback);
  g_test_add_func ("/db/transaction/refusal-is-not-repeated", test_refusal_is_not_repeated);
  g_test_add_func ("/db/transaction/nesting-aborts", test_nesting_aborts);
  g_test_add_func ("/db/transaction/deadlock", test_deadlock);
  g_test_add_func ("/db/transaction/deadlock-unnoticed", test_deadlock_unnoticed);
  g_test_add_func ("/db/transaction/deadlock-posted", test_deadlock_posted);
  g_test_add_func ("/db/transaction/snapshot-is-consistent", test_snapshot_is_consistent);
  g_test_add_func ("/db/transaction/snapshot-refuses-writes", test_snapshot_refuses_writes);
  g_test_add_func ("/db/transaction/reads-what-is-committed", test_reads_what_is_committed);
  g_test_add_func ("/db/transaction/commit-unanswered", test_commit_unanswered);
  g_test_add_func ("/db/transaction/killed-in-the-middle", test_killed_in_the_middle);
  g_test_add_func ("/db/transaction/killed-between-statements", test_killed_between_statements);
  g_test_add_func ("/db/transaction/frozen-is-unavailable-in-time", test_frozen_is_unavailable_in_time);
  g_test_add_func ("/db/transaction/away-is-unavailable-at-once", test_away_is_unavailable_at_once);
  g_test_add_func ("/db/transaction/full-disk-is-unavailable", test_full_disk_is_unavailable);
  g_test_add_func ("/db/number/no-gap", test_numbers_have_no_gap);
  g_test_add_func ("/db/number/document", test_document_number);
  result = g_test_run ();
  tw_test_database_free (database);
  return result;
}
