/* faults.h: what strikes the company, one after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of the faults and the work between them come from the seed; the work is counted in requests, not in
 * seconds. Every kind strikes once before any strikes again.
 */
#pragma once

#include "tests/simulation/machine.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/world.h"

G_BEGIN_DECLS

typedef struct
{
  SimWorld *world;
  TwTestServerSetup setup; /* of the first server, whose data folder a second one shares */
  SimDisk *disk;           /* NULL: the machine says that there is no room */
  SimMachine *machine;
  TwTestServer *second; /* once it was needed */
  guint *struck;        /* by kind */
} SimFaults;

SimFaults *sim_faults_new (SimWorld *world, const TwTestServerSetup *setup, SimDisk *disk, SimMachine *machine);
void sim_faults_free (SimFaults *faults);
/* Strikes for @seconds, and longer until every kind has struck. On the thread that started the server: the server ends
 * with it. Afterwards everything runs again. */
void sim_faults_run (SimFaults *faults, guint seconds);
/* "kill server 3, freeze database 2 …" (transfer full) */
char *sim_faults_describe (SimFaults *faults);
/* The kinds in the order in which a seed lets them strike. (transfer full) */
char *sim_faults_plan (guint64 seed);

G_END_DECLS
