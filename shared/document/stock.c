/* stock.c: see stock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/stock.h"

const TwKey tw_location_keys[] = {
  { "supplier", N_ ("Supplier") },
  { "warehouse", N_ ("Warehouse") },
  { "packing", N_ ("Packing") },
  { "transit", N_ ("On the way") },
  { "customer", N_ ("Customer") },
  { "scrap", N_ ("Scrap") },
  { "production", N_ ("Production") },
  { "adjustment", N_ ("Adjustment") },
  { NULL },
};

const TwKey tw_receipt_reason_keys[] = {
  { "opening", N_ ("Opening stock") },
  { "purchase", N_ ("Purchase") },
  { "return", N_ ("Return") },
  { "other", N_ ("Other") },
  { NULL },
};

static const TwField stock_level_fields[] = {
  TW_RECORD_FIELDS (TwStockLevel),
  TW_TEXT (TwStockLevel, product, N_ ("Product"), 40, TW_SERVER),
  TW_INT (TwStockLevel, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwStockLevel, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwStockLevel, barcode, N_ ("Barcode"), 40, TW_SERVER),
  TW_TEXT (TwStockLevel, category, N_ ("Category"), 60, TW_SERVER),
  TW_TEXT (TwStockLevel, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_TEXT (TwStockLevel, warehouse, N_ ("Warehouse"), 20, TW_SERVER),
  TW_INT (TwStockLevel, warehouse_id, N_ ("Warehouse"), 0, G_MAXINT64, TW_SERVER),
  TW_QUANTITY (TwStockLevel, on_hand, N_ ("On hand"), TW_SERVER),
  TW_QUANTITY (TwStockLevel, reserved, N_ ("Reserved"), TW_SERVER),
  TW_QUANTITY (TwStockLevel, available, N_ ("Available"), TW_SERVER),
  TW_QUANTITY (TwStockLevel, backordered, N_ ("Backordered"), TW_SERVER),
};
TW_DEFINE_RECORD (TwStockLevel, tw_stock_level, "stock", N_ ("Stock"), stock_level_fields)

static const TwField stock_move_fields[] = {
  TW_RECORD_FIELDS (TwStockMove),
  TW_TEXT (TwStockMove, product, N_ ("Product"), 40, TW_SERVER),
  TW_INT (TwStockMove, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwStockMove, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_QUANTITY (TwStockMove, quantity, N_ ("Quantity"), TW_SERVER),
  TW_KEY (TwStockMove, from_location, N_ ("From location"), tw_location_keys, TW_SERVER),
  TW_TEXT (TwStockMove, from_warehouse, N_ ("From warehouse"), 20, TW_SERVER),
  TW_KEY (TwStockMove, to_location, N_ ("To location"), tw_location_keys, TW_SERVER),
  TW_TEXT (TwStockMove, to_warehouse, N_ ("To warehouse"), 20, TW_SERVER),
  TW_TEXT (TwStockMove, document, N_ ("Document"), 40, TW_SERVER),
  TW_INT (TwStockMove, document_id, N_ ("Document"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwStockMove, document_number, N_ ("Document number"), 30, TW_SERVER),
  TW_TEXT (TwStockMove, user, N_ ("User"), 40, TW_SERVER),
  TW_TEXT (TwStockMove, reason, N_ ("Reason"), 500, TW_SERVER),
};
TW_DEFINE_RECORD (TwStockMove, tw_stock_move, "stock_move", N_ ("Stock move"), stock_move_fields)

static const TwField receipt_line_fields[] = {
  TW_LINE_FIELDS (TwReceiptLine),
  TW_TEXT (TwReceiptLine, product, N_ ("Product"), 40, TW_REQUIRED),
  TW_INT (TwReceiptLine, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwReceiptLine, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwReceiptLine, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_QUANTITY (TwReceiptLine, quantity, N_ ("Quantity"), TW_REQUIRED | TW_POSITIVE),
};
TW_DEFINE_RECORD (TwReceiptLine, tw_receipt_line, "receipt_line", N_ ("Line"), receipt_line_fields)

static const TwField receipt_fields[] = {
  TW_RECORD_FIELDS (TwReceipt),
  TW_TEXT (TwReceipt, number, N_ ("Number"), 30, TW_SERVER),
  TW_TEXT (TwReceipt, warehouse, N_ ("Warehouse"), 20, TW_REQUIRED),
  TW_INT (TwReceipt, warehouse_id, N_ ("Warehouse"), 0, G_MAXINT64, TW_SERVER),
  TW_KEY (TwReceipt, reason, N_ ("Reason"), tw_receipt_reason_keys, TW_REQUIRED),
  TW_TEXT (TwReceipt, reference, N_ ("Supplier's reference"), 60, 0),
  TW_DATE (TwReceipt, receipt_date, N_ ("Date"), 0),
  TW_TEXT (TwReceipt, author, N_ ("Received by"), 40, TW_SERVER),
  TW_INT (TwReceipt, author_id, N_ ("Received by"), 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwReceipt, line_count, N_ ("Lines"), 0, 10000, TW_SERVER),
  TW_LIST (TwReceipt, lines, N_ ("Lines"), tw_receipt_line_get_type, 1000, TW_REQUIRED | TW_ABSENT),
};
TW_DEFINE_RECORD (TwReceipt, tw_receipt, "receipt", N_ ("Goods receipt"), receipt_fields)
