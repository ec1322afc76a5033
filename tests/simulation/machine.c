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

#include "tests/fixture/server.h"

struct _SimMachine
{
  char *file;
  volatile SimMachineState *state; /* the file, mapped */
  GStrv environment;
};

SimMachine *
sim_machine_new (void)
{
  SimMachine *machine = g_new0 (SimMachine, 1);
  g_autofree char *variable = NULL;
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
  variable = g_strconcat ("TRADEWIND_SIMULATION_MACHINE=", machine->file, NULL);
  machine->environment = tw_test_server_preload (SIM_MACHINE_LIBRARY, variable);
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
