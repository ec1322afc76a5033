/* direct.h: the comparator: what the server stores and reads, straight through libmariadb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The least that can be done for the same rows: prepared statements on a connection of its own, no rules, no JSON, no
 * HTTP. Beside the replay of a chain (replay.h) it is the only code outside server/db that speaks to MariaDB's library,
 * so that what it measures owes nothing to ours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BenchDirect BenchDirect;

/* Aborts when it cannot connect. */
BenchDirect *bench_direct_new (const char *socket, const char *user, const char *password, const char *database);
void bench_direct_free (BenchDirect *direct);

/* The rows of an order of five lines in one transaction: the key with its answer, the customer and the five products
 * with their prices looked up, the number, head, lines and the change. @key makes them unique. */
gboolean bench_direct_create (BenchDirect *direct, const char *key);
/* The newest hundred orders, as a list shows them, and how many there are. */
gboolean bench_direct_list (BenchDirect *direct);
/* The newest orders whose number, reference or customer has @text, and how many there are. */
gboolean bench_direct_search (BenchDirect *direct, const char *text);
/* How many drafts there are, and the newest. */
gboolean bench_direct_count (BenchDirect *direct);
/* An order's head with all its names, and its lines. */
gboolean bench_direct_read (BenchDirect *direct, gint64 id);

G_END_DECLS
