/* disk.h: a small disk for the data folder: a tmpfs that this process and its children see, and that can be full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SimDisk SimDisk;

/* Leaves the system's namespace of mounts (so that nothing stays mounted, however the run ends) and mounts one. Before
 * the first thread. NULL where that is not allowed; *reason (transfer full) then says why. */
SimDisk *sim_disk_new (guint mebibytes, char **reason);
void sim_disk_free (SimDisk *disk);
const char *sim_disk_get_folder (SimDisk *disk);
/* From now on there is no room for anything more. */
void sim_disk_fill (SimDisk *disk);
void sim_disk_make_room (SimDisk *disk);

G_END_DECLS
