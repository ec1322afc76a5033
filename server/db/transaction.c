/* transaction.c: all or nothing, again when it must be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/connection-private.h"

#include <string.h>

#define MAX_ATTEMPTS 12
/* A doubling wait from 4 ms, at most 250 ms, of which a random part is slept. */
#define FIRST_WAIT_USEC 4000
#define LAST_WAIT_USEC 250000
/* No new attempt after this: whoever asked must hear within 5 s that the database is away. */
#define RETRY_USEC (2500 * 1000)

/* READ COMMITTED: a rule locks its document's row and then reads what is true now. Under REPEATABLE READ a read made
 * before the lock was granted would decide what all later ones see. A snapshot wants just that. The level is the
 * session's and set when the kind changes: most often the same kind follows, and a round trip is saved. (The variable's
 * name differs between versions of MariaDB, the statement does not.) */
const char tw_db_write_level[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
static const char snapshot_level[] = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
/* A write begins with its first statement. This, too, is said when the kind changes. */
static const char implicit_sql[] = "SET autocommit = 0";
static const char begin_snapshot_sql[] = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
static const char commit_sql[] = "COMMIT";

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
  tw_db_read_posted (db, NULL);
  if (db->mysql != NULL && mysql_rollback (db->mysql) != 0)
    tw_db_disconnect (db);
}

/* Nobody waits for the reply: before a snapshot's first row is shown, or a write commits, it was read. */
static gboolean
set_level (TwDb *db, gboolean snapshot, GError **error)
{
  if (db->snapshots == snapshot)
    return TRUE;
  if (!tw_db_post_query (db, TW_POSTED_BEGIN, snapshot ? snapshot_level : tw_db_write_level, error))
    return FALSE;
  db->snapshots = snapshot;
  return TRUE;
}

/* Here the reply is waited for: what came next would commit by itself if it were not so. */
static gboolean
set_implicit (TwDb *db, GError **error)
{
  db->implicit = db->implicit || tw_db_query (db, implicit_sql, NULL, error);
  return db->implicit;
}

/* From here on it is one transaction, whether or not the server has heard of it. A new connection starts with the level
 * of writes. */
static gboolean
begin (TwDb *db, gboolean snapshot, GError **error)
{
  if (!tw_db_reach (db, error))
    return FALSE;
  db->in_transaction = thread_in_transaction = TRUE;
  db->transaction = next_number ();
  if (!set_level (db, snapshot, error))
    return FALSE;
  return snapshot ? tw_db_post_query (db, TW_POSTED_BEGIN, begin_snapshot_sql, error) : set_implicit (db, error);
}

/* The end of a snapshot changes nothing, so its reply is read when the connection is used next. */
static gboolean
commit (TwDb *db, gboolean snapshot, GError **error)
{
  if (!snapshot)
    return tw_db_query (db, commit_sql, NULL, error);
  if (!tw_db_post_query (db, TW_POSTED_END, commit_sql, NULL))
    tw_db_disconnect (db);
  return TRUE;
}

static void
notify (TwDb *db, gboolean committed, gboolean certain)
{
  g_autoptr (GSList) funcs = g_steal_pointer (&db->after_commit);

  for (GSList *l = funcs; committed && l != NULL; l = l->next)
    ((TwDbNotify) l->data) (certain);
}

gboolean
tw_db_settle (TwDb *db, GError **error)
{
  /* Whoever heard of it may have taken no notice, or taken it for something else. */
  if (db->spoilt != NULL)
    {
      g_propagate_error (error, g_error_copy (db->spoilt));
      return FALSE;
    }
  return tw_db_post_later (db, TW_AT_COMMIT, error) && tw_db_read_posted (db, error);
}

typedef enum
{
  KIND_WRITE,
  KIND_WRITE_ONCE, /* not run again when nobody knows whether it happened */
  KIND_SNAPSHOT,
} Kind;

/* COMMIT was sent and got no answer: it may have happened or not. */
static gboolean
is_unknown (TwDb *db, Kind kind, gboolean done)
{
  return !done && kind != KIND_SNAPSHOT && db->mysql == NULL;
}

static void
set_unknown (GError **fault)
{
  g_clear_error (fault);
  tw_error_set (fault, TW_ERROR_UNAVAILABLE,
                _ ("The database did not answer in the end. Please look whether it was stored before you try again."));
}

/* One run. FALSE with *again when it is worth another. */
static gboolean
attempt (TwDb *db, Kind kind, TwTransactionFunc func, gpointer data, gboolean *again, GError **error)
{
  gboolean snapshot = kind == KIND_SNAPSHOT, unknown = FALSE;
  g_autoptr (GError) fault = NULL;
  gboolean done;

  *again = FALSE;
  db->doomed = FALSE;
  g_clear_error (&db->spoilt);
  done = begin (db, snapshot, &fault);
  if (done)
    {
      done = func (db, data, &fault);
      g_assert (done == (fault == NULL));
      done = done && tw_db_settle (db, &fault);
      if (done)
        {
          done = commit (db, snapshot, &fault);
          unknown = is_unknown (db, kind, done);
        }
      if (unknown && kind == KIND_WRITE_ONCE)
        {
          db->doomed = FALSE;
          set_unknown (&fault);
        }
    }
  *again = db->doomed || g_error_matches (fault, TW_ERROR, TW_ERROR_RETRY);
  db->in_transaction = thread_in_transaction = db->doomed = FALSE;
  tw_db_drop_later (db);
  notify (db, done || unknown, done);
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
run (TwDb *db, Kind kind, TwTransactionFunc func, gpointer data, GError **error)
{
  gint64 until = g_get_monotonic_time () + RETRY_USEC;

  g_assert (!thread_in_transaction && !db->in_transaction);
  if (!tw_db_make_ready (db, error))
    return FALSE;
  for (guint n = 0; n < MAX_ATTEMPTS; n++)
    {
      g_autoptr (GError) fault = NULL;
      gboolean again;

      if (attempt (db, kind, func, data, &again, &fault))
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
  return run (db, KIND_WRITE, func, data, error);
}

gboolean
tw_db_transaction_once (TwDb *db, TwTransactionFunc func, gpointer data, GError **error)
{
  return run (db, KIND_WRITE_ONCE, func, data, error);
}

void
tw_db_after_commit (TwDb *db, TwDbNotify func)
{
  g_return_if_fail (db->in_transaction);

  if (!g_slist_find (db->after_commit, func))
    db->after_commit = g_slist_prepend (db->after_commit, func);
}

gsize
tw_db_get_transaction (TwDb *db)
{
  return db->in_transaction ? db->transaction : 0;
}

guint
tw_db_get_undone (TwDb *db)
{
  return db->undone;
}

gboolean
tw_db_is_snapshot (TwDb *db)
{
  return db->in_transaction && db->snapshots;
}

gboolean
tw_db_snapshot (TwDb *db, TwTransactionFunc func, gpointer data, GError **error)
{
  return run (db, KIND_SNAPSHOT, func, data, error);
}
