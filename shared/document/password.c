/* password.c: see password.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/password.h"

static const TwField new_password_fields[] = {
  TW_TEXT (TwNewPassword, password, N_ ("New password"), 200, TW_REQUIRED | TW_WRITE_ONLY),
};
TW_DEFINE_RECORD (TwNewPassword, tw_new_password, "new_password", N_ ("New password"), new_password_fields)
