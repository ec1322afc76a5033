/* connection.c: opening, keeping and closing a connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/connection-private.h"
#include "server/db/sql-text.h"
#include "server/db/statement-private.h"

#include <string.h>

/* A request learns within 5 s that the database is away: it waits for one answer, or tries to connect again for as long
 * as transaction.c allows, and is told at once when either was met with silence. */
#define CONNECT_SECONDS 3
#define RECONNECT_SECONDS 2
#define PATIENCE_SECONDS 4
/* Shorter than the patience, so that a lock wait ends as 1205 and is retried. */
#define LOCK_WAIT_SECONDS 2

/* A connection that was lost, or could not be made, after so long was not broken: nothing came any more. */
#define SILENCE_USEC (G_USEC_PER_SEC)
/* Then it is left alone for a moment, in which whoever asked gives up. */
#define REST_USEC (2 * G_USEC_PER_SEC)

/* join_cache_level: a page of a list is found through an index and ends after its rows; a join buffer over a small
 * joined table would read and sort the whole list first. use_stat_tables: nobody fills those tables (statistics.c has
 * InnoDB count), and looking into them for each statement costs a twenty-fifth of all work. */
static const char session_sql[]
    = "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci, time_zone = '+00:00', autocommit = 1,"
      " sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,"
      "ONLY_FULL_GROUP_BY', join_cache_level = 0, use_stat_tables = 'never', innodb_lock_wait_timeout = %d,"
      " max_statement_time = %u.5";

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static void
demand_tls (MYSQL *mysql, const TwDbAddress *address)
{
  static const char *system_ca = "/etc/ssl/certs/ca-certificates.crt";
  const char *ca = address->tls_ca;
  my_bool yes = 1;

  if (address->socket != NULL || (ca == NULL && is_loopback (address->host)))
    return;
  if (ca == NULL)
    ca = system_ca;
  mysql_optionsv (mysql, MYSQL_OPT_SSL_CA, ca);
  mysql_optionsv (mysql, MYSQL_OPT_SSL_ENFORCE, &yes);
  mysql_optionsv (mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
}

static MYSQL *
new_handle (TwDb *db)
{
  MYSQL *mysql = mysql_init (NULL);
  guint connect_seconds = db->generation == 0 ? CONNECT_SECONDS : RECONNECT_SECONDS, patience = db->patience;
  my_bool no = 0;

  g_assert (mysql != NULL);
  mysql_optionsv (mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
  mysql_optionsv (mysql, MYSQL_OPT_READ_TIMEOUT, &patience);
  mysql_optionsv (mysql, MYSQL_OPT_WRITE_TIMEOUT, &patience);
  mysql_optionsv (mysql, MYSQL_OPT_LOCAL_INFILE, &no);
  mysql_optionsv (mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  demand_tls (mysql, db->address);
  return mysql;
}

static gboolean
connect_handle (TwDb *db, GError **error)
{
  const TwDbAddress *a = db->address;
  /* A statement that takes too long ends half a second before it would look like a database that is away. */
  g_autofree char *settings = g_strdup_printf (session_sql, LOCK_WAIT_SECONDS, db->patience - 1);
  MYSQL *mysql = new_handle (db);

  if (mysql_real_connect (mysql, a->socket != NULL ? "localhost" : a->host, a->user, a->password, a->database, a->port,
                          a->socket, CLIENT_FOUND_ROWS)
          == NULL
      || mysql_real_query (mysql, settings, strlen (settings)) != 0
      || mysql_real_query (mysql, tw_db_write_level, strlen (tw_db_write_level)) != 0)
    {
      g_message ("cannot connect to the database: %u %s", mysql_errno (mysql), mysql_error (mysql));
      mysql_close (mysql);
      return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The database is not available at the moment."));
    }
  db->mysql = mysql;
  db->snapshots = db->implicit = FALSE;
  db->generation++;
  return TRUE;
}

static void
note_silence (TwDb *db)
{
  gint64 now = g_get_monotonic_time ();

  if (now - db->asked > SILENCE_USEC)
    db->silent_until = now + REST_USEC;
}

void
tw_db_note_loss (TwDb *db)
{
  note_silence (db);
  tw_db_disconnect (db);
}

void
tw_db_disconnect (TwDb *db)
{
  g_array_set_size (db->posted, 0);
  g_clear_pointer (&db->mysql, mysql_close);
}

gboolean
tw_db_reach (TwDb *db, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (db->doomed)
    return tw_error_set (error, TW_ERROR_RETRY, "the transaction is already rolled back");
  if (db->stop != NULL && g_atomic_int_get (db->stop) != 0)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The server is stopping. Please try again in a moment."));
  if (db->silent_until > now)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The database is not available at the moment."));
  db->asked = now;
  if (db->mysql != NULL)
    return TRUE;
  if (db->in_transaction)
    return tw_error_set (error, TW_ERROR_RETRY, "connection lost in a transaction");
  if (connect_handle (db, error))
    return TRUE;
  note_silence (db);
  return FALSE;
}

gboolean
tw_db_make_ready (TwDb *db, GError **error)
{
  /* The second look is for a connection that turned out to be lost when an ended snapshot's reply was read. */
  return tw_db_reach (db, error) && tw_db_read_posted (db, error) && tw_db_reach (db, error);
}

static gboolean
query (TwDb *db, const char *sql, guint *code, GError **error)
{
  if (mysql_real_query (db->mysql, sql, strlen (sql)) != 0)
    {
      guint number = mysql_errno (db->mysql);

      if (code != NULL)
        *code = number;
      return tw_db_fail (db, number, mysql_error (db->mysql), error);
    }
  if (mysql_field_count (db->mysql) > 0)
    mysql_free_result (mysql_store_result (db->mysql));
  return TRUE;
}

gboolean
tw_db_be_explicit (TwDb *db, GError **error)
{
  if (!db->implicit || db->in_transaction)
    return TRUE;
  if (query (db, "SET autocommit = 1", NULL, error))
    {
      db->implicit = FALSE;
      return TRUE;
    }
  tw_db_disconnect (db); /* it may be either way, and a new one is explicit */
  return FALSE;
}

gboolean
tw_db_query (TwDb *db, const char *sql, guint *code, GError **error)
{
  if (code != NULL)
    *code = 0;
  return tw_db_make_ready (db, error) && tw_db_be_explicit (db, error) && query (db, sql, code, error);
}

/* ---- Public ---- */

gboolean
tw_db_execute_script (TwDb *db, const char *script, GError **error)
{
  g_autoptr (GPtrArray) statements = tw_sql_split (script);

  for (guint i = 0; i < statements->len; i++)
    if (!tw_db_query (db, g_ptr_array_index (statements, i), NULL, error))
      {
        g_prefix_error (error, "%.60s…: ", (const char *) g_ptr_array_index (statements, i));
        return FALSE;
      }
  return TRUE;
}

void
tw_db_thread_init (void)
{
  mysql_thread_init ();
}

void
tw_db_thread_end (void)
{
  mysql_thread_end ();
}

TwDb *
tw_db_open (const TwDbAddress *address, GError **error)
{
  static gsize once = 0;
  g_autoptr (TwDb) db = g_new0 (TwDb, 1);

  if (g_once_init_enter (&once))
    {
      mysql_library_init (0, NULL, NULL);
      g_once_init_leave (&once, 1);
    }
  db->address = tw_db_address_copy (address);
  db->name = tw_db_address_describe (address);
  db->patience = PATIENCE_SECONDS;
  db->idle = g_hash_table_new (tw_sql_text_hash, g_str_equal);
  g_queue_init (&db->recent);
  db->later = tw_db_new_later ();
  db->posted = tw_db_new_posted ();
  if (!connect_handle (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

const char *
tw_db_get_name (TwDb *db)
{
  return db->name;
}

void
tw_db_close (TwDb *db)
{
  if (db == NULL)
    return;
  g_ptr_array_unref (db->later);
  g_assert (db->n_lent == 0);
  g_assert (!db->in_transaction);
  tw_statement_drop_idle (db);
  g_hash_table_unref (db->idle);
  tw_db_disconnect (db);
  g_array_unref (db->posted);
  g_clear_error (&db->spoilt);
  g_slist_free (db->after_commit);
  tw_db_address_free (db->address);
  g_free (db->name);
  g_free (db);
}

gboolean
tw_db_ensure (TwDb *db, GError **error)
{
  g_return_val_if_fail (!db->in_transaction, FALSE);

  db->silent_until = 0;
  db->asked = g_get_monotonic_time ();
  tw_db_read_posted (db, NULL);
  if (db->mysql != NULL && mysql_ping (db->mysql) != 0)
    tw_db_note_loss (db);
  return tw_db_make_ready (db, error);
}

gboolean
tw_db_is_silent (TwDb *db)
{
  return db->silent_until > g_get_monotonic_time ();
}

void
tw_db_heed (TwDb *db, const gint *stop)
{
  db->stop = stop;
}

gboolean
tw_db_set_patience (TwDb *db, guint seconds, GError **error)
{
  g_return_val_if_fail (!db->in_transaction, FALSE);

  db->patience = seconds;
  tw_db_disconnect (db);
  return tw_db_make_ready (db, error);
}
