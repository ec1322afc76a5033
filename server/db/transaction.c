/* transaction.c: all or nothing, again when it must be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/connection-private.h"

#define MAX_ATTEMPTS 12
/* A doubling wait from 4 ms, at most 250 ms, of which a random part is slept. */
#define FIRST_WAIT_USEC 4000
#define LAST_WAIT_USEC 250000
/* No new attempt after this: whoever asked must hear within 5 s that the database is away. */
#define RETRY_USEC (2500 * 1000)

static const char begin_write_sql[] = "START TRANSACTION";
/* One round trip. */
static const char begin_snapshot_sql[]
    = "BEGIN NOT ATOMIC SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
      " START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY; END";

/* Whether this thread is inside a transaction: a second one on another connection would wait for
 * the first one's locks for ever. */
static _Thread_local gboolean thread_in_transaction;

static gsize
next_number (void)
{
  static gsize last; /* atomic */

  return (gsize) g_atomic_pointer_add (&last, 1) + 1;
}

static void
roll_back (TwDb *db)
{
  /* A connection that does not roll back is not used again: the server rolls back when it goes. */
  if (db->mysql != NULL && mysql_rollback (db->mysql) != 0)
    tw_db_disconnect (db);
}

/* One run. FALSE with *again when it is worth another. */
static gboolean
attempt (TwDb *db, const char *begin, TwTransactionFunc func, gpointer data, gboolean *again, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gboolean done;

  *again = FALSE;
  db->doomed = FALSE;
  done = tw_db_query (db, begin, NULL, &fault);
  if (done)
    {
      db->in_transaction = thread_in_transaction = TRUE;
      db->transaction = next_number ();
      done = func (db, data, &fault);
      g_assert (done == (fault == NULL));
      if (done)
        done = tw_db_query (db, "COMMIT", NULL, &fault);
    }
  *again = db->doomed || g_error_matches (fault, TW_ERROR, TW_ERROR_RETRY);
  db->in_transaction = thread_in_transaction = db->doomed = FALSE;
  if (!done)
    {
      roll_back (db);
      g_propagate_error (error, g_steal_pointer (&fault));
    }
  return done;
}

static void
wait_before (guint n)
{
  gint64 most = MIN (LAST_WAIT_USEC, FIRST_WAIT_USEC << MIN (n, 10));

  g_usleep (g_random_int_range (most / 4, most));
}

/* A lost connection is taken up again while there is time; one that was away from the start is not waited for. */
static gboolean
reconnect (TwDb *db, gint64 until)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) error = NULL;

      if (tw_db_make_ready (db, &error))
        return TRUE;
      if (g_get_monotonic_time () > until)
        return FALSE;
      wait_before (n);
    }
}

static gboolean
run (TwDb *db, const char *begin, TwTransactionFunc func, gpointer data, GError **error)
{
  gint64 until = g_get_monotonic_time () + RETRY_USEC;

  g_assert (!thread_in_transaction && !db->in_transaction);
  if (!tw_db_make_ready (db, error))
    return FALSE;
  for (guint n = 0; n < MAX_ATTEMPTS; n++)
    {
      g_autoptr (GError) fault = NULL;
      gboolean again;

      if (attempt (db, begin, func, data, &again, &fault))
        return TRUE;
      if (!again)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      g_debug ("transaction runs again: %s", fault->message);
      if (g_get_monotonic_time () > until || !reconnect (db, until))
        break;
      wait_before (n);
    }
  return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The database is not available at the moment."));
}

gboolean
tw_db_transaction (TwDb *db, TwTransactionFunc func, gpointer data, GError **error)
{
  return run (db, begin_write_sql, func, data, error);
}

gsize
tw_db_get_transaction (TwDb *db)
{
  return db->in_transaction ? db->transaction : 0;
}

gboolean
tw_db_snapshot (TwDb *db, TwTransactionFunc func, gpointer data, GError **error)
{
  return run (db, begin_snapshot_sql, func, data, error);
}
