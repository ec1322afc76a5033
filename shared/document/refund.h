/* refund.h: money on account that a customer gets back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A refund is asked for on the payment that the money came with. From then on the amount is set aside: it pays no
 * invoice until the refund is paid out, rejected or cancelled.
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_refund_state_keys[]; /* requested, approved, paid_out, rejected, cancelled */

struct _TwRefund
{
  TwRecord parent;
  char *number; /* RF-2026-000001 */
  const char *state;
  char *payment; /* number */
  gint64 payment_id;
  char *customer;
  gint64 customer_id;
  char *customer_name;
  char *currency; /* the payment's */
  TwDecimal exchange_rate; /* of the day on which it was paid out */
  TwDecimal amount;
  const char *method; /* tw_payment_method_keys */
  char *reason;
  char *author; /* who asked for it */
  gint64 author_id;
  char *approver; /* somebody else */
  gint64 approver_id;
  TwTime approved_at;
  TwDate paid_date;
  char *reference; /* the bank's */
  /* What the approver looks at: the payment, and what the customer owes (company currency). */
  TwDecimal payment_amount;
  TwDate received_date;
  char *payment_reference;
  char *payment_author;
  TwDecimal open_invoices;
  TwDecimal overdue;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwRefund, tw_refund)

/* Body of a payment's action refund. */
struct _TwRefundArguments
{
  TwRecord parent;
  TwDecimal amount;
  const char *method; /* NULL: as the payment came */
  char *reason;
};
TW_DECLARE_RECORD (TwRefundArguments, tw_refund_arguments)

/* Body of the action pay_out. */
struct _TwPayOutArguments
{
  TwRecord parent;
  TwDate paid_date; /* unset: today */
  char *reference;
};
TW_DECLARE_RECORD (TwPayOutArguments, tw_pay_out_arguments)

G_END_DECLS
