/* machine.h: the machine as the server and its database see it: its wall clock, and whether its disk has room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the processes map; see clock.c and room.c, which are loaded into them. */
typedef struct
{
  gint64 ahead; /* seconds that the wall clock is ahead */
  gint64 full;  /* not 0: no file can grow */
} SimMachineState;

typedef struct _SimMachine SimMachine;

SimMachine *sim_machine_new (void);
void sim_machine_free (SimMachine *machine);
/* What a process needs so that its machine is this one: NAME=VALUE, NULL-terminated. */
const char *const *sim_machine_get_environment (SimMachine *machine);
void sim_machine_advance (SimMachine *machine, gint64 seconds);
void sim_machine_set_full (SimMachine *machine, gboolean full);

G_END_DECLS
