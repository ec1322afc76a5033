/* typing.h: an order of many lines, written into at a steady pace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/window.h"
#include "tests/bench/frames.h"
#include "tests/bench/measure.h"

G_BEGIN_DECLS

/* Opens the draft with @id, which has @lines lines, for writing; when its lines were painted. */
gint64 bench_typing_open (BenchFrames *frames, TwWindow *window, gint64 id, guint lines);
/* Waits until the server has nothing more to say about it. */
void bench_typing_settle (void);
/* Writes a new quantity of two digits into each of @n lines from the first on, a key each @pause microseconds, the last
 * of each being the arrow down. A key counts from when it was due to the frame that shows it, so a window that hangs
 * pays for all that is typed meanwhile. */
void bench_typing_run (BenchFrames *frames, TwWindow *window, guint n, gint64 pause, BenchFigures *digits,
                       BenchFigures *arrows);

G_END_DECLS
