/* shelf.h: master data that this process has read, of one edition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. The shelf holds records, or lists of them, of the newest edition that it was asked for; a newer one
 * clears it. What stands there is shared and never changed.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What is called @name in @edition, NULL when it is not there; always NULL for edition 0. (transfer full) */
gpointer tw_shelf_take (gint64 edition, const char *name);
/* Puts @object there for all who see @edition; nothing happens when that is not the shelf's any more. */
void tw_shelf_put (gint64 edition, const char *name, gpointer object);

G_END_DECLS
