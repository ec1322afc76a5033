/* content.h: what a whole database holds, to be compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* A line a table, with its name and a checksum over all its rows; without those that belong to a place and not to what
 * is kept in it (sessions, leases, grants). Tables that @skip names ("change_log change_seal") are left out too.
 * (transfer full) */
char *tw_content_sum (TwDb *db, const char *skip);
/* Fails the test with the lines that differ. */
void tw_content_assert_same (const char *found, const char *expected);

G_END_DECLS
