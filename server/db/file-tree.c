/* file-tree.c: see file-tree.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/file-tree.h"

#include <errno.h>
#include <glib/gstdio.h>

void
tw_file_tree_remove (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      tw_file_tree_remove (inner);
    }
  if (g_remove (path) != 0 && errno != ENOENT)
    g_message ("cannot remove %s: %s", path, g_strerror (errno));
}
