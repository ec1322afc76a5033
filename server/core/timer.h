/* timer.h: what the server does by itself from time to time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread of each server process; a lease lets one process at a time do a timer's work, once in its interval.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Outside a transaction: it begins its own, one for each thing that it does. A failure is logged, and it is tried
 * again after the next interval. */
typedef gboolean (*TwTimerFunc) (TwDb *db, GError **error);

/* Areas add theirs at start, before threads. @name ("sales") must live for ever. */
void tw_timer_add (const char *name, guint seconds, TwTimerFunc func);

typedef struct _TwTimers TwTimers;

/* Starts the thread with a connection of its own; all timers run at once, then in their intervals. */
TwTimers *tw_timers_start (const TwDbAddress *address);
/* What it has begun ends at its next statement; joins the thread. */
void tw_timers_stop (TwTimers *timers);

/* Runs @func when @holder has or gets the lease of timer @name for @seconds. *done tells whether it ran. */
gboolean tw_timer_run (TwDb *db, const char *name, guint seconds, TwTimerFunc func, const char *holder, gboolean *done,
                       GError **error);

G_END_DECLS
