/* session.h: who is signed in, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread only. The process has one session, which outlives windows (a change of language builds a
 * new window over the same session).
 */
#pragma once

#include "client/net/api.h"
#include "client/net/events.h"

G_BEGIN_DECLS

#define TW_TYPE_SESSION (tw_session_get_type ())
G_DECLARE_FINAL_TYPE (TwSession, tw_session, TW, SESSION, GObject)

/* Properties: "signed-in" (boolean), "user-name" (string, the person's name).
 * Signals: "expired" (): the server ended the session; "signed-in" turned FALSE just before. */
TwSession *tw_session_new (const char *server);

/* The process's session, made by the application or a test; asserts that there is one. (transfer none) */
TwSession *tw_session_get_default (void);
void tw_session_set_default (TwSession *session); /* takes a reference; NULL clears */

TwApi *tw_session_get_api (TwSession *self);
TwEvents *tw_session_get_events (TwSession *self);
gboolean tw_session_is_signed_in (TwSession *self);
const char *tw_session_get_user (TwSession *self);      /* sign-in name, NULL when signed out */
const char *tw_session_get_user_name (TwSession *self); /* the person's name */
const char *const *tw_session_get_roles (TwSession *self); /* keys, NULL when signed out */
/* Whether the user's roles open @permission ("order.submit"); NULL is open to all. For what to show only: the server
 * decides. */
gboolean tw_session_may (TwSession *self, const char *permission);

/* Errors: TW_ERROR_UNAUTHENTICATED for a wrong user or password, TW_ERROR_TOO_MANY when throttled,
 * TW_ERROR_UNAVAILABLE without a server. */
void tw_session_sign_in_async (TwSession *self, const char *user, const char *password, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean tw_session_sign_in_finish (TwSession *self, GAsyncResult *result, GError **error);
/* Ends the session here at once and, as far as it can be reached, at the server. */
void tw_session_sign_out (TwSession *self);
void tw_session_change_password_async (TwSession *self, const char *old_password, const char *new_password,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tw_session_change_password_finish (TwSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
