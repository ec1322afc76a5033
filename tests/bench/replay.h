/* replay.h: the comparator of a whole chain: its statements, straight through libmariadb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs what was recorded of the server as prepared statements, one after the other, for new rows each time: no rules,
 * no JSON, no HTTP, and nothing kept from one request to the next but what the statements themselves say.
 */
#pragma once

#include "tests/bench/recording.h"

G_BEGIN_DECLS

typedef struct _BenchReplay BenchReplay;

/* On a connection of its own. Aborts when it cannot connect. */
BenchReplay *bench_replay_new (const BenchRecording *recording, const char *socket, const char *user,
                               const char *password);
void bench_replay_free (BenchReplay *replay);

/* Once. @round makes the names differ; @products: ids in the place of the recorded ones, in ascending order as they are
 * locked. FALSE when a statement failed, and not for being told to try its transaction again. */
gboolean bench_replay_run (BenchReplay *replay, guint64 round, const gint64 *products);

G_END_DECLS
