/* calm.h: somebody who works on while the server is under attack
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a thread of its own, from 127.0.0.200: fifty times a second a new connection asks in turn who is signed in and for
 * a list of orders, both of which take a worker and the database; so the token is that of somebody who may read orders.
 * What counts is the time from the first packet to the end of the answer.
 */
#pragma once

#include "tests/fixture/server.h"

G_BEGIN_DECLS

/* What the issue allows, in milliseconds. */
#define TW_CALM_P99 1000

typedef struct _TwCalm TwCalm;

TwCalm *tw_calm_start (TwTestServer *server, const char *token);
/* Waits until it has asked @n times since the start. */
void tw_calm_wait (TwCalm *calm, guint n);
/* Ends it, says how it fared and asserts that it was answered every time and that its 99th percentile is below @p99
 * milliseconds. Returns that percentile. */
double tw_calm_finish (TwCalm *calm, const char *attack, double p99);
/* How it fares without any attack, as a factor by which the bounds grow: 4 with sanitizers, 1 without, more on a
 * machine that is busy with other things, for it is those that make everyone wait. */
double tw_calm_measure_quiet (TwTestServer *server, const char *token);

/* ---- The server's process, as the system sees it ---- */

/* Resident memory in MiB: the most since tw_calm_reset_peak(). */
double tw_calm_peak_memory (TwTestServer *server);
void tw_calm_reset_peak (TwTestServer *server);
guint tw_calm_count_descriptors (TwTestServer *server);
/* Those that it has accepted and still has, as it says itself, that of the question among them. */
guint tw_calm_count_connections (TwTestServer *server);
/* Before the server starts: AddressSanitizer keeps up to 256 MiB of what is freed; with less memory can be judged. */
void tw_calm_make_memory_honest (void);

G_END_DECLS
