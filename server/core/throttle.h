/* throttle.h: guessing passwords gets slower and slower
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An attempt is counted before the password is looked at, so that many at once gain nothing; a right password takes it
 * back.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Counts an attempt for @user from @address. *wait is 0 when it may go on, else the seconds until it may. A user has
 * five free failures, an address, behind which a whole office may sit, thirty. Runs its own transaction. */
gboolean tw_throttle_enter (TwDb *db, const char *user, const char *address, TwTime now, guint *wait, GError **error);
/* The password was right: forgets the user's failures and this attempt of the address. In ctx's transaction. */
gboolean tw_throttle_clear (TwContext *ctx, const char *user, const char *address, GError **error);
/* The password could not be looked at, through no fault of the asker: takes the attempt back. Runs its own
 * transaction. */
gboolean tw_throttle_give_back (TwDb *db, const char *user, const char *address, GError **error);

G_END_DECLS
