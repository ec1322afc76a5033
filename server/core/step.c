/* step.c: one of many steps in a transaction, undone alone when it fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/step.h"

static gboolean
is_fatal (const GError *error)
{
  return error->domain != TW_ERROR || error->code == TW_ERROR_RETRY || error->code == TW_ERROR_UNAVAILABLE
         || error->code == TW_ERROR_INTERNAL;
}

gboolean
tw_context_step (TwContext *ctx, TwStepFunc func, gpointer data, gboolean *fatal, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *fatal = TRUE;
  if (!tw_db_settle (ctx->db, error) || !tw_db_execute_script (ctx->db, "SAVEPOINT step;", error))
    return FALSE;
  if (func (ctx, data, &problem) && tw_db_settle (ctx->db, &problem))
    {
      *fatal = FALSE;
      return tw_db_execute_script (ctx->db, "RELEASE SAVEPOINT step;", error) || (*fatal = TRUE, FALSE);
    }
  if (!is_fatal (problem))
    {
      tw_db_forget_later (ctx->db);
      if (!tw_db_execute_script (ctx->db, "ROLLBACK TO SAVEPOINT step;", error))
        return FALSE;
      *fatal = FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
