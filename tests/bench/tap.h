/* tap.h: what a process sends to MariaDB, written down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before libmariadb (LD_PRELOAD), the library appends a record to the file that BENCH_TAP_FILE names for each
 * statement that is sent: a guint64 with its length, and a GVariant.
 */
#pragma once

#define BENCH_TAP_FILE "TRADEWIND_BENCH_TAP"
/* The thread, the text, how many rows of parameters are sent as an array (0: one, without), and the parameters row by
 * row: x, ay, or b for NULL. A time is the text that SQL has for it. */
#define BENCH_TAP_RECORD "(tsuav)"
