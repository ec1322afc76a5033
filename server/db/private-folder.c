/* private-folder.c: see private-folder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* renameat2 */
#include "server/db/private-folder.h"
#include "server/db/file-tree.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOCKET_BYTES 107

/* @folder's own socket where its path is short enough, else one in the user's runtime folder. */
static char *
choose_socket (const char *folder)
{
  g_autofree char *near = g_build_filename (folder, "mariadb.sock", NULL);
  g_autofree char *digest = NULL;
  g_autofree char *name = NULL;

  if (strlen (near) <= SOCKET_BYTES)
    return g_steal_pointer (&near);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folder, -1);
  name = g_strdup_printf ("tradewind-%.16s.sock", digest);
  g_free (near);
  near = g_build_filename (g_get_user_runtime_dir (), name, NULL);
  if (strlen (near) <= SOCKET_BYTES && g_mkdir_with_parents (g_get_user_runtime_dir (), 0700) == 0)
    return g_steal_pointer (&near);
  return g_build_filename ("/tmp", name, NULL);
}

static gboolean
open_lock (TwPrivateFolder *folder, GError **error)
{
  folder->lock = open (folder->lock_file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (folder->lock >= 0)
    return TRUE;
  return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The file %s cannot be opened: %s"), folder->lock_file,
                       g_strerror (errno));
}

TwPrivateFolder *
tw_private_folder_open (const char *path, GError **error)
{
  g_autoptr (TwPrivateFolder) folder = g_new0 (TwPrivateFolder, 1);

  folder->lock = -1;
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The folder %s cannot be created: %s"), path, g_strerror (errno));
      return NULL;
    }
  folder->path = realpath (path, NULL);
  folder->lock_file = g_build_filename (folder->path, "keeper.lock", NULL);
  folder->paths.data = g_build_filename (folder->path, "data", NULL);
  folder->paths.pid_file = g_build_filename (folder->path, "mariadb.pid", NULL);
  folder->paths.log = g_build_filename (folder->path, "mariadb.log", NULL);
  folder->paths.socket = choose_socket (folder->path);
  return open_lock (folder, error) ? g_steal_pointer (&folder) : NULL;
}

void
tw_private_folder_close (TwPrivateFolder *folder)
{
  if (folder == NULL)
    return;
  if (folder->lock >= 0)
    close (folder->lock);
  free (folder->path);
  g_free (folder->lock_file);
  g_free (folder->paths.data);
  g_free (folder->paths.socket);
  g_free (folder->paths.pid_file);
  g_free (folder->paths.log);
  g_free (folder);
}

/* Whether what we opened is still what the name says: a restore puts another folder there. */
static gboolean
is_current (TwPrivateFolder *folder)
{
  struct stat opened, named;

  return fstat (folder->lock, &opened) == 0 && stat (folder->lock_file, &named) == 0 && opened.st_ino == named.st_ino
         && opened.st_dev == named.st_dev;
}

gboolean
tw_private_folder_try_keep (TwPrivateFolder *folder)
{
  if (folder->kept)
    return TRUE;
  if (!is_current (folder))
    {
      int old = folder->lock;

      if (!open_lock (folder, NULL))
        folder->lock = old;
      else
        close (old);
    }
  folder->kept = flock (folder->lock, LOCK_EX | LOCK_NB) == 0 && is_current (folder);
  return folder->kept;
}

/* ---- Replacing ---- */

TwPrivateFolder *
tw_private_folder_seize (const char *path, GError **error)
{
  g_autoptr (TwPrivateFolder) folder = tw_private_folder_open (path, error);
  GPid pid;

  if (folder == NULL)
    return NULL;
  if (!tw_private_folder_try_keep (folder))
    {
      tw_error_set (error, TW_ERROR_STATE, _ ("A server works with the folder %s; stop it first."), path);
      return NULL;
    }
  pid = tw_mariadb_find (&folder->paths);
  if (pid != 0)
    {
      tw_mariadb_wait (&folder->paths, pid, -1); /* before it answers it does not hear that it shall end */
      tw_mariadb_end (pid);
    }
  return g_steal_pointer (&folder);
}

gboolean
tw_private_folder_is_empty (TwPrivateFolder *folder)
{
  return !g_file_test (folder->paths.data, G_FILE_TEST_EXISTS);
}

/* The names are on disk when this returns. */
static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    tw_error_set (error, TW_ERROR_UNAVAILABLE, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return synced;
}

/* Not every file system can exchange two folders. One without a database may be away for a moment. */
static gboolean
put_in_place (TwPrivateFolder *folder, const char *other)
{
  if (renameat2 (AT_FDCWD, other, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0)
    return TRUE;
  if (!tw_private_folder_is_empty (folder))
    return FALSE;
  tw_file_tree_remove (folder->path);
  return g_rename (other, folder->path) == 0;
}

gboolean
tw_private_folder_replace (TwPrivateFolder *folder, const char *other, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder->path);
  g_autofree char *beside = g_path_get_dirname (other);

  g_assert (folder->kept);
  if (!put_in_place (folder, other))
    return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                         _ ("The folders %s and %s cannot be exchanged (%s); restore into an empty place instead."),
                         folder->path, other, g_strerror (errno));
  if (!sync_folder (parent, error) || !sync_folder (beside, error))
    return FALSE;
  tw_file_tree_remove (other);
  return TRUE;
}
