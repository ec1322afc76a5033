/* change.h: the change log: audit, live events and outbox in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules write rows in their own transaction; the sealer gives committed rows their sequence number
 * and hash link afterwards (seal.h).
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Records that @after's document was changed by @action. @before NULL: created; @after NULL: deleted. The fields
 * that differ are kept with both values. @reason nullable. */
gboolean tw_change_record (TwContext *ctx, const char *action, TwRecord *before, TwRecord *after, const char *reason,
                           GError **error);

/* The same for a fact that is no field change (a signature, a sign-in): @detail is a JSON object or NULL. */
gboolean tw_change_note (TwContext *ctx, const char *document, gint64 id, gint64 version, const char *action,
                         const char *detail, const char *reason, GError **error);

/* As tw_change_note(), naming the person acted for. */
gboolean tw_change_note_for (TwContext *ctx, const char *document, gint64 id, gint64 version, const char *action,
                             gint64 on_behalf_of, const char *detail, const char *reason, GError **error);

G_END_DECLS
