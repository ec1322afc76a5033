/* sample.c: a document with a field of every kind, and its lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"

const TwKey sample_states[] = { { "open", N_ ("Open") }, { "closed", N_ ("Closed") }, { NULL } };

static const TwField sample_line_fields[] = {
  TW_LINE_FIELDS (SampleLine),
  TW_TEXT (SampleLine, product, N_ ("Product"), 20, TW_REQUIRED),
  TW_QUANTITY (SampleLine, quantity, N_ ("Quantity"), TW_REQUIRED | TW_POSITIVE),
  TW_COST (SampleLine, cost, N_ ("Cost"), TW_SERVER),
};
TW_DEFINE_RECORD (SampleLine, sample_line, "sample_line", N_ ("Line"), sample_line_fields)

static const TwField sample_fields[] = {
  TW_RECORD_FIELDS (Sample),
  TW_TEXT (Sample, code, N_ ("Code"), 5, TW_REQUIRED | TW_FIXED),
  TW_TEXT (Sample, name, N_ ("Name"), 10, TW_REQUIRED),
  TW_TEXT (Sample, note, N_ ("Note"), 100, TW_MULTILINE),
  TW_KEY (Sample, state, N_ ("State"), sample_states, 0),
  TW_INT (Sample, days, N_ ("Days"), 1, 30, 0),
  TW_BOOL (Sample, urgent, N_ ("Urgent"), 0),
  TW_MONEY (Sample, total, N_ ("Total"), TW_SERVER),
  TW_PRICE (Sample, unit_price, N_ ("Unit price"), TW_NOT_NEGATIVE),
  TW_RATE (Sample, discount, N_ ("Discount"), 1, TW_NOT_NEGATIVE),
  TW_COST (Sample, cost, N_ ("Cost"), 0),
  TW_DATE (Sample, due, N_ ("Due"), 0),
  TW_TIME (Sample, sent_at, N_ ("Sent"), 0),
  TW_STRINGS (Sample, tags, N_ ("Tags"), 3, 0),
  TW_JSON (Sample, extra, N_ ("Extra"), 0),
  TW_TEXT (Sample, password, N_ ("Password"), 50, TW_WRITE_ONLY),
  TW_LIST (Sample, lines, N_ ("Lines"), sample_line_get_type, 4, TW_ABSENT),
};
TW_DEFINE_RECORD (Sample, sample, "sample", N_ ("Sample"), sample_fields)
