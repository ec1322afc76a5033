/* edition.c: see edition.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/edition.h"

#include "server/masterdata/edition-store.h"

/* Of this thread's transaction. */
static _Thread_local struct
{
  gsize transaction;
  gint64 edition; /* 0: not known */
  gboolean raised;
} seen;

/* FALSE outside a transaction, where nothing is remembered. */
static gboolean
enter (TwContext *ctx)
{
  gsize transaction = tw_db_get_transaction (ctx->db);

  if (seen.transaction != transaction)
    {
      seen.transaction = transaction;
      seen.edition = 0;
      seen.raised = FALSE;
    }
  return transaction != 0;
}

gboolean
tw_edition_get (TwContext *ctx, gint64 *edition, GError **error)
{
  *edition = 0;
  if (!enter (ctx) || seen.raised)
    return TRUE;
  if (seen.edition == 0 && !tw_edition_store_read (ctx->db, &seen.edition, error))
    return FALSE;
  *edition = seen.edition;
  return TRUE;
}

void
tw_edition_set (TwContext *ctx, gint64 edition)
{
  if (enter (ctx) && seen.edition == 0)
    seen.edition = edition;
}

gboolean
tw_edition_raise (TwContext *ctx, GError **error)
{
  if (enter (ctx) && seen.raised)
    return TRUE;
  if (!tw_edition_store_raise (ctx->db, error))
    return FALSE;
  seen.raised = TRUE;
  return TRUE;
}
