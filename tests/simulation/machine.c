/* machine.c: see machine.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct _SimMachine
{
  char *file;
  volatile SimMachineState *state; /* the file, mapped */
  GStrv environment;
};

/* It comes before the sanitizer's own library, which it does not concern. */
static GStrv
build_environment (const char *file)
{
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *state = g_strconcat ("TRADEWIND_SIMULATION_MACHINE=", file, NULL);
  g_autofree char *sanitizer
    = g_strdup_printf ("ASAN_OPTIONS=%s%sverify_asan_link_order=0", options != NULL ? options : "",
                       options != NULL ? ":" : "");

  g_strv_builder_add_many (builder, "LD_PRELOAD=" SIM_MACHINE_LIBRARY, state, sanitizer, NULL);
  return g_strv_builder_end (builder);
}

SimMachine *
sim_machine_new (void)
{
  SimMachine *machine = g_new0 (SimMachine, 1);
  g_autoptr (GError) error = NULL;
  gpointer mapped;
  int fd = g_file_open_tmp ("tradewind-machine-XXXXXX", &machine->file, &error);

  g_assert_no_error (error);
  if (ftruncate (fd, sizeof (SimMachineState)) != 0)
    g_error ("%s: %s", machine->file, g_strerror (errno));
  mapped = mmap (NULL, sizeof (SimMachineState), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (mapped != MAP_FAILED);
  close (fd);
  machine->state = mapped;
  machine->environment = build_environment (machine->file);
  return machine;
}

void
sim_machine_free (SimMachine *machine)
{
  munmap ((gpointer) machine->state, sizeof (SimMachineState));
  g_unlink (machine->file);
  g_free (machine->file);
  g_strfreev (machine->environment);
  g_free (machine);
}

const char *const *
sim_machine_get_environment (SimMachine *machine)
{
  return (const char *const *) machine->environment;
}

void
sim_machine_advance (SimMachine *machine, gint64 seconds)
{
  machine->state->ahead += seconds;
}

void
sim_machine_set_full (SimMachine *machine, gboolean full)
{
  machine->state->full = full;
}
