/* test-worker.c: the pool is told to end while jobs are at work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/worker.h"
#include "tests/fixture/database.h"

static TwTestDatabase *database;

typedef struct
{
  gint begun; /* atomic: it has asked the database for something */
  gboolean reported;
  gboolean unavailable;
} Job;

static gboolean
add_row (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) add = tw_db_prepare (db, "INSERT INTO trace (id) VALUES (NULL)");

  return tw_statement_run (add, NULL, error);
}

/* Goes on for as long as it is let. */
static gboolean
write_cb (TwDb *db, gpointer data, GError **error)
{
  Job *job = data;

  while (add_row (db, error))
    g_atomic_int_set (&job->begun, 1);
  return FALSE;
}

static gboolean
write_run (TwDb *db, gpointer data, GError **error)
{
  return tw_db_transaction (db, write_cb, data, error);
}

static gboolean
read_run (TwDb *db, gpointer data, GError **error)
{
  Job *job = data;
  gboolean found = TRUE;

  while (found)
    {
      g_autoptr (TwStatement) read = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM trace");

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      g_atomic_int_set (&job->begun, 1);
    }
  return TRUE;
}

static void
done_cb (gpointer data, const GError *error)
{
  Job *job = data;

  job->reported = TRUE;
  job->unavailable = g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
}

static void
push (TwWorkers *workers, TwWorkRun run, Job *job)
{
  g_autoptr (GError) error = NULL;

  tw_workers_push (workers, run, done_cb, job, &error);
  g_assert_no_error (error);
}

static void
wait_until_begun (Job *job)
{
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&job->begun) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (1000);
    }
}

/* Neither would end by itself. */
static void
test_end_in_work (void)
{
  g_autoptr (TwWorkers) workers = tw_workers_new (tw_private_mariadb_get_owner (database->instance), 2, 10, 0);
  Job jobs[3] = { 0 };
  g_autofree char *left = NULL;

  push (workers, write_run, &jobs[0]);
  push (workers, read_run, &jobs[1]);
  push (workers, read_run, &jobs[2]);
  wait_until_begun (&jobs[0]);
  wait_until_begun (&jobs[1]);
  g_clear_pointer (&workers, tw_workers_free);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_true (jobs[i].reported);
      g_assert_true (jobs[i].unavailable);
    }
  g_assert_cmpint (jobs[2].begun, ==, 0);
  left = tw_test_database_value (database->owner, "SELECT COUNT(*) FROM trace");
  g_assert_cmpstr (left, ==, "0");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;

  g_test_init (&argc, &argv, NULL);
  database = own = tw_test_database_new (NULL);
  tw_test_database_script (own, "CREATE TABLE trace (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;");
  g_test_add_func ("/http/worker/end-in-work", test_end_in_work);
  return g_test_run ();
}
