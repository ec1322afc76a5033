/* db.h: a connection to MariaDB and its prepared statements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQL text is constant and uses named parameters: `WHERE id = :id`. A statement is prepared once
 * per connection and cached by its text. Values are always bound. Columns are read by name. Everything here belongs to
 * one thread at a time. Outside a transaction a lost connection is TW_ERROR_RETRY to the statement that lost it, and
 * taken up again by the next.
 */
#pragma once

#include "shared/base/error.h"
#include "shared/base/record.h"

G_BEGIN_DECLS

typedef struct _TwDb TwDb;
typedef struct _TwStatement TwStatement;

/* ---- Statements ----------------------------------------------------------------------------
 *
 *   g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT id, name FROM carrier WHERE code = :code");
 *   tw_bind_text (find, "code", code);
 *   if (!tw_statement_step (find, &found, error))
 *     return FALSE;
 *   if (found)
 *     id = tw_column_int (find, "id");
 *
 * An error of prepare is kept and reported by the first step or run. */
TwStatement *tw_db_prepare (TwDb *db, const char *sql);
void tw_statement_free (TwStatement *statement); /* gives it back to the cache */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwStatement, tw_statement_free)

/* Binding a name that the SQL does not have is a programmer's mistake (assertion), as is
 * running with one unbound. A name may occur several times. Text is copied. */
void tw_bind_int (TwStatement *s, const char *name, gint64 value);
void tw_bind_id (TwStatement *s, const char *name, gint64 id); /* 0 is NULL */
void tw_bind_bool (TwStatement *s, const char *name, gboolean value);
void tw_bind_text (TwStatement *s, const char *name, const char *value); /* NULL is NULL */
void tw_bind_blob (TwStatement *s, const char *name, gconstpointer data, gsize length);
void tw_bind_decimal (TwStatement *s, const char *name, TwDecimal value);
void tw_bind_date (TwStatement *s, const char *name, TwDate value); /* unset is NULL */
void tw_bind_time (TwStatement *s, const char *name, TwTime value); /* unset is NULL */
void tw_bind_null (TwStatement *s, const char *name);
/* Binds every parameter that has the name of one of @record's fields and was not bound by hand. TEXT none and "" are
 * NULL; INT fields whose name ends in "_id" bind 0 as NULL; STRINGS as a JSON array. */
void tw_bind_record (TwStatement *s, TwRecord *record);
/* Binds the value of one field of @record to a parameter of any name. */
void tw_bind_field (TwStatement *s, const char *name, TwRecord *record, const TwField *field);

/* Executes (the first time) and fetches the next row; *found is FALSE after the last. */
gboolean tw_statement_step (TwStatement *s, gboolean *found, GError **error);
/* Executes a statement that returns no rows. May be bound and run again. @affected (nullable) gets the rows
 * matched (CLIENT_FOUND_ROWS). A taken unique key is TW_ERROR_DUPLICATE, whose message is the key's name. */
gboolean tw_statement_run (TwStatement *s, guint64 *affected, GError **error);
/* Until when a change may be kept. */
typedef enum
{
  TW_AT_COMMIT,   /* nobody reads it in this transaction: ledgers and logs */
  TW_BEFORE_NEXT, /* until the next statement that is run or posted */
} TwMoment;

/* Runs it with the values bound now, but does not wait for the answer: what is run afterwards comes after it, and
 * whoever is the next to wait for an answer, or the commit, gets its error. For a change whose outcome decides nothing
 * here and is not counted, not for an INSERT whose id is needed. Outside a transaction it is waited for. */
gboolean tw_statement_post (TwStatement *s, GError **error);
/* The same, and one row at least has to be changed: else the error is @code with @refusal (nullable, translated: it
 * need not be). */
gboolean tw_statement_post_refusing (TwStatement *s, TwErrorCode code, const char *refusal, GError **error);
/* Keeps the change with the values bound now; all rows of one text are changed by one execution, at the latest at
 * @moment. @refusal (nullable, translated): one row at least has to be there for each, else whoever is the next to wait
 * for an answer, or the commit, gets TW_ERROR_STATE with it. Changes of different texts may change places. Outside a
 * transaction it runs at once. */
