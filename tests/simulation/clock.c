/* clock.c: loaded into the server and its MariaDB before their C library: the day is what a file says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TRADEWIND_SIMULATION_MACHINE names a file that is mapped (machine.h), so a change is seen at once by every process,
 * as when the machine's own clock is set. The monotonic clock does not move, and a wait until a time of the wall clock
 * is as long as it would have been.
 *
 * Why not libfaketime: the programs under test are the same binaries that are installed, built with sanitizers; this
 * replaces five calls and keeps the rest of the C library as it is.
 */
#include "tests/simulation/preload.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Below is monotonic time: no machine has been up that long, and no wall clock is so far back. */
#define WALL_SECONDS 1000000000

const volatile SimMachineState *sim_preload_machine;

__attribute__ ((constructor)) static void
map_machine (void)
{
  const char *path = getenv ("TRADEWIND_SIMULATION_MACHINE");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = fd >= 0 ? mmap (NULL, sizeof *sim_preload_machine, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (fd >= 0)
    close (fd);
  if (mapped != MAP_FAILED)
    sim_preload_machine = mapped;
}

static gint64
get_ahead (void)
{
  return sim_preload_machine != NULL ? sim_preload_machine->ahead : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int result = (int) syscall (SYS_clock_gettime, clock, now);

  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    now->tv_sec += get_ahead ();
  return result;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec exact;

  clock_gettime (CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *now)
{
  struct timespec exact;

  clock_gettime (CLOCK_REALTIME, &exact);
  if (now != NULL)
    *now = exact.tv_sec;
  return exact.tv_sec;
}

int
timespec_get (struct timespec *now, int base)
{
  return base == TIME_UTC && clock_gettime (CLOCK_REALTIME, now) == 0 ? base : 0;
}

/* The kernel waits by its own wall clock. */
int
pthread_cond_timedwait (pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
                        const struct timespec *restrict until)
{
  struct timespec real = *until;

  if (real.tv_sec < WALL_SECONDS)
    return pthread_cond_clockwait (cond, mutex, CLOCK_MONOTONIC, until);
  real.tv_sec -= get_ahead ();
  return pthread_cond_clockwait (cond, mutex, CLOCK_REALTIME, &real);
}
