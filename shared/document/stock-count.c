/* stock-count.c: see stock-count.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/stock-count.h"

#include "shared/document/action.h"

const TwKey tw_count_state_keys[] = {
  { "draft", N_ ("Draft") },
  /* Translators: a document entered into the books */
  { "posted", N_ ("Posted") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

static const TwField stock_count_line_fields[] = {
  TW_LINE_FIELDS (TwStockCountLine),
  TW_TEXT (TwStockCountLine, product, N_ ("Product"), 40, TW_REQUIRED),
  TW_INT (TwStockCountLine, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwStockCountLine, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwStockCountLine, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_QUANTITY (TwStockCountLine, counted, N_ ("Counted"), TW_REQUIRED | TW_NOT_NEGATIVE),
  TW_QUANTITY (TwStockCountLine, expected, N_ ("Expected"), TW_SERVER),
  TW_QUANTITY (TwStockCountLine, difference, N_ ("Difference"), TW_SERVER),
};
TW_DEFINE_RECORD (TwStockCountLine, tw_stock_count_line, "stock_count_line", N_ ("Line"), stock_count_line_fields)

static const TwField stock_count_fields[] = {
  TW_RECORD_FIELDS (TwStockCount),
  TW_TEXT (TwStockCount, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwStockCount, state, N_ ("State"), tw_count_state_keys, TW_SERVER),
  TW_TEXT (TwStockCount, warehouse, N_ ("Warehouse"), 20, TW_REQUIRED | TW_FIXED),
  TW_INT (TwStockCount, warehouse_id, N_ ("Warehouse"), 0, G_MAXINT64, TW_SERVER),
  TW_DATE (TwStockCount, count_date, N_ ("Date"), 0),
  TW_TEXT (TwStockCount, reason, N_ ("Reason"), 500, 0),
  TW_TEXT (TwStockCount, author, N_ ("Counted by"), 40, TW_SERVER),
  TW_INT (TwStockCount, author_id, N_ ("Counted by"), 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwStockCount, line_count, N_ ("Lines"), 0, 10000, TW_SERVER),
  TW_LIST (TwStockCount, lines, N_ ("Lines"), tw_stock_count_line_get_type, 1000, TW_REQUIRED | TW_ABSENT),
  TW_LIST (TwStockCount, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwStockCount, tw_stock_count, "stock_count", N_ ("Stock count"), stock_count_fields)
