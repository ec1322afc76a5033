/* session-store.h: the rows of tables session and app_user that signing in needs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

#define TW_TOKEN_HASH_BYTES 32

typedef struct
{
  gint64 user_id;
  char *user; /* as it is stored */
  char *hash; /* nullable: cannot sign in */
  gboolean active;
} TwCredentials;

void tw_credentials_clear (TwCredentials *credentials);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TwCredentials, tw_credentials_clear)

gboolean tw_session_store_find_user (TwDb *db, const char *user, gboolean lock, gboolean *found,
                                     TwCredentials *credentials, GError **error);
gboolean tw_session_store_set_password (TwContext *ctx, gint64 user_id, const char *hash, GError **error);

gboolean tw_session_store_insert (TwContext *ctx, gint64 user_id, const guint8 *token_hash, TwTime expires,
                                  const char *address, gint64 *id, GError **error);
/* A session that lives at @now and was seen after @idle_since; NULL without error when there is none. (transfer
 * full) */
TwPrincipal *tw_session_store_find (TwDb *db, const guint8 *token_hash, TwTime now, TwTime idle_since,
                                    TwTime *last_seen_at, GError **error);
TwPrincipal *tw_session_store_find_by_id (TwDb *db, gint64 id, TwTime *expires_at, GError **error);
gboolean tw_session_store_touch (TwDb *db, gint64 id, TwTime now, GError **error);
gboolean tw_session_store_delete (TwContext *ctx, gint64 id, GError **error);
gboolean tw_session_store_delete_others (TwContext *ctx, gint64 user_id, gint64 except, GError **error);
/* Deletes some sessions that ended before ctx->now. */
gboolean tw_session_store_sweep (TwContext *ctx, GError **error);

G_END_DECLS
