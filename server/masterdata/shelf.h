/* shelf.h: master data that this process has read, of one edition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. The shelf holds records of the newest edition that it was asked for; a newer one clears it. What stands
 * there is shared and never changed.
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* The record called @name in @edition, NULL when it is not there; always NULL for edition 0. (transfer full) */
TwRecord *tw_shelf_take (gint64 edition, const char *name);
/* Puts @record there for all who see @edition; nothing happens when that is not the shelf's any more. */
void tw_shelf_put (gint64 edition, const char *name, TwRecord *record);

G_END_DECLS
