/* stock.h: stock levels, moves and what came in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* supplier, warehouse, packing, transit, customer, scrap, production, adjustment */
extern const TwKey tw_location_keys[];
extern const TwKey tw_receipt_reason_keys[]; /* opening, purchase, return, other */

/* The balance of one product in one warehouse: 0 ≤ reserved ≤ on_hand. */
struct _TwStockLevel
{
  TwRecord parent;
  char *product;
  gint64 product_id;
  char *product_name;
  char *barcode;
  char *category;
  char *unit;
  char *warehouse;
  gint64 warehouse_id;
  TwDecimal on_hand;
  TwDecimal reserved;
  TwDecimal available;   /* on_hand − reserved */
  TwDecimal backordered; /* what orders wait for in this warehouse */
};
TW_DECLARE_RECORD (TwStockLevel, tw_stock_level)

/* One row of the ledger: quantity > 0 went from one location to another. */
struct _TwStockMove
{
  TwRecord parent;
  char *product;
  gint64 product_id;
  char *product_name;
  TwDecimal quantity;
  const char *from_location;
  char *from_warehouse; /* code, with locations warehouse and packing */
  const char *to_location;
  char *to_warehouse;
  char *document; /* document key: "receipt", "shipment", "stock_count" */
  gint64 document_id;
  char *document_number;
  char *user;
  char *reason;
};
TW_DECLARE_RECORD (TwStockMove, tw_stock_move)

struct _TwReceiptLine
{
  TwRecord parent;
  char *product;
  gint64 product_id;
  char *product_name;
  char *unit;
  TwDecimal quantity;
};
TW_DECLARE_RECORD (TwReceiptLine, tw_receipt_line)

/* Goods in, posted when it is stored. */
struct _TwReceipt
{
  TwRecord parent;
  char *number; /* GR-2026-000001 */
  char *warehouse;
  gint64 warehouse_id;
  const char *reason;
  char *reference; /* the supplier's delivery note */
  TwDate receipt_date;
  char *author;
  gint64 author_id;
  gint64 line_count;
  GListStore *lines;
};
TW_DECLARE_RECORD (TwReceipt, tw_receipt)

G_END_DECLS
