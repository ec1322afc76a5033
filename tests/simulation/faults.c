/* faults.c: see faults.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/faults.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/simulation/chance.h"

/* The stream of the faults. */
#define FAULT_STREAM 2000000
/* Requests between two faults, and during one that lasts. */
#define LEAST_BETWEEN 40
#define MOST_BETWEEN 120
#define DURING 50
/* However slow the machine is, a fault ends. The database is given up after 4 s: a freeze is longer. */
#define FREEZE_SECONDS 5.5
#define LONGEST_SECONDS 8
#define BETWEEN_SECONDS 10
#define DAY_SECONDS 86400
#define ENTRY_SECONDS 200 /* until everybody has signed in, at most */
/* How often a second fault meets the first. */
#define DOUBLE_PERCENT 30

typedef struct
{
  const char *name;
  void (*strike) (SimFaults *faults, SimChance *chance);
} Fault;

/* ---- Processes ---- */

static void
route (SimFaults *faults, TwTestServer *second)
{
  sim_proxy_set_servers (faults->world->proxy, tw_test_server_get_port (faults->world->server),
                         second != NULL ? tw_test_server_get_port (second) : 0);
}

static void
kill_server (SimFaults *faults, SimChance *chance)
{
  tw_test_server_kill (faults->world->server);
  tw_test_server_start (faults->world->server);
  route (faults, NULL);
}

static void
kill_database (SimFaults *faults, SimChance *chance)
{
  kill (tw_test_server_get_mariadb_pid (faults->world->server), SIGKILL);
}

static void
kill_both (SimFaults *faults, SimChance *chance)
{
  int database = tw_test_server_get_mariadb_pid (faults->world->server);

  if (sim_chance_percent (chance, 50))
    {
      kill (tw_test_server_get_pid (faults->world->server), SIGKILL);
      kill (database, SIGKILL);
    }
  else
    {
      kill (database, SIGKILL);
      kill (tw_test_server_get_pid (faults->world->server), SIGKILL);
    }
  tw_test_server_wait (faults->world->server);
  tw_test_server_start (faults->world->server);
  route (faults, NULL);
}

static void
freeze_database (SimFaults *faults, SimChance *chance)
{
  int database = tw_test_server_get_mariadb_pid (faults->world->server);

  kill (database, SIGSTOP);
  sim_world_wait (faults->world, G_MAXUINT / 2, FREEZE_SECONDS);
  if (sim_chance_percent (chance, DOUBLE_PERCENT))
    kill (database, SIGKILL);
  kill (database, SIGCONT);
}

/* The server knows nothing of it and does not lose its connections. */
static void
blink_database (SimFaults *faults, SimChance *chance)
{
  int database = tw_test_server_get_mariadb_pid (faults->world->server);

  kill (database, SIGSTOP);
  sim_world_wait (faults->world, G_MAXUINT / 2, 0.5);
  kill (database, SIGCONT);
}

static void
cut_connections (SimFaults *faults, SimChance *chance)
{
  sim_proxy_cut_all (faults->world->proxy);
}

static void
fill_disk (SimFaults *faults, SimChance *chance)
{
  if (faults->disk != NULL)
    sim_disk_fill (faults->disk);
  else
    sim_machine_set_full (faults->machine, TRUE);
  sim_world_wait (faults->world, DURING, LONGEST_SECONDS / 2);
  if (sim_chance_percent (chance, DOUBLE_PERCENT))
    kill_database (faults, chance); /* it cannot even start before there is room */
  sim_world_wait (faults->world, DURING, LONGEST_SECONDS / 2);
  if (faults->disk != NULL)
    sim_disk_make_room (faults->disk);
  sim_machine_set_full (faults->machine, FALSE);
}

/* Two on one database: one is killed, the other goes on alone. */
static void
run_two_servers (SimFaults *faults, SimChance *chance)
{
  gboolean first_dies = sim_chance_percent (chance, 50);

  if (faults->second == NULL)
    faults->second = tw_test_server_new_with (&faults->setup);
  else
    tw_test_server_start (faults->second);
  route (faults, faults->second);
  sim_world_wait (faults->world, DURING, LONGEST_SECONDS);
  tw_test_server_kill (first_dies ? faults->world->server : faults->second);
  sim_world_wait (faults->world, DURING, LONGEST_SECONDS);
  if (first_dies)
    {
      tw_test_server_start (faults->world->server);
      tw_test_server_kill (faults->second);
    }
  route (faults, NULL);
}

