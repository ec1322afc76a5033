/* sample.h: a document with a field of every kind, and its lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey sample_states[];

TW_DECLARE_RECORD (SampleLine, sample_line)
struct _SampleLine
{
  TwRecord parent;
  char *product;
  TwDecimal quantity;
  TwDecimal cost;
};

TW_DECLARE_RECORD (Sample, sample)
struct _Sample
{
  TwRecord parent;
  char *code;
  char *name;
  char *note;
  const char *state;
  gint64 days;
  gboolean urgent;
  TwDecimal total;
  TwDecimal unit_price;
  TwDecimal discount;
  TwDecimal cost;
  TwDate due;
  TwTime sent_at;
  GStrv tags;
  char *extra;
  char *password;
  GListStore *lines;
};

G_END_DECLS
