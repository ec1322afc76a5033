/* multiply.h: a company's documents many times over, set by set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a server did for some hundred orders through its rules is copied by the database: every document with all that
 * hangs on it (lines, checks, signatures, shipments, parcels, stock moves, invoices, journal, payments, change log)
 * once more for each copy, with ids, numbers and codes of its own. Customers and products are copied too, fewer times,
 * so that their lists grow with the orders but each keeps many. Digests, balances, counters and the sealed chain are
 * those that the rules would have made: `verify` is clean.
 *
 * Two things stay as they were in the copies: dates, and the texts inside the change log.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 orders;  /* afterwards */
  guint64 changes; /* sealed */
  guint copies;
  guint groups; /* of customers and products */
} BenchMultiplied;

/* Multiplies what is in @data_dir, on which no server runs, until it has at least @orders orders. */
gboolean bench_multiply (const char *data_dir, guint64 orders, BenchMultiplied *done, GError **error);

G_END_DECLS
