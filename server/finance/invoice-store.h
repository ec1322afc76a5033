/* invoice-store.h: the SQL of invoices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/invoice.h"

G_BEGIN_DECLS

extern const TwList tw_invoice_list;
/* Record rules of the list, for tw_list_query_restrict(). */
extern const char tw_invoice_own_sql[];      /* customers of the sales rep :scope */
extern const char tw_invoice_customer_sql[]; /* of the customer :scope */

/* A condition on invoice i and order line ol: of that order something on that invoice was not credited. A part that was
 * credited to the last piece is taken back, as if it had never been invoiced; a credit note over less is a reduction in
 * price, after which the goods stay invoiced. Most invoices have no credit note, which one look-up tells. */
#define TW_INVOICE_PART_STANDS                                                                                         \
  "(NOT EXISTS (SELECT 1 FROM invoice x WHERE x.reverses_id = i.id) OR"                                                \
  " EXISTS (SELECT 1 FROM order_line wl JOIN invoice_line w ON w.order_line_id = wl.id"                                \
  " WHERE wl.order_id = ol.order_id AND w.invoice_id = i.id AND w.quantity > COALESCE((SELECT SUM(n.quantity)"         \
  " FROM invoice_line n JOIN invoice c ON c.id = n.invoice_id WHERE n.source_line_id = w.id"                           \
  " AND c.state <> 'cancelled'), 0)))"

/* What was invoiced of one line of an order: drafts and posted invoices that stand. */
typedef struct
{
  gint64 order_line_id;
  TwDecimal quantity;
  TwDecimal net;
  TwDecimal tax;
  TwDecimal freight;
  TwDecimal cost;
  gint64 draft_id; /* a draft that holds some of it; 0: none */
} TwInvoicedLine;

/* Locks its row. *known: the invoice, when it need not be read. (transfer full) */
gboolean tw_invoice_store_lock (TwContext *ctx, gint64 id, TwRecord **known, GError **error);
/* Head, lines, taxes, instalments and payments. *sales_rep_id: of the customer. */
gboolean tw_invoice_store_read (TwDb *db, gint64 id, TwDate today, TwInvoice *invoice, gint64 *sales_rep_id,
                                gboolean *found, GError **error);
/* Head, lines and taxes; sets their ids. */
gboolean tw_invoice_store_insert (TwDb *db, TwInvoice *invoice, GError **error);
/* invoice_date of a draft, where the version holds; TW_ERROR_STALE otherwise. */
gboolean tw_invoice_store_update_date (TwDb *db, TwInvoice *invoice, GError **error);
/* State with number, due date and posting time, where the version holds; the version is counted on. */
gboolean tw_invoice_store_update_state (TwDb *db, TwInvoice *invoice, const char *state, GError **error);
/* paid and credited, where the version holds; the version is counted on. */
gboolean tw_invoice_store_update_amounts (TwDb *db, TwInvoice *invoice, GError **error);

/* Per line of the order, those without anything left out. (element-type TwInvoicedLine, transfer full) */
GArray *tw_invoice_store_read_invoiced (TwDb *db, gint64 order_id, GError **error);
/* What credit notes took of each line of an invoice; order_line_id is the invoice line's id. (element-type
 * TwInvoicedLine, transfer full) */
GArray *tw_invoice_store_read_credited (TwDb *db, gint64 invoice_id, GError **error);
/* Whether all that is on the invoice of that order was credited. */
gboolean tw_invoice_store_is_taken_back (TwDb *db, gint64 invoice_id, gint64 order_id, gboolean *taken_back,
                                         GError **error);
/* The cost of the goods (not the services) of an order on an invoice, company currency. */
gboolean tw_invoice_store_sum_cost (TwDb *db, gint64 invoice_id, gint64 order_id, TwDecimal *cost, GError **error);

/* 0 when there is none. */
gboolean tw_invoice_store_find_order (TwContext *ctx, const char *number, gint64 *order_id, GError **error);
/* The posted invoice with a number; 0 when there is none. */
gboolean tw_invoice_store_find (TwDb *db, const char *number, gint64 *id, GError **error);
/* Orders of a customer with deliveries from @from to before @to, ascending; unset times do not bound. (element-type
 * gint64, transfer full) */
GArray *tw_invoice_store_list_delivered_orders (TwDb *db, gint64 customer_id, TwTime from, TwTime to, GError **error);
/* How much of each shipped line of an order was delivered before @to; order_line_id and quantity are set.
 * (element-type TwInvoicedLine, transfer full) */
GArray *tw_invoice_store_read_delivered (TwDb *db, gint64 order_id, TwTime to, GError **error);

/* Instalments. */
gboolean tw_invoice_store_insert_receivable (TwDb *db, TwReceivable *receivable, gint64 position, GError **error);
gboolean tw_invoice_store_update_receivable (TwDb *db, TwReceivable *receivable, GError **error);

G_END_DECLS
