/* password-guess.h: whether somebody would guess a password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is looked up in cracklib's dictionary (Debian: cracklib-runtime), which also finds words with digits behind them,
 * rows of keys and patterns. Kinds of characters are not counted. Where the dictionary cannot be read, that is logged
 * and the password let pass. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tw_password_is_guessable (const char *password);
/* Whether the name of @user is in it, in whatever case. Names of two letters are in every other word. */
gboolean tw_password_has_name (const char *password, const char *user);

G_END_DECLS
