/* payment-store.h: the SQL of payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/payment.h"

G_BEGIN_DECLS

extern const TwList tw_payment_list;

/* What of a payment pays an invoice, taken-back amounts deducted; never 0. */
typedef struct
{
  gint64 payment_id;
  gint64 invoice_id;
  TwDecimal amount;
} TwPaid;

/* Locks its row. *known: the payment, when it need not be read. (transfer full) */
gboolean tw_payment_store_lock (TwContext *ctx, gint64 id, TwRecord **known, GError **error);
gboolean tw_payment_store_read (TwDb *db, gint64 id, TwPayment *payment, gboolean *found, GError **error);
gboolean tw_payment_store_insert (TwDb *db, TwPayment *payment, GError **error);
/* These three hold where the version does, and count it on; TW_ERROR_STALE otherwise. */
gboolean tw_payment_store_update (TwDb *db, TwPayment *payment, GError **error); /* method, reference, date, notes */
gboolean tw_payment_store_update_state (TwDb *db, TwPayment *payment, const char *state, GError **error);
gboolean tw_payment_store_update_used (TwDb *db, TwPayment *payment, GError **error); /* what is used of it for what */

/* An amount < 0: taken back. */
gboolean tw_payment_store_insert_allocation (TwContext *ctx, gint64 payment_id, TwAllocation *allocation,
                                             GError **error);

/* By invoice id. (element-type TwPaid, transfer full) */
GArray *tw_payment_store_list_paid_by (TwDb *db, gint64 payment_id, GError **error);
/* The payment that paid last first. (element-type TwPaid, transfer full) */
GArray *tw_payment_store_list_paid_on (TwDb *db, gint64 invoice_id, GError **error);

/* Of a customer's payments in a currency: what is left of those that have arrived, neither used nor set aside, and what
 * was paid back of those that bounced. */
gboolean tw_payment_store_sum_account (TwDb *db, gint64 customer_id, const char *currency, TwDecimal *left,
                                       TwDecimal *returned, GError **error);

/* Posted invoices of a customer in a currency with something open, the oldest due first. (element-type gint64,
 * transfer full) */
GArray *tw_payment_store_list_open_invoices (TwDb *db, gint64 customer_id, const char *currency, GError **error);

G_END_DECLS
