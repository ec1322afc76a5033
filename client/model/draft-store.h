/* draft-store.h: what was typed and not yet saved survives a crash, a lost server and an ended session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One small JSON file a draft, in the user's data directory, readable by them alone. Keys name server, user,
 * document and id; what they are made of is not secret, but their text may be, so files are named by a hash.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TW_TYPE_DRAFT_STORE (tw_draft_store_get_type ())
G_DECLARE_FINAL_TYPE (TwDraftStore, tw_draft_store, TW, DRAFT_STORE, GObject)

/* @directory NULL: `tradewind/drafts` below the user's data directory. */
TwDraftStore *tw_draft_store_new (const char *directory);
/* The process's store. Main thread only. (transfer none) */
TwDraftStore *tw_draft_store_get_default (void);

/* "order" 12 of this user at this server; 0 for a new one. (transfer full) */
char *tw_draft_store_make_key (const char *server, const char *user, const char *document, gint64 id);

/* Keeps @draft, a JSON object as text, for @key; written within half a second, at once on tw_draft_store_flush(). */
void tw_draft_store_keep (TwDraftStore *self, const char *key, const char *draft);
/* What was kept, NULL when nothing was or it cannot be read. (transfer full) */
JsonObject *tw_draft_store_recall (TwDraftStore *self, const char *key);
void tw_draft_store_forget (TwDraftStore *self, const char *key);
/* Writes what waits. FALSE with the first error; drafts that could not be written stay waiting. */
gboolean tw_draft_store_flush (TwDraftStore *self, GError **error);

G_END_DECLS
