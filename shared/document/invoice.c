/* invoice.c: see invoice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/invoice.h"

#include "shared/document/action.h"

const TwKey tw_invoice_kind_keys[] = {
  { "invoice", N_ ("Invoice") },
  { "credit_note", N_ ("Credit note") },
  { NULL },
};

const TwKey tw_invoice_state_keys[] = {
  { "draft", N_ ("Draft") },
  { "posted", N_ ("Posted") },
  { "partly_paid", N_ ("Partly paid") },
  { "paid", N_ ("Paid") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

static const TwField invoice_line_fields[] = {
  TW_LINE_FIELDS (TwInvoiceLine),
  TW_INT (TwInvoiceLine, position, N_ ("Line"), 0, 10000, TW_SERVER),
  TW_INT (TwInvoiceLine, order_line_id, N_ ("Order line"), 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwInvoiceLine, source_line_id, N_ ("Invoice line"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoiceLine, order, N_ ("Order"), 30, TW_SERVER),
  TW_INT (TwInvoiceLine, order_id, N_ ("Order"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoiceLine, product, N_ ("Product"), 40, TW_SERVER),
  TW_INT (TwInvoiceLine, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoiceLine, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwInvoiceLine, description, N_ ("Description"), 500, TW_SERVER),
  TW_QUANTITY (TwInvoiceLine, quantity, N_ ("Quantity"), TW_SERVER),
  TW_TEXT (TwInvoiceLine, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_PRICE (TwInvoiceLine, price, N_ ("Price"), TW_SERVER),
  TW_RATE (TwInvoiceLine, discount, N_ ("Discount"), 1, TW_SERVER),
  TW_TEXT (TwInvoiceLine, tax_class, N_ ("Tax class"), 20, TW_SERVER),
  TW_INT (TwInvoiceLine, tax_class_id, N_ ("Tax class"), 0, G_MAXINT64, TW_SERVER),
  TW_RATE (TwInvoiceLine, tax_rate, N_ ("Tax rate"), 1, TW_SERVER),
  TW_MONEY (TwInvoiceLine, net, N_ ("Net amount"), TW_SERVER),
  TW_MONEY (TwInvoiceLine, tax, N_ ("Tax"), TW_SERVER),
  TW_MONEY (TwInvoiceLine, freight, N_ ("Freight"), TW_SERVER),
  TW_COST (TwInvoiceLine, cost, N_ ("Cost"), TW_SERVER),
};
TW_DEFINE_RECORD (TwInvoiceLine, tw_invoice_line, "invoice_line", N_ ("Line"), invoice_line_fields)

static const TwField receivable_fields[] = {
  TW_RECORD_FIELDS (TwReceivable),
  TW_INT (TwReceivable, invoice_id, N_ ("Invoice"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwReceivable, invoice, N_ ("Invoice"), 30, TW_SERVER),
  TW_TEXT (TwReceivable, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_INT (TwReceivable, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwReceivable, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwReceivable, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_DATE (TwReceivable, invoice_date, N_ ("Invoice date"), TW_SERVER),
  TW_DATE (TwReceivable, due_date, N_ ("Due"), TW_SERVER),
  TW_INT (TwReceivable, days_overdue, N_ ("Days overdue"), 0, G_MAXINT32, TW_SERVER),
  TW_MONEY (TwReceivable, amount, N_ ("Amount"), TW_SERVER),
  TW_MONEY (TwReceivable, paid, N_ ("Paid"), TW_SERVER),
  /* Translators: money not yet paid */
  TW_MONEY (TwReceivable, open_amount, N_ ("Still to pay"), TW_SERVER),
};
TW_DEFINE_RECORD (TwReceivable, tw_receivable, "receivable", N_ ("Receivable"), receivable_fields)

static const TwField invoice_payment_fields[] = {
  TW_TEXT (TwInvoicePayment, payment, N_ ("Payment"), 30, TW_SERVER),
  TW_INT (TwInvoicePayment, payment_id, N_ ("Payment"), 0, G_MAXINT64, TW_SERVER),
  TW_DATE (TwInvoicePayment, received_date, N_ ("Received"), TW_SERVER),
  TW_MONEY (TwInvoicePayment, amount, N_ ("Amount"), TW_SERVER),
};
TW_DEFINE_RECORD (TwInvoicePayment, tw_invoice_payment, "invoice_payment", N_ ("Payment"), invoice_payment_fields)

