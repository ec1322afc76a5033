/* main.c: a company at work while everything fails, and a judge at the end; docs/simulation.md tells more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/simulation/actor.h"
#include "tests/simulation/faults.h"
#include "tests/simulation/judge.h"

#define DISK_MEBIBYTES 384
/* What a second of work writes at most. */
#define DISK_PER_SECOND 2

static gint seconds = 60;
static gint writes;
static gint at_most = 1000;
static char *seed_text;
static char *program;
static char *broken;
static char *expected;
static gboolean no_faults;
static gboolean no_disk;
static gint plan_steps;

static const GOptionEntry options[] = {
  { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long people work (default: 60)", "N" },
  { "writes", 0, 0, G_OPTION_ARG_INT, &writes, "End sooner, when N writes were acknowledged (with --no-faults)", "N" },
  { "at-most", 0, 0, G_OPTION_ARG_INT, &at_most, "So many people of each post", "N" },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &seed_text, "What decides everything (default: the time)", "S" },
  { "no-faults", 0, 0, G_OPTION_ARG_NONE, &no_faults, "Only connections are cut", NULL },
  { "no-disk", 0, 0, G_OPTION_ARG_NONE, &no_disk, "As where no disk can be mounted", NULL },
  { "plan", 0, 0, G_OPTION_ARG_INT, &plan_steps, "Print what everybody decides in the first N steps, and end", "N" },
  { "program", 0, 0, G_OPTION_ARG_FILENAME, &program, "The server to run (default: this build's)", "FILE" },
  { "broken", 0, 0, G_OPTION_ARG_STRING, &broken, "The defect that the broken server gets", "NAME" },
  { "expect", 0, 0, G_OPTION_ARG_STRING, &expected, "Succeed when a complaint holds this, fail otherwise", "TEXT" },
  { NULL },
};

static guint64
read_seed (void)
{
  return seed_text != NULL ? g_ascii_strtoull (seed_text, NULL, 10) : (guint64) g_get_real_time () / 1000 % 1000000;
}

/* ---- The plan ---- */

static void
print_plan (guint64 seed)
{
  g_autofree char *faults = sim_faults_plan (seed);
  guint number = 0;

  g_print ("faults: %s\n", faults);
  for (const SimPost *post = sim_posts; post->user != NULL; post++)
    {
      g_auto (GStrv) names = sim_staff_list (post);

      for (guint i = 0; names[i] != NULL; i++, number++)
        for (guint step = 0; step < (guint) plan_steps; step++)
          g_print ("%s %u: %s\n", names[i], step, sim_actor_decide (seed, post, number, step)->name);
    }
}

/* ---- The run ---- */

typedef struct
{
  SimWorld *world;
  SimDisk *disk;
  SimMachine *machine;
  GStrv environment;
  TwTestServerSetup setup;
  SimJudge judge;
} Run;

static GStrv
build_environment (SimMachine *machine)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *defect = g_strconcat ("TRADEWIND_SIMULATION_BROKEN=", broken, NULL);

  g_strv_builder_addv (builder, (const char **) sim_machine_get_environment (machine));
  if (broken != NULL)
    g_strv_builder_add (builder, defect);
  return g_strv_builder_end (builder);
}

/* The disk first: it needs a process without threads. */
static void
open_company (Run *run, guint64 seed)
{
  g_autofree char *reason = NULL, *data = NULL;

  if (!no_faults && !no_disk)
    run->disk = sim_disk_new (DISK_MEBIBYTES + (guint) seconds * DISK_PER_SECOND, &reason);
  if (reason != NULL)
    g_print ("# no disk can be mounted here (%s): that it is full is what the C library says\n", reason);
  run->machine = sim_machine_new ();
  run->environment = build_environment (run->machine);
  data = run->disk != NULL ? g_build_filename (sim_disk_get_folder (run->disk), "data", NULL) : NULL;
  run->setup = (TwTestServerSetup) { .program = program, .data_dir = data,
                                     .environment = (const char *const *) run->environment };
  run->world = sim_world_new (seed);
  run->world->server = tw_test_server_new_with (&run->setup);
  tw_company_build (run->world->server);
  sim_staff_settle (run->world->server);
  tw_test_server_hang_up (run->world->server);
  sim_judge_begin (&run->judge, run->world);
  run->world->proxy = sim_proxy_new ();
  sim_proxy_set_servers (run->world->proxy, tw_test_server_get_port (run->world->server), 0);
}

