/* order.h: sales orders and quotations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/common.h"

G_BEGIN_DECLS

extern const TwKey tw_order_state_keys[];   /* draft … cancelled, lost */
extern const TwKey tw_order_channel_keys[]; /* phone, email, web, counter, import, portal, visit */
extern const TwKey tw_order_hold_keys[];    /* credit, customer, quality, legal, manual */
extern const TwKey tw_shortage_keys[];      /* wait, split, other_warehouse, substitute, reduce */

/* Derived from facts by tw_order_derive_statuses() (order-status.h). */
extern const TwKey tw_approval_status_keys[];    /* none, pending, approved, rejected */
extern const TwKey tw_reservation_status_keys[]; /* none, partial, full */
extern const TwKey tw_fulfilment_status_keys[];  /* none, partial, full: picked and packed */
extern const TwKey tw_delivery_status_keys[];    /* none, partial, full */
extern const TwKey tw_invoice_status_keys[];     /* none, partial, full */
extern const TwKey tw_payment_status_keys[];     /* none, partial, full */

/**
 * TwOrderLine:
 *
 * quantity = cancelled + open_quantity + backordered + reserved + picking + picked + packed + shipped + delivered,
 * returned ≤ delivered, invoiced ≤ quantity − cancelled: kept by the database too.
 */
struct _TwOrderLine
{
  TwRecord parent;
  gint64 position; /* 1… */
  char *product;   /* sku */
  gint64 product_id;
  char *product_name;
  char *description; /* as it shall stand on documents; none: the product's name */
  TwDecimal quantity;
  char *unit;
  TwDecimal list_price; /* what the price list says for this quantity and day */
  TwDecimal price;      /* agreed, before discount; none at entry: the list price */
  TwDecimal discount;   /* fraction 0…1 */
  char *tax_class;
  gint64 tax_class_id;
  TwDecimal tax_rate;
  TwDecimal net;
  TwDecimal cost;   /* a unit, when the line was written */
  TwDecimal margin; /* (net − quantity × cost) / net */
  TwDate promised_date;
  const char *shortage; /* what was chosen for a shortage; none: wait */
  TwDecimal cancelled;
  TwDecimal open_quantity;
  TwDecimal backordered;
  TwDecimal reserved;
  TwDecimal picking;
  TwDecimal picked;
  TwDecimal packed;
  TwDecimal shipped;
  TwDecimal delivered;
  TwDecimal returned;
  TwDecimal invoiced;
  TwDecimal available; /* to promise in the order's warehouse now; derived, only in answers for open orders */
};
TW_DECLARE_RECORD (TwOrderLine, tw_order_line)

/* Tax of one category on the document's sum of line nets (EN 16931). */
struct _TwTaxLine
{
  TwRecord parent;
  char *tax_class;
  gint64 tax_class_id;
  TwDecimal rate;
  TwDecimal base;
  TwDecimal tax;
};
TW_DECLARE_RECORD (TwTaxLine, tw_tax_line)

struct _TwOrder
{
  TwRecord parent;
  char *number; /* SO-2026-000123 */
  const char *state;
  const char *hold; /* none: not on hold */
  char *hold_reason;
  const char *channel;
  char *customer; /* code */
  gint64 customer_id;
  char *customer_name;
  char *po_reference; /* the customer's own order number */
  char *contact;
  TW_POSTAL_MEMBERS
  TwDate order_date;
  TwDate requested_date;
  TwDate promised_date;
  TwDate valid_until; /* of a quotation */
  char *currency;
  TwDecimal exchange_rate; /* company currency for one unit of currency */
  char *price_list;
  gint64 price_list_id;
  char *payment_term;
  gint64 payment_term_id;
  char *warehouse;
  gint64 warehouse_id;
  char *sales_rep;
  gint64 sales_rep_id;
  char *sales_rep_name;
  TwDecimal freight;
  char *notes;            /* a remark: not part of the commercial content */
  gboolean special;       /* the rep asks for a signature (approval condition manual) */
  char *special_reason;
  TwDecimal net_total;
  TwDecimal tax_total;
  TwDecimal total;
  TwDecimal total_company; /* total in company currency */
  TwDecimal margin;
  gint64 revision;
  char *digest;           /* SHA-256 hex of the commercial content at the last submit */
  gint64 approval_round;  /* counts submits */
  char *author;           /* user name */
  gint64 author_id;
  gint64 editor_id;       /* last editor of the commercial content */
  TwTime submitted_at;
  TwTime confirmed_at;
  char *close_reason;     /* of cancel or lose */
  const char *approval_status;
  const char *reservation_status;
  const char *fulfilment_status;
  const char *delivery_status;
  const char *invoice_status;
  const char *payment_status;
  gint64 line_count;
  GListStore *lines;     /* TwOrderLine */
  GListStore *taxes;     /* TwTaxLine */
  GListStore *checks;    /* TwOrderCheck of the last submit, or of a preview */
  GListStore *approvals; /* TwApprovalStep of the current round, or of a preview */
  GListStore *actions;   /* TwActionState */
};
TW_DECLARE_RECORD (TwOrder, tw_order)

G_END_DECLS
