/* followers.h: many clients of the live events, that cost next to nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread of its own reads what comes for all of them, so that the time of arrival is not that of a busy reader.
 */
#pragma once

#include "tests/bench/measure.h"

G_BEGIN_DECLS

typedef struct _BenchFollowers BenchFollowers;

/* @n connections to 127.0.0.1, each with the next of @tokens in turn, which follow everything there ever was. Ends the
 * program when one is refused. */
BenchFollowers *bench_followers_new (guint16 port, const char *const *tokens, guint n_tokens, guint n);
void bench_followers_free (BenchFollowers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchFollowers, bench_followers_free)

/* The order with @id was created by a request sent at @begin. Any thread; what came before is remembered. */
void bench_followers_note (BenchFollowers *self, gint64 id, gint64 begin);
/* Waits, @seconds at most, until everybody has heard of all that was noted; to @figures the time of each from its
 * request to the last of those who heard of it, or an error when not everybody did. Forgets it all. */
void bench_followers_take (BenchFollowers *self, double seconds, BenchFigures *figures);

G_END_DECLS
