/* invoice.h: invoices, credit notes and what is due of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/order.h"

G_BEGIN_DECLS

extern const TwKey tw_invoice_kind_keys[];  /* invoice, credit_note */
extern const TwKey tw_invoice_state_keys[]; /* draft, posted, partly_paid, paid, cancelled */

struct _TwInvoiceLine
{
  TwRecord parent;
  gint64 position;
  gint64 order_line_id;
  gint64 source_line_id; /* credit note: the invoice line it reverses */
  char *order;           /* number */
  gint64 order_id;
  char *product;
  gint64 product_id;
  char *product_name;
  char *description;
  TwDecimal quantity;
  char *unit;
  TwDecimal price;
  TwDecimal discount;
  char *tax_class;
  gint64 tax_class_id;
  TwDecimal tax_rate;
  TwDecimal net;
  TwDecimal tax;     /* its share of the tax of its category */
  TwDecimal freight; /* its order's freight, on the first line of that order; else 0 */
  TwDecimal cost;    /* of the whole quantity, company currency */
};
TW_DECLARE_RECORD (TwInvoiceLine, tw_invoice_line)

/* A part of an invoice due on one day. */
struct _TwReceivable
{
  TwRecord parent;
  gint64 invoice_id;
  char *invoice; /* number */
  char *customer;
  gint64 customer_id;
  char *customer_name;
  char *currency;
  TwDate invoice_date;
  TwDate due_date;
  gint64 days_overdue; /* 0: not overdue */
  TwDecimal amount;
  TwDecimal paid; /* or credited */
  TwDecimal open_amount;
};
TW_DECLARE_RECORD (TwReceivable, tw_receivable)

/* What a payment paid of an invoice, less what was taken back; nothing left: none. */
struct _TwInvoicePayment
{
  TwRecord parent;
  char *payment; /* number */
  gint64 payment_id;
  TwDate received_date;
  TwDecimal amount; /* in the currency of both */
};
TW_DECLARE_RECORD (TwInvoicePayment, tw_invoice_payment)

struct _TwInvoice
{
  TwRecord parent;
  char *number; /* legal and gapless; none until posted */
  const char *kind;
  const char *state;
  gboolean overdue;
  char *customer;
  gint64 customer_id;
  char *customer_name;
  char *order; /* number, when it is of one order */
  gint64 order_id;
  char *reverses; /* credit note: number of the invoice */
  gint64 reverses_id;
  char *reason; /* of a credit note */
  TwDate invoice_date;
  TwDate due_date; /* of the last instalment */
  char *currency;
  TwDecimal exchange_rate;
  char *payment_term;
  gint64 payment_term_id;
  char *tax_id;      /* the customer's, when it was posted */
  char *bill_name;
  char *bill_address; /* lines separated by \n */
  TwDecimal net_total;
  TwDecimal freight;
  TwDecimal tax_total;
  TwDecimal total;
  TwDecimal total_company;
  TwDecimal paid;     /* allocated payments */
  TwDecimal credited; /* by credit notes */
  TwDecimal open_amount;
  char *author;
  gint64 author_id;
  TwTime posted_at;
  GListStore *lines;
  GListStore *taxes;
  GListStore *receivables;
  GListStore *payments; /* TwInvoicePayment */
  GListStore *actions;
};
TW_DECLARE_RECORD (TwInvoice, tw_invoice)

/* POST /invoices: what of whom. Either an order or a customer with a period; nothing else comes from outside. */
struct _TwInvoiceRequest
{
  TwRecord parent;
  char *order;    /* number: everything delivered and not yet invoiced */
  char *customer; /* code: collective over the deliveries of a period */
  TwDate delivered_from;
  TwDate delivered_to;
  TwDate invoice_date; /* none: today */
};
TW_DECLARE_RECORD (TwInvoiceRequest, tw_invoice_request)

/* Body of the action credit: no lines means the whole invoice. */
struct _TwCreditLine
{
  TwRecord parent; /* id: the invoice line */
  TwDecimal quantity;
};
TW_DECLARE_RECORD (TwCreditLine, tw_credit_line)

struct _TwCreditArguments
{
  TwRecord parent;
  char *reason;
  GListStore *lines;
};
TW_DECLARE_RECORD (TwCreditArguments, tw_credit_arguments)

G_END_DECLS