static void
pass_a_day (SimFaults *faults, SimChance *chance)
{
  /* A password is dear to check, and all want it checked at once: the next day does not begin before they are in. */
  sim_world_wait_for_people (faults->world, ENTRY_SECONDS);
  sim_world_pass_day (faults->world);
  sim_machine_advance (faults->machine, DAY_SECONDS + sim_chance_below (chance, 3600));
}

static const Fault kinds[] = {
  { "kill server", kill_server },     { "kill database", kill_database },     { "kill both", kill_both },
  { "freeze database", freeze_database }, { "blink", blink_database },        { "cut connections", cut_connections },
  { "fill disk", fill_disk },         { "two servers, one killed", run_two_servers }, { "a day passes", pass_a_day },
};

/* ---- The deck ---- */

/* Fisher–Yates: the kinds of one round. */
static void
shuffle (guint *deck, SimChance *chance)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    deck[i] = i;
  for (guint i = G_N_ELEMENTS (kinds) - 1; i > 0; i--)
    {
      guint j = sim_chance_below (chance, i + 1), kept = deck[i];

      deck[i] = deck[j];
      deck[j] = kept;
    }
}

char *
sim_faults_plan (guint64 seed)
{
  SimChance chance = sim_chance_new (seed, FAULT_STREAM, 0);
  GString *text = g_string_new (NULL);
  guint deck[G_N_ELEMENTS (kinds)];

  shuffle (deck, &chance);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kinds[deck[i]].name);
  return g_string_free (text, FALSE);
}

/* Nothing here ends the server without waiting for it: an end that is seen is a crash. */
static gboolean
lives (SimFaults *faults)
{
  siginfo_t info = { 0 };
  g_autofree char *log = NULL;

  waitid (P_PID, (id_t) tw_test_server_get_pid (faults->world->server), &info, WEXITED | WNOHANG | WNOWAIT);
  if (info.si_pid == 0)
    return TRUE;
  log = tw_test_server_read_log (faults->world->server);
  sim_world_complain (faults->world, "the server has ended by itself: %s", log + MAX (0, (gssize) strlen (log) - 8000));
  return FALSE;
}

static gboolean
strike (SimFaults *faults, guint kind, SimChance *chance)
{
  guint between = LEAST_BETWEEN + sim_chance_below (chance, MOST_BETWEEN - LEAST_BETWEEN);

  sim_world_wait (faults->world, between, BETWEEN_SECONDS);
  if (sim_world_count_complaints (faults->world) > 0 || !lives (faults))
    return FALSE;
  g_print ("# after %u answers: %s\n", sim_world_get_answered (faults->world), kinds[kind].name);
  kinds[kind].strike (faults, chance);
  faults->struck[kind]++;
  return TRUE;
}

void
sim_faults_run (SimFaults *faults, guint seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  sim_world_wait (faults->world, 2 * MOST_BETWEEN, BETWEEN_SECONDS); /* everybody signs in */
  for (guint round = 0; round == 0 || g_get_monotonic_time () < until; round++)
    {
      SimChance chance = sim_chance_new (faults->world->seed, FAULT_STREAM, round);
      guint deck[G_N_ELEMENTS (kinds)];

      shuffle (deck, &chance);
      for (guint i = 0; i < G_N_ELEMENTS (kinds) && (round == 0 || g_get_monotonic_time () < until); i++)
        if (!strike (faults, deck[i], &chance))
          return;
    }
  sim_world_wait (faults->world, DURING, BETWEEN_SECONDS);
}

/* ---- Public ---- */

SimFaults *
sim_faults_new (SimWorld *world, const TwTestServerSetup *setup, SimDisk *disk, SimMachine *machine)
{
  SimFaults *faults = g_new0 (SimFaults, 1);

  *faults = (SimFaults) { .world = world, .setup = *setup, .disk = disk, .machine = machine };
  faults->setup.data_dir = tw_test_server_get_data_dir (world->server);
  faults->struck = g_new0 (guint, G_N_ELEMENTS (kinds));
  return faults;
}

void
sim_faults_free (SimFaults *faults)
{
  g_clear_pointer (&faults->second, tw_test_server_free);
  g_free (faults->struck);
  g_free (faults);
}

char *
sim_faults_describe (SimFaults *faults)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "", kinds[i].name, faults->struck[i]);
  return g_string_free (text, FALSE);
}