gboolean tw_statement_run_later (TwStatement *s, TwMoment moment, const char *refusal, GError **error);
/* Forgets what is kept, and how what was posted went, for a part of a transaction that is undone. */
void tw_db_forget_later (TwDb *db);
/* Runs what is kept, and waits for what was posted. */
gboolean tw_db_settle (TwDb *db, GError **error);
/* Binds and runs for each of @records; one whose id is 0 gets its AUTO_INCREMENT value. What was bound by hand stays
 * for all. */
gboolean tw_statement_run_all (TwStatement *s, GListStore *records, GError **error);
/* The constant text of an INSERT of several records, or of a SELECT by a value of each. */
typedef struct
{
  const char *head; /* "INSERT INTO part (id, whole_id, name) VALUES " */
  const char *row;  /* "(:id, :owner, :name)": names of fields, and :owner */
  const char *tail; /* " RETURNING id"; names in it are bound by hand */
} TwRowsSql;
#define TW_ROWS_AT_ONCE 40

/* The statement for @n of @records from @first on (at most TW_ROWS_AT_ONCE), bound; its text is head, the rows with
 * ", " between them, tail. (transfer full) */
TwStatement *tw_db_prepare_rows (TwDb *db, const TwRowsSql *rows, GListStore *records, guint first, guint n,
                                 gint64 owner);
/* Inserts @records with as few round trips as there can be; each gets its id. */
gboolean tw_db_insert_rows (TwDb *db, const TwRowsSql *rows, GListStore *records, gint64 owner, GError **error);
/* The AUTO_INCREMENT value of the last run. */
gint64 tw_statement_last_id (TwStatement *s);
/* Forgets the bound values and rows so that it can be used again. */
void tw_statement_reset (TwStatement *s);

/* Columns of the current row, by name; a name that is not there is an assertion. */
gint64 tw_column_int (TwStatement *s, const char *name); /* NULL is 0 */
gboolean tw_column_bool (TwStatement *s, const char *name);
const char *tw_column_text (TwStatement *s, const char *name); /* borrowed until the next step; NULL is NULL */
TwDecimal tw_column_decimal (TwStatement *s, const char *name);
TwDate tw_column_date (TwStatement *s, const char *name);
TwTime tw_column_time (TwStatement *s, const char *name);
gconstpointer tw_column_blob (TwStatement *s, const char *name, gsize *length);
gboolean tw_column_is_null (TwStatement *s, const char *name);
/* Fills the members of @record whose names are columns of the row; other columns are left to the caller. */
void tw_column_record (TwStatement *s, TwRecord *record);
/* Steps to the end and appends column `id` of each row. (element-type gint64) */
gboolean tw_statement_read_ids (TwStatement *s, GArray *ids, GError **error);
/* The same into an array of its own; NULL with @error. (transfer full) */
GArray *tw_statement_list_ids (TwStatement *s, GError **error);
/* The order in which rows are locked: ascending. (element-type gint64) */
void tw_ids_sort (GArray *ids);

/* One row into a record: FALSE without error set and *found FALSE when there is none. */
gboolean tw_statement_read_one (TwStatement *s, TwRecord *record, gboolean *found, GError **error);
/* All remaining rows as new records of @type appended to @list. */
gboolean tw_statement_read_all (TwStatement *s, GType type, GListStore *list, GError **error);

/* Locks the row that @sql ("SELECT id … WHERE id = :id FOR UPDATE") finds; @found: nullable. */
gboolean tw_row_lock (TwDb *db, const char *sql, gint64 id, gboolean *found, GError **error);
/* Runs @update ("… version = version + 1 WHERE id = :id AND version = :version") with @record, whose version then is
 * the new one. TW_ERROR_STALE when there is no row of its version. */
gboolean tw_row_save (TwStatement *update, TwRecord *record, GError **error);
/* Sets the TW_ERROR_STALE of a row that is not of the version that was read; returns FALSE. */
gboolean tw_row_refuse_stale (GError **error);
/* tw_row_save() for a row that is locked and whose version was found to be the record's: it is not waited for. */
gboolean tw_row_save_locked (TwStatement *update, TwRecord *record, GError **error);

/* ---- Transactions --------------------------------------------------------------------------- */
typedef gboolean (*TwTransactionFunc) (TwDb *db, gpointer data, GError **error);

