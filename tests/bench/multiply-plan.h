/* multiply-plan.h: how each table grows when a company is multiplied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Where a table is kept while its own is filled anew. */
#define BENCH_SEED "tradewind_seed"
/* The digests of each group's copies: of digest `was` in group `g`. */
#define BENCH_DIGESTS BENCH_SEED ".tw_digest"

typedef struct
{
  guint copies;
  guint groups;
} BenchPlan;

typedef enum
{
  BENCH_COPIED,  /* once for each copy */
  BENCH_GROUPED, /* once for each group */
} BenchGrowth;

typedef struct
{
  const char *name;
  BenchGrowth growth;
} BenchTable;

/* Largest first; ended by { NULL }. What is not here stays as it is. */
extern const BenchTable bench_tables[];

/* Fails when a table has rows and no plan. */
gboolean bench_plan_check (TwDb *db, GError **error);
/* Script: keeps the rows of @table, with what is computed once for each, and empties it. */
char *bench_plan_keep (TwDb *db, const BenchTable *table, GError **error);
/* Script: fills @table with all copies of the rows that were kept. */
char *bench_plan_fill (TwDb *db, const BenchTable *table, const BenchPlan *plan, GError **error);
/* Script: stock levels and counters as all copies together make them. */
char *bench_plan_sum (const BenchPlan *plan);

G_END_DECLS
