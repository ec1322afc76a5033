/* multiply-digest.h: what was signed, as it reads with a copy's customer and products
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/bench/multiply-plan.h"

G_BEGIN_DECLS

/* Fills BENCH_DIGESTS, which is empty, for all groups but the first. Before the tables are emptied. */
gboolean bench_digest_compute (TwDb *db, const BenchPlan *plan, GError **error);

G_END_DECLS
