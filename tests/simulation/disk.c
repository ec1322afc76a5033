/* disk.c: see disk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/disk.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct _SimDisk
{
  char *folder;
  guint mebibytes;
};

static gboolean
write_file (const char *path, const char *text)
{
  FILE *file = fopen (path, "we");
  gboolean written = file != NULL && fputs (text, file) >= 0;

  return (file == NULL || fclose (file) == 0) && written;
}

/* Root has the right already; others have it in a namespace of users of their own, as themselves. */
static gboolean
leave_namespace (void)
{
  uid_t user = geteuid ();
  g_autofree char *users = g_strdup_printf ("%u %u 1", user, user);
  gid_t group = getegid ();
  g_autofree char *groups = g_strdup_printf ("%u %u 1", group, group);

  if (unshare (CLONE_NEWNS) == 0)
    return TRUE;
  return errno == EPERM && unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_file ("/proc/self/setgroups", "deny")
         && write_file ("/proc/self/uid_map", users) && write_file ("/proc/self/gid_map", groups);
}

static gboolean
mount_with_size (SimDisk *disk, gulong flags, guint64 kibibytes)
{
  g_autofree char *options = g_strdup_printf ("size=%" G_GUINT64_FORMAT "k,mode=0700", kibibytes);

  return mount ("tradewind-simulation", disk->folder, "tmpfs", flags, options) == 0;
}

SimDisk *
sim_disk_new (guint mebibytes, char **reason)
{
  SimDisk *disk = g_new0 (SimDisk, 1);
  g_autoptr (GError) error = NULL;

  disk->mebibytes = mebibytes;
  disk->folder = g_dir_make_tmp ("tradewind-disk-XXXXXX", &error);
  g_assert_no_error (error);
  if (leave_namespace () && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
      && mount_with_size (disk, 0, mebibytes * 1024))
    return disk;
  *reason = g_strdup (g_strerror (errno));
  g_rmdir (disk->folder);
  g_free (disk->folder);
  g_free (disk);
  return NULL;
}

void
sim_disk_free (SimDisk *disk)
{
  umount2 (disk->folder, MNT_DETACH);
  g_rmdir (disk->folder);
  g_free (disk->folder);
  g_free (disk);
}

const char *
sim_disk_get_folder (SimDisk *disk)
{
  return disk->folder;
}

/* The size becomes what is used; a file that grows meanwhile makes that impossible, so again. */
void
sim_disk_fill (SimDisk *disk)
{
  struct statvfs now;
  gboolean is_full = FALSE;

  for (guint tries = 0; !is_full && tries < 100; tries++)
    {
      g_assert_cmpint (statvfs (disk->folder, &now), ==, 0);
      is_full = mount_with_size (disk, MS_REMOUNT, (now.f_blocks - now.f_bfree) * now.f_frsize / 1024);
    }
  if (!is_full)
    g_error ("the disk cannot be made full: %s", g_strerror (errno));
}

void
sim_disk_make_room (SimDisk *disk)
{
  if (!mount_with_size (disk, MS_REMOUNT, disk->mebibytes * 1024))
    g_error ("the disk cannot get room: %s", g_strerror (errno));
}
