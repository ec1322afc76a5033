/* session-record.h: the bodies and answers of /session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwSignIn
{
  TwRecord parent;
  char *user;
  char *password;
};
TW_DECLARE_RECORD (TwSignIn, tw_sign_in)

struct _TwPasswordChange
{
  TwRecord parent;
  char *password; /* the one until now */
  char *new_password;
};
TW_DECLARE_RECORD (TwPasswordChange, tw_password_change)

struct _TwSessionInfo
{
  TwRecord parent;
  char *token; /* only in the answer to a sign-in */
  char *user;
  gint64 user_id;
  char *name;
  GStrv roles;
  GStrv permissions;
  char *language;
  TwTime expires_at;
};
TW_DECLARE_RECORD (TwSessionInfo, tw_session_info)

G_END_DECLS
