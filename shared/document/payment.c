/* payment.c: see payment.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/payment.h"

#include "shared/document/action.h"

const TwKey tw_payment_state_keys[] = {
  /* Translators: state of a payment: announced, not yet on the account */
  { "recorded", N_ ("Recorded") },
  { "received", N_ ("Received") },
  { "allocated", N_ ("Allocated") },
  { "reconciled", N_ ("Reconciled") },
  { "failed", N_ ("Failed") },
  { "bounced", N_ ("Bounced") },
  { NULL },
};

const TwKey tw_payment_method_keys[] = {
  { "bank", N_ ("Bank transfer") },
  { "cash", N_ ("Cash") },
  { "card", N_ ("Card") },
  { "cheque", N_ ("Cheque") },
  { "wallet", N_ ("Mobile wallet") },
  { NULL },
};

static const TwField allocation_fields[] = {
  TW_LINE_FIELDS (TwAllocation),
  TW_TEXT (TwAllocation, invoice, N_ ("Invoice"), 30, TW_SERVER),
  TW_INT (TwAllocation, invoice_id, N_ ("Invoice"), 0, G_MAXINT64, TW_SERVER),
  TW_MONEY (TwAllocation, amount, N_ ("Amount"), TW_SERVER),
  TW_TIME (TwAllocation, allocated_at, N_ ("Allocated"), TW_SERVER),
  TW_TEXT (TwAllocation, user, N_ ("User"), 40, TW_SERVER),
};
TW_DEFINE_RECORD (TwAllocation, tw_allocation, "allocation", N_ ("Allocation"), allocation_fields)

static const TwField payment_refund_fields[] = {
  TW_TEXT (TwPaymentRefund, refund, N_ ("Refund"), 30, TW_SERVER),
  TW_INT (TwPaymentRefund, refund_id, N_ ("Refund"), 0, G_MAXINT64, TW_SERVER),
  TW_MONEY (TwPaymentRefund, amount, N_ ("Amount"), TW_SERVER),
  TW_DATE (TwPaymentRefund, paid_date, N_ ("Paid out on"), TW_SERVER),
};
TW_DEFINE_RECORD (TwPaymentRefund, tw_payment_refund, "payment_refund", N_ ("Refund"), payment_refund_fields)

static const TwField payment_fields[] = {
  TW_RECORD_FIELDS (TwPayment),
  TW_TEXT (TwPayment, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwPayment, state, N_ ("State"), tw_payment_state_keys, TW_SERVER),
  TW_TEXT (TwPayment, customer, N_ ("Customer"), 20, TW_REQUIRED | TW_FIXED),
  TW_INT (TwPayment, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwPayment, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_KEY (TwPayment, method, N_ ("Method"), tw_payment_method_keys, TW_REQUIRED),
  TW_TEXT (TwPayment, reference, N_ ("Bank reference"), 60, 0),
  TW_DATE (TwPayment, received_date, N_ ("Received on"), 0),
  TW_TEXT (TwPayment, currency, N_ ("Currency"), 3, TW_FIXED),
  TW_RATE (TwPayment, exchange_rate, N_ ("Exchange rate"), 0, TW_SERVER),
  TW_MONEY (TwPayment, amount, N_ ("Amount"), TW_REQUIRED | TW_FIXED | TW_POSITIVE),
  TW_MONEY (TwPayment, allocated, N_ ("Allocated"), TW_SERVER),
  TW_MONEY (TwPayment, refunding, N_ ("To be refunded"), TW_SERVER),
  TW_MONEY (TwPayment, refunded, N_ ("Refunded"), TW_SERVER),
  TW_MONEY (TwPayment, rest, N_ ("Left to use"), TW_SERVER),
  TW_MONEY (TwPayment, unallocated, N_ ("On account"), TW_SERVER),
  TW_TEXT (TwPayment, notes, N_ ("Notes"), 1000, TW_MULTILINE | TW_ABSENT),
  TW_TEXT (TwPayment, author, N_ ("Entered by"), 40, TW_SERVER),
  TW_INT (TwPayment, author_id, N_ ("Entered by"), 0, G_MAXINT64, TW_SERVER),
  TW_LIST (TwPayment, allocations, N_ ("Allocations"), tw_allocation_get_type, 1000, TW_SERVER | TW_ABSENT),
  TW_LIST (TwPayment, refunds, N_ ("Refunds"), tw_payment_refund_get_type, 1000, TW_SERVER | TW_ABSENT),
  TW_LIST (TwPayment, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwPayment, tw_payment, "payment", N_ ("Payment"), payment_fields)

TwDecimal
tw_payment_get_used (TwPayment *payment)
{
  return tw_decimal_add (payment->allocated, payment->refunded);
}

static const TwField allocate_line_fields[] = {
  TW_TEXT (TwAllocateLine, invoice, N_ ("Invoice"), 30, TW_REQUIRED),
  TW_MONEY (TwAllocateLine, amount, N_ ("Amount"), TW_REQUIRED | TW_POSITIVE),
};
TW_DEFINE_RECORD (TwAllocateLine, tw_allocate_line, "allocate_line", N_ ("Line"), allocate_line_fields)

static const TwField allocate_arguments_fields[] = {
  TW_LIST (TwAllocateArguments, lines, N_ ("Lines"), tw_allocate_line_get_type, 1000, 0),
};
TW_DEFINE_RECORD (TwAllocateArguments, tw_allocate_arguments, "allocate_arguments", N_ ("Allocate"),
                  allocate_arguments_fields)
