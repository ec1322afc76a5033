/* worker.h: the threads that talk to the database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each thread owns one connection. Jobs come from the main context and their end is reported there. While the
 * database is away nobody waits for it: jobs fail at once with TW_ERROR_UNAVAILABLE, and one thread keeps
 * trying until it is back.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct _TwWorkers TwWorkers;

/* On a worker thread. @db is connected. A failure of TW_ERROR_UNAVAILABLE makes the pool look at the database. */
typedef gboolean (*TwWorkRun) (TwDb *db, gpointer data, GError **error);
/* On the main context that the pool was made on, exactly once a job. @error: what run said, or TW_ERROR_UNAVAILABLE
 * when it never ran. */
typedef void (*TwWorkDone) (gpointer data, const GError *error);

/* @address is copied. Call on the main thread. */
/* @niceness: by how much its threads leave the processors to others. */
TwWorkers *tw_workers_new (const TwDbAddress *address, guint n_threads, guint max_queue, int niceness);
/* From now on what has begun ends at its next statement, and what waits or comes never runs: all are reported with
 * TW_ERROR_UNAVAILABLE. */
void tw_workers_interrupt (TwWorkers *workers);
/* Interrupts and joins the threads, within a few seconds. Whoever wants an orderly end waits for the jobs first. */
void tw_workers_free (TwWorkers *workers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwWorkers, tw_workers_free)

/* FALSE with TW_ERROR_UNAVAILABLE, and neither function called, when the queue is full or the database is away. */
gboolean tw_workers_push (TwWorkers *workers, TwWorkRun run, TwWorkDone done, gpointer data, GError **error);

/* Whether the last attempt to reach the database succeeded. Any thread. */
gboolean tw_workers_is_connected (TwWorkers *workers);
guint tw_workers_count_waiting (TwWorkers *workers);

G_END_DECLS
