/* session-record.c: see session-record.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/session-record.h"

#define MAX_PASSWORD 200

static const TwField sign_in_fields[] = {
  TW_TEXT (TwSignIn, user, N_ ("User name"), 120, TW_REQUIRED),
  TW_TEXT (TwSignIn, password, N_ ("Password"), MAX_PASSWORD, TW_REQUIRED | TW_WRITE_ONLY),
};
TW_DEFINE_RECORD (TwSignIn, tw_sign_in, "sign_in", N_ ("Sign-in"), sign_in_fields)

static const TwField password_change_fields[] = {
  TW_TEXT (TwPasswordChange, password, N_ ("Password until now"), MAX_PASSWORD, TW_REQUIRED | TW_WRITE_ONLY),
  TW_TEXT (TwPasswordChange, new_password, N_ ("New password"), MAX_PASSWORD, TW_REQUIRED | TW_WRITE_ONLY),
};
TW_DEFINE_RECORD (TwPasswordChange, tw_password_change, "password_change", N_ ("New password"), password_change_fields)

static const TwField session_info_fields[] = {
  TW_TEXT (TwSessionInfo, token, N_ ("Token"), 64, TW_SERVER),
  TW_TEXT (TwSessionInfo, user, N_ ("User name"), 120, TW_SERVER),
  TW_INT (TwSessionInfo, user_id, N_ ("User"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwSessionInfo, name, N_ ("Name"), 120, TW_SERVER),
  TW_STRINGS (TwSessionInfo, roles, N_ ("Roles"), 20, TW_SERVER),
  TW_STRINGS (TwSessionInfo, permissions, N_ ("Permissions"), 1000, TW_SERVER),
  TW_TEXT (TwSessionInfo, language, N_ ("Language"), 10, TW_SERVER),
  TW_TIME (TwSessionInfo, expires_at, N_ ("Ends"), TW_SERVER),
};
TW_DEFINE_RECORD (TwSessionInfo, tw_session_info, "session", N_ ("Session"), session_info_fields)
