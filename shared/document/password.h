/* password.h: a new password for somebody else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwNewPassword
{
  TwRecord parent;
  char *password;
};
TW_DECLARE_RECORD (TwNewPassword, tw_new_password)

G_END_DECLS
