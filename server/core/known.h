/* known.h: records that this process has read, each under the stamp that it had
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stamp is whatever changes when the record does. Whoever finds the same stamp in the database need not read the
 * record again; what is known is never taken for true by itself. Any thread. What stands here is shared and never
 * changed.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* What is known as @name ("customer 12"), with its stamp; NULL when nothing is. (transfer full) both. */
TwRecord *tw_known_find (const char *name, char **stamp);
/* A copy of what is known as @name under @stamp; NULL when that is not known. (transfer full) */
TwRecord *tw_known_copy (const char *name, const char *stamp);
/* Keeps a copy. Only of what is committed. */
void tw_known_put (const char *name, const char *stamp, TwRecord *record);

/* ---- Documents ----
 *
 * Their stamp is their version, the edition of what they show of other tables (TW_LIST_SHOWN_SQL) and the day. */

/* A copy of @document as it is in @version; NULL when it is not known. (transfer full) */
TwRecord *tw_known_take (TwContext *ctx, const char *document, gint64 id, gint64 version, gint64 shown);
/* @record was read in a snapshot that has seen both. */
void tw_known_put_document (TwContext *ctx, const char *document, TwRecord *record, gint64 version, gint64 shown);
/* The document as it once was, for what never changes of it; NULL when it is not known. (transfer full) */
TwRecord *tw_known_remember (TwContext *ctx, const char *document, gint64 id);

/* Whoever has locked the row and finds the stamp goes on where the last step has ended. Nothing is kept for or of a
 * customer's contact, who is not shown everything. Orders are not kept so: what is signed is what is stored, whoever
 * changed it, and the digest has to find that out.
 *
 * Runs @lock: "SELECT version, … AS shown FROM … WHERE id = :id FOR UPDATE", which may select more. *record: a copy of
 * @document as it stands; NULL when it has to be read, as always when the transaction has locked it before, and when
 * there is none. (transfer full) */
gboolean tw_known_lock (TwContext *ctx, const char *document, TwStatement *lock, gint64 id, TwRecord **record,
                        GError **error);
/* An edition that another statement of the transaction has read. The first that a transaction sees is that of all that
 * it reads after it. */
void tw_known_see (TwContext *ctx, gint64 shown);
/* @record is all that would be read of it: once the transaction is committed it is known. */
void tw_known_keep (TwContext *ctx, const char *document, TwRecord *record);

G_END_DECLS
