/* payment.h: payments received and what they pay
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_payment_state_keys[];  /* recorded, received, allocated, reconciled, failed, bounced */
extern const TwKey tw_payment_method_keys[]; /* bank, cash, card, cheque, wallet */

struct _TwAllocation
{
  TwRecord parent;
  char *invoice; /* number */
  gint64 invoice_id;
  TwDecimal amount; /* negative: taken back */
  TwTime allocated_at;
  char *user;
};
TW_DECLARE_RECORD (TwAllocation, tw_allocation)

/* What of the payment is given back: refunds that are asked for, approved or paid out. */
struct _TwPaymentRefund
{
  TwRecord parent;
  char *refund; /* number */
  gint64 refund_id;
  TwDecimal amount;
  TwDate paid_date; /* unset: not yet paid out */
};
TW_DECLARE_RECORD (TwPaymentRefund, tw_payment_refund)

struct _TwPayment
{
  TwRecord parent;
  char *number; /* RC-2026-000001 */
  const char *state;
  char *customer;
  gint64 customer_id;
  char *customer_name;
  const char *method;
  char *reference; /* the bank's */
  TwDate received_date;
  char *currency;
  TwDecimal exchange_rate;
  TwDecimal amount;
  TwDecimal allocated;
  TwDecimal refunding; /* set aside for refunds that are not yet paid out */
  TwDecimal refunded;
  TwDecimal rest; /* of what has arrived neither used nor set aside: can be allocated or asked back */
  TwDecimal unallocated; /* credit on account, what is set aside included; < 0 when it bounced after a refund */
  char *notes;
  char *author;
  gint64 author_id;
  GListStore *allocations;
  GListStore *refunds; /* TwPaymentRefund */
  GListStore *actions;
};
TW_DECLARE_RECORD (TwPayment, tw_payment)

/* Allocated and paid back. */
TwDecimal tw_payment_get_used (TwPayment *payment);

/* Body of the action allocate: no lines means the oldest due first. */
struct _TwAllocateArguments
{
  TwRecord parent;
  GListStore *lines; /* TwAllocateLine */
};
TW_DECLARE_RECORD (TwAllocateArguments, tw_allocate_arguments)

struct _TwAllocateLine
{
  TwRecord parent;
  char *invoice; /* number */
  TwDecimal amount;
};
TW_DECLARE_RECORD (TwAllocateLine, tw_allocate_line)

G_END_DECLS
