/* change-store.c: see change-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change-store.h"

gboolean
tw_change_store_insert (TwContext *ctx, const TwChangeEntry *change, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (
    ctx->db, "INSERT INTO change_log (at, user_id, on_behalf_of, source, document, document_id, version, action,"
             " reason, before_values, after_values)"
             " VALUES (:at, :user_id, :on_behalf_of, :source, :document, :document_id, :version, :action, :reason,"
             " :before_values, :after_values)");

  tw_bind_time (insert, "at", ctx->now);
  tw_bind_id (insert, "user_id", ctx->who ? ctx->who->user_id : 0);
  tw_bind_id (insert, "on_behalf_of", change->on_behalf_of);
  tw_bind_text (insert, "source", ctx->source);
  tw_bind_text (insert, "document", change->document);
  tw_bind_int (insert, "document_id", change->document_id);
  tw_bind_int (insert, "version", change->version);
  tw_bind_text (insert, "action", change->action);
  tw_bind_text (insert, "reason", change->reason);
  tw_bind_text (insert, "before_values", change->before);
  tw_bind_text (insert, "after_values", change->after);
  return tw_statement_run_later (insert, TW_AT_COMMIT, NULL, error);
}
