/* mariadb-process.h: one mariadbd on one folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *data;   /* MariaDB's data directory */
  char *socket; /* at most 107 bytes */
  char *pid_file;
  char *log;
  guint buffer_pool_mib;
} TwMariadbPaths;

/* Creates the data directory: in a temporary one beside it, then renamed, so that there is never half of one. */
gboolean tw_mariadb_install (const TwMariadbPaths *paths, GError **error);

/* How large the redo log is to be, in MiB, where @present_mib (0: none yet) are there and @room_mib are free. */
guint tw_mariadb_choose_log_mib (guint pool_mib, guint present_mib, guint64 room_mib);

/* Starts mariadbd and waits until its socket accepts. @pid is a child of this process. */
gboolean tw_mariadb_spawn (const TwMariadbPaths *paths, GPid *pid, GError **error);

/* The living mariadbd of the data directory, 0 when there is none. */
GPid tw_mariadb_find (const TwMariadbPaths *paths);

/* Waits until @pid answers at the socket, as long as it lives; crash recovery takes its time. FALSE at once when there
 * is something to read at @leaving (−1: nobody interrupts). */
gboolean tw_mariadb_wait (const TwMariadbPaths *paths, GPid pid, int leaving);

/* Whether a server greets at the socket. */
gboolean tw_mariadb_accepts (const char *socket_path);

/* Asks @pid to end and waits for it; after 30 s it is killed, which it survives without loss. */
void tw_mariadb_end (GPid pid);

/* A descriptor that becomes readable when @pid ends, -1 when it is gone. Close it. */
int tw_mariadb_watch (GPid pid);

G_END_DECLS
