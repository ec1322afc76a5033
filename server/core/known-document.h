/* known-document.h: documents that this process has read or left, as they are when their stamp is found again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stamp (known.h) is the version, the edition of what the document shows of other tables (TW_LIST_SHOWN_SQL) and
 * the day. Whoever writes a document in SQL, past the server, has to raise its version.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

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
