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
  TwDecimal unallocated; /* credit on account */
  char *notes;
  char *author;
  gint64 author_id;
  GListStore *allocations;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwPayment, tw_payment)

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