/* Runs @func between START TRANSACTION and COMMIT. FALSE rolls back. TW_ERROR_RETRY (1213, 1205, 1020, 1047, 1180,
 * lost connection) runs it again, up to 12 times with jittered back-off, reconnecting when
 * needed, for at most 2.5 s; then TW_ERROR_UNAVAILABLE, at once when there is no connection to begin with. READ
 * COMMITTED: lock the head row first, then everything read is true until the end. @func must have no effect but SQL on
 * @db. Not nestable (assertion). */
gboolean tw_db_transaction (TwDb *db, TwTransactionFunc func, gpointer data, GError **error);
/* The same for what would not notice that it has happened already: when COMMIT gets no answer, it is not run again, and
 * TW_ERROR_UNAVAILABLE says that nobody knows. */
gboolean tw_db_transaction_once (TwDb *db, TwTransactionFunc func, gpointer data, GError **error);
/* The same with a read-only snapshot: one consistent picture for several SELECTs. */
gboolean tw_db_snapshot (TwDb *db, TwTransactionFunc func, gpointer data, GError **error);
/* The number of the transaction or snapshot that @db is in; no other of this process, also no later run of the same
 * function, has it. 0 outside. For what is remembered during one transaction. */
gsize tw_db_get_transaction (TwDb *db);
/* Another number after a part of a transaction was undone (tw_db_forget_later()): its row locks may be gone. */
guint tw_db_get_undone (TwDb *db);
/* Whether it is a snapshot: what is read in it is committed. */
gboolean tw_db_is_snapshot (TwDb *db);

/* Calls @func once when the transaction that @db is in has been committed, on this thread: for what this process
 * remembers of the changed rows. @certain: FALSE when COMMIT had no answer, so that it may not have been. */
typedef void (*TwDbNotify) (gboolean certain);
void tw_db_after_commit (TwDb *db, TwDbNotify func);

/* Statements without parameters, each ended by ';' (sql-text.h): migrations and set-up only. */
gboolean tw_db_execute_script (TwDb *db, const char *script, GError **error);

/* ---- Connections ------------------------------------------------------------------------------ */
typedef struct
{
  char *host;   /* NULL with a socket */
  guint port;   /* 0 is 3306 */
  char *socket; /* NULL with a host */
  char *user;
  char *password; /* nullable */
  char *database;
  char *tls_ca; /* nullable: then TLS is required and verified for hosts that are not loopback */
} TwDbAddress;

/* `mariadb://user:password@host:port/name` or `mariadb://user@localhost/name?socket=/path`. */
TwDbAddress *tw_db_address_parse (const char *url, GError **error);
TwDbAddress *tw_db_address_copy (const TwDbAddress *address);
void tw_db_address_free (TwDbAddress *address);
char *tw_db_address_describe (const TwDbAddress *address); /* tells databases apart, no password (transfer full) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwDbAddress, tw_db_address_free)

/* Connects within 4 s: utf8mb4, UTC, strict mode, short lock wait. TW_ERROR_UNAVAILABLE when it cannot. */
TwDb *tw_db_open (const TwDbAddress *address, GError **error);
const char *tw_db_get_name (TwDb *db); /* tells its database from others that the process knows */
void tw_db_close (TwDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwDb, tw_db_close)
/* Reconnects when the connection is gone; the statement cache is rebuilt. */
gboolean tw_db_ensure (TwDb *db, GError **error);
/* Whether the last call got no answer at all in time, rather than a broken connection: who asked has waited long
 * enough, and for a moment, or until tw_db_ensure(), everything here fails at once with TW_ERROR_UNAVAILABLE. */
gboolean tw_db_is_silent (TwDb *db);
/* Once *@stop (atomic; outlives @db) is not 0, what would be asked next fails with TW_ERROR_UNAVAILABLE, and an open
 * transaction is rolled back. */
void tw_db_heed (TwDb *db, const gint *stop);
/* How many seconds a statement may take before the database counts as away: 4 unless changed. For commands that move
 * much (migrate, verify, backup). Reconnects. */
gboolean tw_db_set_patience (TwDb *db, guint seconds, GError **error);

/* A thread other than the first calls these before its first and after its last use of a connection. */
void tw_db_thread_init (void);
void tw_db_thread_end (void);

G_END_DECLS
