/* private-folder.h: the folder of a private MariaDB, and who may work in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever holds the lock of `keeper.lock` may start, stop and replace what is inside.
 */
#pragma once

#include "server/db/mariadb-process.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  char *lock_file;
  int lock;      /* descriptor of it */
  gboolean kept; /* whether we hold it */
  TwMariadbPaths paths;
} TwPrivateFolder;

/* Creates @path when it is not there. */
TwPrivateFolder *tw_private_folder_open (const char *path, GError **error);
/* Lets the lock go. */
void tw_private_folder_close (TwPrivateFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPrivateFolder, tw_private_folder_close)

/* Tries to become the keeper; does not wait. */
gboolean tw_private_folder_try_keep (TwPrivateFolder *folder);

/* Opens @path, keeps it, and ends a mariadbd that a killed server left behind: nothing happens in it until it is
 * closed. TW_ERROR_STATE when a server works with it. */
TwPrivateFolder *tw_private_folder_seize (const char *path, GError **error);
/* Whether no database was ever created in it. */
gboolean tw_private_folder_is_empty (TwPrivateFolder *folder);
/* Puts what is in folder @other, where nothing may run, in the place of a seized one, in one step that a crash cannot
 * halve; what was there is then removed. */
gboolean tw_private_folder_replace (TwPrivateFolder *folder, const char *other, GError **error);

G_END_DECLS
