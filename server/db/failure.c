/* failure.c: what the database's errors mean to us
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/connection-private.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <string.h>

#ifndef ER_CONNECTION_KILLED
#define ER_CONNECTION_KILLED 1927
#endif

typedef enum
{
  FAILURE_OTHER,   /* our own fault */
  FAILURE_LOST,    /* the connection is gone: again on a new one */
  FAILURE_RETRY,   /* the server rolled the transaction back */
  FAILURE_AWAY,    /* cannot work now */
  FAILURE_DUPLICATE,
  FAILURE_REFUSED, /* by a constraint or trigger */
  FAILURE_PARENT,  /* a row that is named is not there */
  FAILURE_CHILD,   /* rows still refer to it */
} Failure;

static const struct
{
  guint code;
  Failure failure;
} failures[] = {
  { CR_CONNECTION_ERROR, FAILURE_LOST },
  { CR_CONN_HOST_ERROR, FAILURE_LOST },
  { CR_SERVER_GONE_ERROR, FAILURE_LOST },
  { CR_SERVER_LOST, FAILURE_LOST },
  { 2055 /* CR_SERVER_LOST_EXTENDED */, FAILURE_LOST },
  { CR_SSL_CONNECTION_ERROR, FAILURE_LOST }, /* a connection with TLS that breaks */
  { ER_SERVER_SHUTDOWN, FAILURE_LOST },
  { ER_CONNECTION_KILLED, FAILURE_LOST },
  { ER_NEW_ABORTING_CONNECTION, FAILURE_LOST },
  { ER_LOCK_DEADLOCK, FAILURE_RETRY },
  { ER_LOCK_WAIT_TIMEOUT, FAILURE_RETRY },
  { ER_CHECKREAD, FAILURE_RETRY },
  { ER_UNKNOWN_COM_ERROR, FAILURE_RETRY }, /* Galera: the node is not ready */
  { ER_ERROR_DURING_COMMIT, FAILURE_RETRY },
  { ER_UNKNOWN_STMT_HANDLER, FAILURE_LOST },
  { ER_NEED_REPREPARE, FAILURE_RETRY },
  { ER_CON_COUNT_ERROR, FAILURE_AWAY },
  /* Of the database's own files (mysys_err.h, which is not installed): a temporary one on a full disk, mostly. */
  { 1 /* EE_CANTCREATEFILE */, FAILURE_AWAY },
  { 2 /* EE_READ */, FAILURE_AWAY },
  { 3 /* EE_WRITE */, FAILURE_AWAY },
  { 14 /* EE_CANT_CHSIZE */, FAILURE_AWAY },
  { 20 /* EE_DISK_FULL */, FAILURE_AWAY },
  { ER_RECORD_FILE_FULL, FAILURE_AWAY }, /* disk full */
  { ER_DISK_FULL, FAILURE_AWAY },
  { ER_ERROR_ON_WRITE, FAILURE_AWAY }, /* of a temporary file */
  { ER_GET_ERRNO, FAILURE_AWAY },      /* of the engine: "28 No space left on device" */
  { ER_AUTOINC_READ_FAILED, FAILURE_AWAY }, /* the engine could not even open the table */
  { ER_OPTION_PREVENTS_STATEMENT, FAILURE_AWAY }, /* read-only server */
  { ER_STATEMENT_TIMEOUT, FAILURE_AWAY },
  { ER_DUP_ENTRY, FAILURE_DUPLICATE },
  { 1586 /* ER_DUP_ENTRY_WITH_KEY_NAME */, FAILURE_DUPLICATE },
  { ER_CONSTRAINT_FAILED, FAILURE_REFUSED },
  { ER_SIGNAL_EXCEPTION, FAILURE_REFUSED },
  { ER_NO_REFERENCED_ROW_2, FAILURE_PARENT },
  { ER_ROW_IS_REFERENCED_2, FAILURE_CHILD },
};

static Failure
classify (guint code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].code == code)
      return failures[i].failure;
  return FAILURE_OTHER;
}

/* "Duplicate entry 'x' for key 'customer_code'" → customer_code. The value may hold anything, so the name is
 * looked for from the end. */
static char *
key_name (const char *message)
{
  const char *end = strrchr (message, '\'');
  const char *start = end;

  if (end == NULL)
    return g_strdup (message);
  while (start > message && start[-1] != '\'' && start[-1] != '.')
    start--;
  return g_strndup (start, end - start);
}

static gboolean
refuse (Failure failure, guint code, const char *message, GError **error)
{
  g_autofree char *key = NULL;

  switch (failure)
    {
    case FAILURE_DUPLICATE:
      key = key_name (message);
      return tw_error_set (error, TW_ERROR_DUPLICATE, "%s", key);
    case FAILURE_REFUSED:
      /* Translators: %s is the database's own wording of the rule. */
      return tw_error_set (error, TW_ERROR_STATE, _ ("The stored records do not allow this: %s"), message);
    case FAILURE_PARENT:
      return tw_error_set (error, TW_ERROR_STATE, _ ("A record that this one names does not exist any more."));
    case FAILURE_CHILD:
      return tw_error_set (error, TW_ERROR_STATE, _ ("Other records still refer to this one."));
    default:
      return tw_error_set (error, TW_ERROR_INTERNAL, "database error %u: %s", code, message);
    }
}

gboolean
tw_db_fail (TwDb *db, guint code, const char *message, GError **error)
{
  Failure failure = classify (code);
  g_autofree char *kept = g_strdup (message); /* closing frees it */

  switch (failure)
    {
    case FAILURE_LOST:
      tw_db_note_loss (db);
      db->doomed = db->in_transaction;
      return tw_error_set (error, TW_ERROR_RETRY, "connection lost: %u %s", code, kept);
    case FAILURE_RETRY:
      /* After a deadlock the server has rolled back; what ran on would commit by itself. */
      db->doomed = db->in_transaction;
      return tw_error_set (error, TW_ERROR_RETRY, "%u %s", code, kept);
    case FAILURE_AWAY:
      g_message ("database unavailable: %u %s", code, kept);
      return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The database is not available at the moment."));
    default:
      return refuse (failure, code, kept, error);
    }
}

gboolean
tw_db_fail_statement (TwDb *db, guint code, const char *message, const char *sql, GError **error)
{
  tw_db_fail (db, code, message, error);
  /* The text helps whoever reads the log; people never see it. */
  if (error != NULL && g_error_matches (*error, TW_ERROR, TW_ERROR_INTERNAL))
    g_prefix_error (error, "%s: ", sql);
  return FALSE;
}
