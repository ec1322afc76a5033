/* connection-private.h: what the files of server/db share about a connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <mysql.h>

#include "server/db/db.h"

G_BEGIN_DECLS

struct _TwDb
{
  TwDbAddress *address;
  char *name;         /* tells it from other databases of this process */
  MYSQL *mysql;       /* NULL: not connected */
  guint generation;   /* + 1 with every connection; statements of an older one are prepared again */
  guint patience;     /* seconds a statement may take */
  GHashTable *idle;   /* (element-type utf8 TwStatement) SQL text → chain of idle statements */
  GQueue recent;      /* the idle ones, the last used first */
  guint n_lent;       /* statements in use */
  gboolean snapshots;    /* the session's isolation level is that of snapshots */
  gboolean implicit;     /* autocommit is off: a transaction begins with its first statement */
  GArray *posted;        /* what was sent and is not answered yet: posted.c */
  GSList *after_commit;  /* (element-type TwDbNotify) of the open transaction, each once */
  GPtrArray *later;      /* changes of the open transaction that are kept: statement-later.c */
  guint undone;          /* how often what was kept has been forgotten */
  GError *spoilt;        /* why one of these or those failed: the transaction must not be committed; NULL: none did */
  gboolean in_transaction;
  gsize transaction; /* its number, of no other transaction of this process */
  const gint *stop;  /* atomic; not 0: nothing is asked any more. NULL: nobody stops it */
  gint64 asked;    /* when the last call began; monotonic, µs */
  gint64 silent_until; /* it was not answered in time: nobody waits a second time before then or tw_db_ensure() */
  gboolean doomed; /* the transaction is already rolled back by the server: nothing may run in it */
};

/* Sets the isolation level that a new connection has. */
extern const char tw_db_write_level[];

/* Sets the TW_ERROR for the server's or the library's error @code; closes the connection when it is lost. Always
 * returns FALSE. */
gboolean tw_db_fail (TwDb *db, guint code, const char *message, GError **error);
/* The same; our own fault is told with the text of the statement. */
gboolean tw_db_fail_statement (TwDb *db, guint code, const char *message, const char *sql, GError **error);

/* Connects when needed and allowed: inside a transaction a lost connection is TW_ERROR_RETRY. */
gboolean tw_db_reach (TwDb *db, GError **error);
/* The same, and every reply was read: the next one is that to what is sent next. */
gboolean tw_db_make_ready (TwDb *db, GError **error);
/* Outside a transaction each statement is committed by itself; a connection that has just written is told so. */
gboolean tw_db_be_explicit (TwDb *db, GError **error);
/* The connection turned out to be lost: by a break, or because the other side has fallen silent. */
void tw_db_note_loss (TwDb *db);
/* Drops the connection; the statements stay and are prepared again later. */
void tw_db_disconnect (TwDb *db);

/* One statement without parameters or rows. @code (nullable) gets the server's error number. */
gboolean tw_db_query (TwDb *db, const char *sql, guint *code, GError **error);

GPtrArray *tw_db_new_later (void);
/* Sends what was kept until @moment. */
gboolean tw_db_post_later (TwDb *db, TwMoment moment, GError **error);
void tw_db_drop_later (TwDb *db);
/* A change has failed: what is kept is dropped, and the transaction cannot be committed any more. The first @fault
 * (copied) counts. */
void tw_db_spoil (TwDb *db, const GError *fault);

typedef enum
{
  TW_POSTED_CHANGE, /* whoever reads its reply fails with it */
  TW_POSTED_BEGIN,  /* so does the connection: how it begins a transaction */
  TW_POSTED_END,    /* of a snapshot: nobody misses it */
} TwPostedKind;

GArray *tw_db_new_posted (void);
/* Sends a statement without parameters or rows; @sql is constant. */
gboolean tw_db_post_query (TwDb *db, TwPostedKind kind, const char *sql, GError **error);
/* @sql (borrowed until then) was sent and its reply is to be read by tw_db_read_posted(): when it tells of fewer rows
 * than @wanted, that fails with @code and @refusal (nullable: it does not). */
gboolean tw_db_note_posted (TwDb *db, TwPostedKind kind, const char *sql, guint64 wanted, TwErrorCode code,
                            const char *refusal, GError **error);
/* Reads the replies to all that was sent; the first failure among them is told. */
gboolean tw_db_read_posted (TwDb *db, GError **error);

G_END_DECLS
