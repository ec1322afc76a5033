/* wire.h: a client that costs next to nothing: HTTP/1.1 on one kept connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The machine that runs the server also runs the clients; what they use is taken from it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BenchWire BenchWire;

/* To 127.0.0.1; @token is sent with every request. Aborts when it cannot connect. */
BenchWire *bench_wire_new (guint16 port, const char *token);
void bench_wire_free (BenchWire *wire);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchWire, bench_wire_free)

/* Who speaks from now on: one connection may be several people's. */
void bench_wire_set_token (BenchWire *wire, const char *token);

/* @path from the root; @body nullable; @key: Idempotency-Key, nullable. Returns the status, 0 when there was no
 * whole answer. */
guint bench_wire_call (BenchWire *wire, const char *method, const char *path, const char *body, const char *key);
/* The body of the last answer, until the next call. */
const char *bench_wire_get_body (BenchWire *wire);

G_END_DECLS
