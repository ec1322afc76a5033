/* judge.h: whether what the database holds is what was acknowledged, exactly once and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everybody has gone home and the server runs. Each finding is a complaint to the world.
 */
#pragma once

#include "tests/simulation/world.h"

G_BEGIN_DECLS

typedef struct
{
  SimWorld *world;
  TwDb *db;
  gint64 last_change, last_move; /* the highest ids of the change log and of stock moves before the run */
} SimJudge;

/* Before the run: what is there already is not the run's. */
void sim_judge_begin (SimJudge *judge, SimWorld *world);
void sim_judge_run (SimJudge *judge);

/* ---- What it looks at, each in its file ---- */

/* Waits until everything is sealed, and looks for gaps and the head that was written outside. */
void sim_judge_chain (SimJudge *judge);
/* Idempotency keys and the log of changes: each acknowledged write once, no refused one. */
void sim_judge_writes (SimJudge *judge);
/* Each document is in the state that was acknowledged last; orders cost what they must. */
void sim_judge_documents (SimJudge *judge);
/* Who had to sign has signed. */
void sim_judge_signatures (SimJudge *judge);
/* What came in, was put aside and went out. */
void sim_judge_stock (SimJudge *judge);
/* Invoices, their numbers, payments, cash. */
void sim_judge_money (SimJudge *judge);

/* ---- Reading ---- */

typedef void (*SimRowFunc) (SimJudge *judge, TwStatement *row, gpointer data);

/* Calls @func for each row of @sql. */
void sim_judge_each (SimJudge *judge, const char *sql, SimRowFunc func, gpointer data);
/* Each row's column "problem" is a complaint. */
void sim_judge_find (SimJudge *judge, const char *sql);
gint64 sim_judge_count (SimJudge *judge, const char *sql); /* column "n" */

G_END_DECLS
