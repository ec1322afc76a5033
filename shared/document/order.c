/* order.c: see order.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order.h"

#include "shared/document/action.h"
#include "shared/document/approval.h"
#include "shared/document/order-check.h"

const TwKey tw_order_state_keys[] = {
  /* Translators: state of an order */
  { "draft", N_ ("Draft") },
  { "quoted", N_ ("Quoted") },
  { "lost", N_ ("Lost") },
  { "pending_approval", N_ ("Waiting for approval") },
  { "confirmed", N_ ("Confirmed") },
  { "released", N_ ("Released") },
  { "in_fulfilment", N_ ("In fulfilment") },
  { "fulfilled", N_ ("Fulfilled") },
  { "completed", N_ ("Completed") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

const TwKey tw_order_channel_keys[] = {
  { "phone", N_ ("Phone") },
  { "email", N_ ("E-mail") },
  { "web", N_ ("Web shop") },
  { "counter", N_ ("Counter") },
  { "import", N_ ("Import") },
  { "portal", N_ ("Customer portal") },
  { "visit", N_ ("Visit") },
  { NULL },
};

const TwKey tw_order_hold_keys[] = {
  { "credit", N_ ("Credit hold") },
  { "customer", N_ ("Held for the customer") },
  { "quality", N_ ("Quality hold") },
  { "legal", N_ ("Legal hold") },
  { "manual", N_ ("Sales hold") },
  { NULL },
};

const TwKey tw_shortage_keys[] = {
  { "wait", N_ ("Deliver what is there, the rest later") },
  { "split", N_ ("Deliver in parts") },
  { "other_warehouse", N_ ("Take the rest from another warehouse") },
  { "substitute", N_ ("Substitute product") },
  { "reduce", N_ ("Deliver what is there, cancel the rest") },
  { NULL },
};

const TwKey tw_approval_status_keys[] = {
  { "none", N_ ("No approval") },
  { "pending", N_ ("Waiting for approval") },
  { "approved", N_ ("Approved") },
  { "rejected", N_ ("Rejected") },
  { NULL },
};

const TwKey tw_reservation_status_keys[] = {
  { "none", N_ ("Not reserved") },
  { "partial", N_ ("Partly reserved") },
  { "full", N_ ("Reserved") },
  { NULL },
};

const TwKey tw_fulfilment_status_keys[] = {
  { "none", N_ ("Not packed") },
  { "partial", N_ ("Partly packed") },
  { "full", N_ ("Packed") },
  { NULL },
};

const TwKey tw_delivery_status_keys[] = {
  { "none", N_ ("Not delivered") },
  { "partial", N_ ("Partly delivered") },
  { "full", N_ ("Delivered") },
  { NULL },
};

const TwKey tw_invoice_status_keys[] = {
  { "none", N_ ("Not invoiced") },
  { "partial", N_ ("Partly invoiced") },
  { "full", N_ ("Invoiced") },
  { NULL },
};

const TwKey tw_payment_status_keys[] = {
  { "none", N_ ("Unpaid") },
  { "partial", N_ ("Partly paid") },
  { "full", N_ ("Paid") },
  { NULL },
};

static const TwField order_line_fields[] = {
  TW_LINE_FIELDS (TwOrderLine),
  TW_INT (TwOrderLine, position, N_ ("Line"), 0, 10000, TW_SERVER),
  TW_TEXT (TwOrderLine, product, N_ ("Product"), 40, TW_REQUIRED | TW_COMMERCIAL),
  TW_INT (TwOrderLine, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwOrderLine, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwOrderLine, description, N_ ("Description"), 500, TW_COMMERCIAL),
  TW_QUANTITY (TwOrderLine, quantity, N_ ("Quantity"), TW_REQUIRED | TW_POSITIVE | TW_COMMERCIAL),
  TW_TEXT (TwOrderLine, unit, N_ ("Unit"), 20, TW_COMMERCIAL),
  TW_PRICE (TwOrderLine, list_price, N_ ("List price"), TW_SERVER),
  TW_PRICE (TwOrderLine, price, N_ ("Price"), TW_NOT_NEGATIVE | TW_COMMERCIAL),
  TW_RATE (TwOrderLine, discount, N_ ("Discount"), 1, TW_NOT_NEGATIVE | TW_COMMERCIAL),
  TW_TEXT (TwOrderLine, tax_class, N_ ("Tax class"), 20, TW_COMMERCIAL),
  TW_INT (TwOrderLine, tax_class_id, N_ ("Tax class"), 0, G_MAXINT64, TW_SERVER),
  TW_RATE (TwOrderLine, tax_rate, N_ ("Tax rate"), 1, TW_SERVER | TW_COMMERCIAL),
  TW_MONEY (TwOrderLine, net, N_ ("Net amount"), TW_SERVER),
  TW_COST (TwOrderLine, cost, N_ ("Cost"), TW_SERVER),
  TW_MARGIN (TwOrderLine, margin, N_ ("Margin"), TW_SERVER),
  TW_DATE (TwOrderLine, promised_date, N_ ("Promised"), TW_COMMERCIAL),
  TW_KEY (TwOrderLine, shortage, N_ ("If short"), tw_shortage_keys, 0),
  TW_QUANTITY (TwOrderLine, cancelled, N_ ("Cancelled"), TW_SERVER),
  /* Translators: quantity of an order line that nothing has been done about yet */
  TW_QUANTITY (TwOrderLine, open_quantity, N_ ("Open quantity"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, backordered, N_ ("Backordered"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, reserved, N_ ("Reserved"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, picking, N_ ("Being picked"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, picked, N_ ("Picked"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, packed, N_ ("Packed"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, shipped, N_ ("Shipped"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, delivered, N_ ("Delivered"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, returned, N_ ("Returned"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, invoiced, N_ ("Invoiced"), TW_SERVER),
  TW_QUANTITY (TwOrderLine, available, N_ ("Available"), TW_SERVER | TW_INTERNAL),
};
TW_DEFINE_RECORD (TwOrderLine, tw_order_line, "order_line", N_ ("Order line"), order_line_fields)

static const TwField tax_line_fields[] = {
  TW_TEXT (TwTaxLine, tax_class, N_ ("Tax class"), 20, TW_SERVER),
  TW_INT (TwTaxLine, tax_class_id, N_ ("Tax class"), 0, G_MAXINT64, TW_SERVER),
  TW_RATE (TwTaxLine, rate, N_ ("Rate"), 1, TW_SERVER),
  TW_MONEY (TwTaxLine, base, N_ ("Net amount"), TW_SERVER),
  TW_MONEY (TwTaxLine, tax, N_ ("Tax"), TW_SERVER),
};
TW_DEFINE_RECORD (TwTaxLine, tw_tax_line, "tax_line", N_ ("Tax"), tax_line_fields)

static const TwField order_fields[] = {
  TW_RECORD_FIELDS (TwOrder),
  TW_TEXT (TwOrder, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwOrder, state, N_ ("State"), tw_order_state_keys, TW_SERVER),
  TW_KEY (TwOrder, hold, N_ ("Hold"), tw_order_hold_keys, TW_SERVER),
  TW_TEXT (TwOrder, hold_reason, N_ ("Reason for the hold"), 500, TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_KEY (TwOrder, channel, N_ ("Channel"), tw_order_channel_keys, 0),
  TW_TEXT (TwOrder, customer, N_ ("Customer"), 20, TW_REQUIRED | TW_COMMERCIAL),
  TW_INT (TwOrder, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwOrder, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwOrder, po_reference, N_ ("Customer's reference"), 60, 0),
  TW_TEXT (TwOrder, contact, N_ ("Contact"), 120, TW_ABSENT),
  TW_POSTAL_FIELDS (TwOrder, TW_COMMERCIAL | TW_ABSENT),
  TW_DATE (TwOrder, order_date, N_ ("Order date"), 0),
  TW_DATE (TwOrder, requested_date, N_ ("Requested"), TW_COMMERCIAL),
  TW_DATE (TwOrder, promised_date, N_ ("Promised"), TW_COMMERCIAL),
  TW_DATE (TwOrder, valid_until, N_ ("Valid until"), 0),
  TW_TEXT (TwOrder, currency, N_ ("Currency"), 3, TW_COMMERCIAL),
  TW_RATE (TwOrder, exchange_rate, N_ ("Exchange rate"), 0, TW_SERVER | TW_COMMERCIAL),
  TW_TEXT (TwOrder, price_list, N_ ("Price list"), 20, TW_COMMERCIAL),
  TW_INT (TwOrder, price_list_id, N_ ("Price list"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwOrder, payment_term, N_ ("Payment term"), 20, TW_COMMERCIAL),
  TW_INT (TwOrder, payment_term_id, N_ ("Payment term"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwOrder, warehouse, N_ ("Warehouse"), 20, 0),
  TW_INT (TwOrder, warehouse_id, N_ ("Warehouse"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwOrder, sales_rep, N_ ("Sales rep"), 40, TW_SERVER | TW_INTERNAL),
  TW_INT (TwOrder, sales_rep_id, N_ ("Sales rep"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_TEXT (TwOrder, sales_rep_name, N_ ("Sales rep"), 120, TW_SERVER),
  TW_MONEY (TwOrder, freight, N_ ("Freight"), TW_NOT_NEGATIVE | TW_COMMERCIAL),
  TW_TEXT (TwOrder, notes, N_ ("Notes"), 2000, TW_MULTILINE | TW_ABSENT | TW_INTERNAL),
  TW_BOOL (TwOrder, special, N_ ("Ask for a signature"), TW_COMMERCIAL | TW_INTERNAL),
  TW_TEXT (TwOrder, special_reason, N_ ("Reason for the request"), 500, TW_ABSENT | TW_INTERNAL),
  TW_MONEY (TwOrder, net_total, N_ ("Net total"), TW_SERVER),
  TW_MONEY (TwOrder, tax_total, N_ ("Tax"), TW_SERVER),
  TW_MONEY (TwOrder, total, N_ ("Total"), TW_SERVER),
  TW_MONEY (TwOrder, total_company, N_ ("Total in company currency"), TW_SERVER),
  TW_MARGIN (TwOrder, margin, N_ ("Margin"), TW_SERVER),
  TW_INT (TwOrder, revision, N_ ("Revision"), 0, 100000, TW_SERVER),
  TW_TEXT (TwOrder, digest, N_ ("Content digest"), 64, TW_SERVER | TW_ABSENT),
  TW_INT (TwOrder, approval_round, N_ ("Round"), 0, 100000, TW_SERVER | TW_ABSENT),
  TW_TEXT (TwOrder, author, N_ ("Entered by"), 40, TW_SERVER | TW_INTERNAL),
  TW_INT (TwOrder, author_id, N_ ("Entered by"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_INT (TwOrder, editor_id, N_ ("Last changed by"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_TIME (TwOrder, submitted_at, N_ ("Submitted"), TW_SERVER),
  TW_TIME (TwOrder, confirmed_at, N_ ("Confirmed on"), TW_SERVER),
  TW_TEXT (TwOrder, close_reason, N_ ("Reason"), 500, TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_KEY (TwOrder, approval_status, N_ ("Approval"), tw_approval_status_keys, TW_SERVER),
  TW_KEY (TwOrder, reservation_status, N_ ("Reservation"), tw_reservation_status_keys, TW_SERVER),
  TW_KEY (TwOrder, fulfilment_status, N_ ("Packing"), tw_fulfilment_status_keys, TW_SERVER),
  TW_KEY (TwOrder, delivery_status, N_ ("Delivery"), tw_delivery_status_keys, TW_SERVER),
  TW_KEY (TwOrder, invoice_status, N_ ("Invoicing"), tw_invoice_status_keys, TW_SERVER),
  TW_KEY (TwOrder, payment_status, N_ ("Payment"), tw_payment_status_keys, TW_SERVER),
  TW_INT (TwOrder, line_count, N_ ("Lines"), 0, 10000, TW_SERVER),
  TW_LIST (TwOrder, lines, N_ ("Lines"), tw_order_line_get_type, 1000, TW_ABSENT | TW_COMMERCIAL),
  TW_LIST (TwOrder, taxes, N_ ("Taxes"), tw_tax_line_get_type, 50, TW_SERVER | TW_ABSENT),
  TW_LIST (TwOrder, checks, N_ ("Checks"), tw_order_check_get_type, 5000, TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_LIST (TwOrder, approvals, N_ ("Approval steps"), tw_approval_step_get_type, 50,
           TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_LIST (TwOrder, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwOrder, tw_order, "order", N_ ("Order"), order_fields)
