/* room.c: loaded into the server and its MariaDB before their C library: no file grows on a full disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only where the run may not mount a small disk of its own (disk.c): what the kernel itself refuses is the better test.
 * What is written over is written, what would make a file longer ends with ENOSPC. MariaDB makes its files longer by
 * these calls alone; what it writes asynchronously lies inside them.
 */
#include "tests/simulation/preload.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static gboolean
is_full (int fd, off_t *size)
{
  struct stat file;

  if (sim_preload_machine == NULL || sim_preload_machine->full == 0 || fstat (fd, &file) != 0
      || !S_ISREG (file.st_mode))
    return FALSE;
  *size = file.st_size;
  return TRUE;
}

/* Whether bytes up to @end do not fit. */
static gboolean
lacks_room (int fd, off_t end)
{
  off_t size;

  return is_full (fd, &size) && end > size;
}

ssize_t
write (int fd, const void *bytes, size_t length)
{
  off_t size;

  if (is_full (fd, &size) && (off_t) length + (fcntl (fd, F_GETFL) & O_APPEND ? size : lseek (fd, 0, SEEK_CUR)) > size)
    {
      errno = ENOSPC;
      return -1;
    }
  return syscall (SYS_write, fd, bytes, length);
}

static ssize_t
write_at (int fd, const void *bytes, size_t length, off_t at)
{
  if (lacks_room (fd, at + (off_t) length))
    {
      errno = ENOSPC;
      return -1;
    }
  return syscall (SYS_pwrite64, fd, bytes, length, at);
}

/* By either name, whatever the size of an offset was when the caller was compiled. */
ssize_t sim_preload_pwrite (int fd, const void *bytes, size_t length, off_t at) __asm__ ("pwrite");
ssize_t sim_preload_pwrite64 (int fd, const void *bytes, size_t length, off_t at) __asm__ ("pwrite64");

ssize_t
sim_preload_pwrite (int fd, const void *bytes, size_t length, off_t at)
{
  return write_at (fd, bytes, length, at);
}

ssize_t
sim_preload_pwrite64 (int fd, const void *bytes, size_t length, off_t at)
{
  return write_at (fd, bytes, length, at);
}

static int
allocate (int fd, int mode, off_t at, off_t length)
{
  if (mode == 0 && lacks_room (fd, at + length))
    {
      errno = ENOSPC;
      return -1;
    }
  return (int) syscall (SYS_fallocate, fd, mode, at, length);
}

int sim_preload_fallocate (int fd, int mode, off_t at, off_t length) __asm__ ("fallocate");
int sim_preload_fallocate64 (int fd, int mode, off_t at, off_t length) __asm__ ("fallocate64");
int sim_preload_posix_fallocate (int fd, off_t at, off_t length) __asm__ ("posix_fallocate");
int sim_preload_posix_fallocate64 (int fd, off_t at, off_t length) __asm__ ("posix_fallocate64");

int
sim_preload_fallocate (int fd, int mode, off_t at, off_t length)
{
  return allocate (fd, mode, at, length);
}

int
sim_preload_fallocate64 (int fd, int mode, off_t at, off_t length)
{
  return allocate (fd, mode, at, length);
}

int
sim_preload_posix_fallocate (int fd, off_t at, off_t length)
{
  return allocate (fd, 0, at, length) == 0 ? 0 : errno;
}

int
sim_preload_posix_fallocate64 (int fd, off_t at, off_t length)
{
  return allocate (fd, 0, at, length) == 0 ? 0 : errno;
}
