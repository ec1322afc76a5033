/* posted.c: what was sent on a connection and is not answered yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MariaDB works through what a connection sends in the order in which it comes, whether or not anybody waits. A change
 * whose outcome decides nothing is sent and left; its reply is read together with that of the next statement that
 * somebody does wait for, at the latest before COMMIT. Waiting costs both sides a switch of processes. Nothing is
 * committed before every reply was read, so what fails fails as it did.
 */
#include "server/db/connection-private.h"

/* Replies are small, but nobody reads them meanwhile. */
#define MAX_POSTED 64
/* When one has failed after so long, the others are not waited for, and the connection is given up: each may take as
 * long, and whoever asked is to hear within 5 s. */
#define LATE_USEC (G_USEC_PER_SEC)

typedef struct
{
  TwPostedKind kind;
  const char *sql; /* borrowed of a statement, which is not destroyed before its reply was read */
  guint64 wanted;  /* so many rows at least, else */
  TwErrorCode code;
  char *refusal; /* NULL: they need not be there */
} Posted;

static void
clear_posted (gpointer data)
{
  Posted *posted = data;

  g_free (posted->refusal);
}

GArray *
tw_db_new_posted (void)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Posted));

  g_array_set_clear_func (all, clear_posted);
  return all;
}

static gboolean
fail (TwDb *db, const Posted *posted, GError **error)
{
  return tw_db_fail_statement (db, mysql_errno (db->mysql), mysql_error (db->mysql), posted->sql, error);
}

/* A snapshot that has ended has nothing to lose: without a reply the connection is gone, and that is all. One of which
 * nobody knows how it begins a transaction is not used again. */
static gboolean
read_reply (TwDb *db, const Posted *posted, GError **error)
{
  gboolean done;

  db->asked = g_get_monotonic_time (); /* each is waited for by itself */
  done = mysql_read_query_result (db->mysql) == 0;
  if (posted->kind == TW_POSTED_END)
    {
      if (!done)
        tw_db_note_loss (db);
      return TRUE;
    }
  if (!done && posted->kind == TW_POSTED_BEGIN)
    {
      fail (db, posted, error);
      tw_db_disconnect (db);
      return FALSE;
    }
  if (!done)
    return fail (db, posted, error);
  g_assert (mysql_field_count (db->mysql) == 0); /* rows would stand before the next reply */
  return posted->refusal == NULL || mysql_affected_rows (db->mysql) >= posted->wanted
         || tw_error_set (error, posted->code, "%s", posted->refusal);
}

gboolean
tw_db_read_posted (TwDb *db, GError **error)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) fault = NULL;

  /* All are read, also after one that failed; with the connection they are gone. */
  for (guint i = 0; i < db->posted->len; i++)
    if (fault == NULL)
      read_reply (db, &g_array_index (db->posted, Posted, i), &fault);
    else if (g_get_monotonic_time () - began < LATE_USEC)
      read_reply (db, &g_array_index (db->posted, Posted, i), NULL);
    else
      tw_db_disconnect (db);
  g_array_set_size (db->posted, 0);
  if (fault == NULL)
    return TRUE;
  /* What has failed must not be committed without it. */
  if (db->in_transaction)
    tw_db_spoil (db, fault);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

gboolean
tw_db_note_posted (TwDb *db, TwPostedKind kind, const char *sql, guint64 wanted, TwErrorCode code, const char *refusal,
                   GError **error)
{
  Posted posted = { kind, sql, wanted, code, g_strdup (refusal) };

  g_array_append_val (db->posted, posted);
  return db->posted->len < MAX_POSTED || tw_db_read_posted (db, error);
}

gboolean
tw_db_post_query (TwDb *db, TwPostedKind kind, const char *sql, GError **error)
{
  if (!tw_db_reach (db, error))
    return FALSE;
  if (mysql_send_query (db->mysql, sql, strlen (sql)) != 0)
    return tw_db_fail (db, mysql_errno (db->mysql), mysql_error (db->mysql), error);
  return tw_db_note_posted (db, kind, sql, 0, TW_ERROR_INTERNAL, NULL, error);
}
