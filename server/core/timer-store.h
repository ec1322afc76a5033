/* timer-store.h: the SQL of the timers' leases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Takes the lease @name for @seconds unless another holds it. */
gboolean tw_timer_store_lease (TwDb *db, const char *name, const char *holder, guint seconds, gboolean *held,
                               GError **error);
/* Gives back all leases of @holder: whoever comes next goes on at once. */
gboolean tw_timer_store_give_back (TwDb *db, const char *holder, GError **error);

G_END_DECLS