static const TwField invoice_fields[] = {
  TW_RECORD_FIELDS (TwInvoice),
  TW_TEXT (TwInvoice, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwInvoice, kind, N_ ("Kind"), tw_invoice_kind_keys, TW_SERVER),
  TW_KEY (TwInvoice, state, N_ ("State"), tw_invoice_state_keys, TW_SERVER),
  TW_BOOL (TwInvoice, overdue, N_ ("Overdue"), TW_SERVER),
  TW_TEXT (TwInvoice, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_INT (TwInvoice, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoice, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwInvoice, order, N_ ("Order"), 30, TW_SERVER),
  TW_INT (TwInvoice, order_id, N_ ("Order"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoice, reverses, N_ ("Corrects invoice"), 30, TW_SERVER),
  TW_INT (TwInvoice, reverses_id, N_ ("Corrects invoice"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoice, reason, N_ ("Reason"), 500, TW_SERVER | TW_ABSENT),
  TW_DATE (TwInvoice, invoice_date, N_ ("Invoice date"), 0),
  TW_DATE (TwInvoice, due_date, N_ ("Due"), TW_SERVER),
  TW_TEXT (TwInvoice, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_RATE (TwInvoice, exchange_rate, N_ ("Exchange rate"), 0, TW_SERVER),
  TW_TEXT (TwInvoice, payment_term, N_ ("Payment term"), 20, TW_SERVER),
  TW_INT (TwInvoice, payment_term_id, N_ ("Payment term"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwInvoice, tax_id, N_ ("Tax number"), 40, TW_SERVER),
  TW_TEXT (TwInvoice, bill_name, N_ ("Billed to"), 120, TW_SERVER),
  TW_TEXT (TwInvoice, bill_address, N_ ("Billing address"), 600, TW_SERVER | TW_MULTILINE | TW_ABSENT),
  TW_MONEY (TwInvoice, net_total, N_ ("Net total"), TW_SERVER),
  TW_MONEY (TwInvoice, freight, N_ ("Freight"), TW_SERVER),
  TW_MONEY (TwInvoice, tax_total, N_ ("Tax"), TW_SERVER),
  TW_MONEY (TwInvoice, total, N_ ("Total"), TW_SERVER),
  TW_MONEY (TwInvoice, total_company, N_ ("Total in company currency"), TW_SERVER),
  TW_MONEY (TwInvoice, paid, N_ ("Paid"), TW_SERVER),
  TW_MONEY (TwInvoice, credited, N_ ("Credited"), TW_SERVER),
  TW_MONEY (TwInvoice, open_amount, N_ ("Still to pay"), TW_SERVER),
  TW_TEXT (TwInvoice, author, N_ ("Entered by"), 40, TW_SERVER | TW_INTERNAL),
  TW_INT (TwInvoice, author_id, N_ ("Entered by"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_TIME (TwInvoice, posted_at, N_ ("Posted on"), TW_SERVER),
  TW_LIST (TwInvoice, lines, N_ ("Lines"), tw_invoice_line_get_type, 5000, TW_SERVER | TW_ABSENT),
  TW_LIST (TwInvoice, taxes, N_ ("Taxes"), tw_tax_line_get_type, 50, TW_SERVER | TW_ABSENT),
  TW_LIST (TwInvoice, receivables, N_ ("Instalments"), tw_receivable_get_type, 60, TW_SERVER | TW_ABSENT),
  TW_LIST (TwInvoice, payments, N_ ("Payments"), tw_invoice_payment_get_type, 1000, TW_SERVER | TW_ABSENT),
  TW_LIST (TwInvoice, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwInvoice, tw_invoice, "invoice", N_ ("Invoice"), invoice_fields)

static const TwField invoice_request_fields[] = {
  TW_TEXT (TwInvoiceRequest, order, N_ ("Order"), 30, 0),
  TW_TEXT (TwInvoiceRequest, customer, N_ ("Customer"), 20, 0),
  TW_DATE (TwInvoiceRequest, delivered_from, N_ ("Delivered from"), 0),
  TW_DATE (TwInvoiceRequest, delivered_to, N_ ("Delivered until"), 0),
  TW_DATE (TwInvoiceRequest, invoice_date, N_ ("Invoice date"), 0),
};
TW_DEFINE_RECORD (TwInvoiceRequest, tw_invoice_request, "invoice_request", N_ ("Invoice"), invoice_request_fields)

static const TwField credit_line_fields[] = {
  TW_LINE_FIELDS (TwCreditLine),
  TW_QUANTITY (TwCreditLine, quantity, N_ ("Quantity"), TW_REQUIRED | TW_POSITIVE),
};
TW_DEFINE_RECORD (TwCreditLine, tw_credit_line, "credit_line", N_ ("Line"), credit_line_fields)

static const TwField credit_arguments_fields[] = {
  TW_TEXT (TwCreditArguments, reason, N_ ("Reason"), 500, TW_REQUIRED),
  TW_LIST (TwCreditArguments, lines, N_ ("Lines"), tw_credit_line_get_type, 5000, 0),
};
TW_DEFINE_RECORD (TwCreditArguments, tw_credit_arguments, "credit_arguments", N_ ("Credit note"),
                  credit_arguments_fields)
