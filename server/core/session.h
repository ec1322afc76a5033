/* session.h: who is signed in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token is 256 random bits, stored only as its SHA-256. A session ends after idle time, at its absolute end, at
 * sign-out, and when the person's password, roles or status change. Looked-up sessions are kept in the process for at
 * most two seconds, so an end elsewhere is noticed within that time.
 */
#pragma once

#include "server/core/exchange.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 idle;     /* seconds without a request */
  gint64 absolute; /* seconds after sign-in */
} TwSessionTimes;

/* Once at start, before threads. Default: 12 hours, 7 days. */
void tw_session_set_times (TwSessionTimes times);

/* Who bears @token: from the cache, else from @db (NULL: cache only, NULL without error when not there).
 * TW_ERROR_UNAUTHENTICATED. (transfer full) */
TwPrincipal *tw_session_find (TwDb *db, const char *token, GError **error);

/* Starts a session of an active user. (transfer full) *token, *who. */
gboolean tw_session_open (TwContext *ctx, gint64 user_id, const char *address, char **token, TwTime *expires,
                          TwPrincipal **who, GError **error);
gboolean tw_session_close (TwContext *ctx, gint64 session_id, GError **error);
/* Ends all sessions of @user_id but @except (0: all): new password, roles, or a disabled user. */
gboolean tw_session_close_all (TwContext *ctx, gint64 user_id, gint64 except, GError **error);
/* Stores @hash (of tw_password_hash()) as the user's password and ends their sessions but @except (0: all). */
gboolean tw_session_set_password (TwContext *ctx, gint64 user_id, const char *hash, gint64 except, GError **error);
/* Drops the process's cached look-ups. Any thread. */
void tw_session_forget (void);
/* After a transaction on this thread: forgets when it ended sessions. The frame calls it. */
void tw_session_settle (void);

/* /session: sign in, who am I, sign out, new password. */
void tw_session_add_routes (void);

G_END_DECLS
