/* password.h: argon2id, bounded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One hash takes 64 MiB and about 70 ms. At most two run at a time in the process and at most sixteen callers wait;
 * the next gets TW_ERROR_UNAVAILABLE. Never call inside a transaction.
 */
#pragma once

#include "shared/base/error.h"

G_BEGIN_DECLS

#define TW_PASSWORD_MIN_CHARACTERS 10
#define TW_PASSWORD_MAX_BYTES 1024

/* The PHC string to store. (transfer full) */
char *tw_password_hash (const char *password, GError **error);
/* *matches tells whether @password belongs to @hash; @hash NULL costs the same time and never matches. */
gboolean tw_password_verify (const char *hash, const char *password, gboolean *matches, GError **error);
/* Long enough, no common word or pattern, without the name of @user (nullable): a fault at @pointer otherwise. */
gboolean tw_password_check (const char *password, const char *user, const char *pointer, GError **error);

G_END_DECLS
