/* stock-count.h: stock counts: what was found, and the adjustment that follows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_count_state_keys[]; /* draft, posted, cancelled */

struct _TwStockCountLine
{
  TwRecord parent;
  char *product;
  gint64 product_id;
  char *product_name;
  char *unit;
  TwDecimal counted;
  TwDecimal expected;   /* on hand when it was posted */
  TwDecimal difference; /* counted − expected */
};
TW_DECLARE_RECORD (TwStockCountLine, tw_stock_count_line)

struct _TwStockCount
{
  TwRecord parent;
  char *number; /* SC-2026-000001 */
  const char *state;
  char *warehouse;
  gint64 warehouse_id;
  TwDate count_date;
  char *reason; /* required to post when something differs */
  char *author;
  gint64 author_id;
  gint64 line_count;
  GListStore *lines;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwStockCount, tw_stock_count)

G_END_DECLS