static GPtrArray *
start_people (SimWorld *world)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_actor_finish);

  for (const SimPost *post = sim_posts; post->user != NULL; post++)
    {
      g_auto (GStrv) names = sim_staff_list (post);

      for (guint i = 0; names[i] != NULL && i < (guint) at_most; i++)
        g_ptr_array_add (people, sim_actor_new (world, post, people->len, names[i]));
    }
  world->people = people->len;
  for (guint i = 0; i < people->len; i++)
    sim_actor_start (people->pdata[i]);
  return people;
}

/* Until enough was written, or the time is over, or something is wrong. */
static void
wait_for_writes (SimWorld *world)
{
  gint64 until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  while (sim_world_goes_on (world) && g_get_monotonic_time () < until
         && (writes == 0 || sim_ledger_count_deeds (world->ledger) < (guint) writes))
    sim_world_wait (world, 10, 1);
}

static void
work (Run *run)
{
  SimFaults *faults = sim_faults_new (run->world, &run->setup, run->disk, run->machine);
  GPtrArray *people = start_people (run->world);
  g_autofree char *struck = NULL, *cuts = NULL;

  if (no_faults)
    wait_for_writes (run->world);
  else
    sim_faults_run (faults, (guint) seconds);
  sim_world_end (run->world);
  g_ptr_array_unref (people);
  struck = sim_faults_describe (faults);
  sim_faults_free (faults);
  cuts = sim_proxy_describe (run->world->proxy);
  g_print ("# %s; %s\n", struck, cuts);
}

static void
report (SimWorld *world, gint64 began)
{
  g_autofree char *deeds = sim_ledger_describe (world->ledger);

  g_print ("# %s\n", deeds);
  g_print ("# %.1f s: %u requests, %u answered, %u writes acknowledged, %u refused; %u without answer, %u told to wait,"
           " %u signed out\n",
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, world->attempts, world->answered,
           sim_ledger_count_deeds (world->ledger), sim_ledger_count_refused (world->ledger), world->unanswered,
           world->unavailable, world->signed_out);
}

static void
close_company (Run *run)
{
  sim_proxy_free (run->world->proxy);
  tw_test_server_free (run->world->server);
  g_clear_pointer (&run->disk, sim_disk_free);
  sim_machine_free (run->machine);
  g_strfreev (run->environment);
  sim_world_free (run->world);
}

/* What the server has said beside the lines of requests. */
static void
print_log (TwTestServer *server)
{
  g_autofree char *log = tw_test_server_read_log (server);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], "\"method\"") == NULL && strstr (lines[i], "\"info\"") == NULL)
      g_print ("# log: %.300s … %s\n", lines[i], lines[i] + MAX (0, (gssize) strlen (lines[i]) - 300));
}

/* ---- The verdict ---- */

static gboolean
is_expected (SimWorld *world)
{
  for (guint i = 0; expected != NULL && i < world->complaints->len; i++)
    if (strstr (world->complaints->pdata[i], expected) != NULL)
      return TRUE;
  return expected == NULL && world->complaints->len == 0;
}

static gboolean
give_verdict (SimWorld *world)
{
  gboolean well = is_expected (world);

  g_print ("1..1\n%sok 1 - simulation, seed %" G_GUINT64_FORMAT, well ? "" : "not ", world->seed);
  if (broken != NULL)
    g_print (": %s is %sseen\n", broken, well ? "" : "not ");
  else
    g_print (": %u complaints\n", world->complaints->len);
  return well;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  Run run = { 0 };
  guint64 seed;
  gboolean well;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  seed = read_seed ();
  if (plan_steps > 0)
    {
      print_plan (seed);
      return 0;
    }
  g_print ("# seed %" G_GUINT64_FORMAT ", %u people, %d s\n", seed, sim_staff_count (), seconds);
  open_company (&run, seed);
  work (&run);
  sim_judge_run (&run.judge);
  report (run.world, began);
  well = give_verdict (run.world);
  if (!well)
    print_log (run.world->server);
  close_company (&run);
  return well ? 0 : 1;
}
