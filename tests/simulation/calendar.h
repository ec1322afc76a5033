/* calendar.h: the wall clock of the server and its database (see clock.c)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SimCalendar SimCalendar;

SimCalendar *sim_calendar_new (void);
void sim_calendar_free (SimCalendar *calendar);
/* What a process needs so that its clock is this one: NAME=VALUE, NULL-terminated. */
const char *const *sim_calendar_get_environment (SimCalendar *calendar);
void sim_calendar_advance (SimCalendar *calendar, gint64 seconds);

G_END_DECLS
