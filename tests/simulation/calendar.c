/* calendar.c: see calendar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/calendar.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct _SimCalendar
{
  char *file;
  volatile gint64 *ahead; /* seconds; the file, mapped */
  GStrv environment;
};

/* The clock comes before the sanitizer's own library, which it does not concern. */
static GStrv
build_environment (const char *file)
{
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *clock = g_strconcat ("TRADEWIND_SIMULATION_CLOCK=", file, NULL);
  g_autofree char *sanitizer
    = g_strdup_printf ("ASAN_OPTIONS=%s%sverify_asan_link_order=0", options != NULL ? options : "",
                       options != NULL ? ":" : "");

  g_strv_builder_add_many (builder, "LD_PRELOAD=" SIM_CLOCK_LIBRARY, clock, sanitizer, NULL);
  return g_strv_builder_end (builder);
}

SimCalendar *
sim_calendar_new (void)
{
  SimCalendar *calendar = g_new0 (SimCalendar, 1);
  g_autoptr (GError) error = NULL;
  gpointer mapped;
  int fd = g_file_open_tmp ("tradewind-clock-XXXXXX", &calendar->file, &error);

  g_assert_no_error (error);
  if (ftruncate (fd, sizeof (gint64)) != 0)
    g_error ("%s: %s", calendar->file, g_strerror (errno));
  mapped = mmap (NULL, sizeof (gint64), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (mapped != MAP_FAILED);
  close (fd);
  calendar->ahead = mapped;
  calendar->environment = build_environment (calendar->file);
  return calendar;
}

void
sim_calendar_free (SimCalendar *calendar)
{
  munmap ((gpointer) calendar->ahead, sizeof (gint64));
  g_unlink (calendar->file);
  g_free (calendar->file);
  g_strfreev (calendar->environment);
  g_free (calendar);
}

const char *const *
sim_calendar_get_environment (SimCalendar *calendar)
{
  return (const char *const *) calendar->environment;
}

void
sim_calendar_advance (SimCalendar *calendar, gint64 seconds)
{
  *calendar->ahead += seconds;
}
