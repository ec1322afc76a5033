/* recording.h: the statements with which the server does a piece of work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server sends to MariaDB is written down by a library that is loaded into it (tap.h), with the values. What
 * would be another value the next time is found by its looks: every table numbers its rows in a range of its own, which
 * nothing else reaches. So the statements can be run again, for other rows.
 */
#pragma once

#include "tests/fixture/server.h"

G_BEGIN_DECLS

typedef enum
{
  BENCH_SLOT_NULL,
  BENCH_SLOT_NUMBER,  /* always @number */
  BENCH_SLOT_BYTES,   /* always @bytes */
  BENCH_SLOT_ROW,     /* the id of the @number-th row that the work has made in @table */
  BENCH_SLOT_PRODUCT, /* the id of the @number-th product */
  BENCH_SLOT_NAME,    /* a number or key that is there once: @bytes */
} BenchSlotKind;

typedef struct
{
  BenchSlotKind kind;
  guint table;
  gint64 number;
  GBytes *bytes;
} BenchSlot;

typedef struct
{
  char *sql;
  guint n_rows;  /* it is run for an array of so many rows; 0: once */
  GArray *slots; /* (element-type BenchSlot) its parameters, row by row */
  int table;     /* it makes rows of this one, whose ids are wanted; −1: of none */
  gboolean ends; /* it is a COMMIT */
} BenchStatement;

typedef struct
{
  GPtrArray *statements; /* (element-type BenchStatement) */
  guint n_tables;
} BenchRecording;

/* Before the products are entered that the work is about. */
void bench_recording_prepare (TwTestServer *server);
/* The id of the first of those. */
gint64 bench_recording_find_first_product (TwTestServer *server);

/* FALSE when anything failed. Its Idempotency-Keys are "chain-NUMBER-NUMBER". */
typedef gboolean (*BenchRecordedWork) (TwTestServer *server, gboolean again);

/* Runs @work with a second server on the same database, which has one connection, and then once more under the log.
 * (transfer full) */
BenchRecording *bench_recording_new (TwTestServer *server, BenchRecordedWork work);
void bench_recording_free (BenchRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchRecording, bench_recording_free)

G_END_DECLS
