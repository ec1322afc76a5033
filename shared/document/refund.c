/* refund.c: see refund.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/refund.h"

#include "shared/document/action.h"
#include "shared/document/payment.h"

const TwKey tw_refund_state_keys[] = {
  /* Translators: states of a refund to a customer */
  { "requested", N_ ("To approve") },
  { "approved", N_ ("Approved") },
  { "paid_out", N_ ("Paid out") },
  { "rejected", N_ ("Rejected") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

static const TwField refund_fields[] = {
  TW_RECORD_FIELDS (TwRefund),
  TW_TEXT (TwRefund, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwRefund, state, N_ ("State"), tw_refund_state_keys, TW_SERVER),
  TW_TEXT (TwRefund, payment, N_ ("Payment"), 30, TW_SERVER),
  TW_INT (TwRefund, payment_id, N_ ("Payment"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwRefund, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_INT (TwRefund, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwRefund, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwRefund, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_RATE (TwRefund, exchange_rate, N_ ("Exchange rate"), 0, TW_SERVER),
  TW_MONEY (TwRefund, amount, N_ ("Amount"), TW_SERVER),
  TW_KEY (TwRefund, method, N_ ("Method"), tw_payment_method_keys, TW_SERVER),
  TW_TEXT (TwRefund, reason, N_ ("Reason"), 500, TW_SERVER),
  TW_TEXT (TwRefund, author, N_ ("Requested by"), 40, TW_SERVER),
  TW_INT (TwRefund, author_id, N_ ("Requested by"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwRefund, approver, N_ ("Approved by"), 40, TW_SERVER),
  TW_INT (TwRefund, approver_id, N_ ("Approved by"), 0, G_MAXINT64, TW_SERVER),
  TW_TIME (TwRefund, approved_at, N_ ("Approved on"), TW_SERVER),
  TW_DATE (TwRefund, paid_date, N_ ("Paid out on"), TW_SERVER),
  TW_TEXT (TwRefund, reference, N_ ("Bank reference"), 60, TW_SERVER),
  TW_MONEY (TwRefund, payment_amount, N_ ("Amount of the payment"), TW_SERVER | TW_ABSENT),
  TW_DATE (TwRefund, received_date, N_ ("Received on"), TW_SERVER | TW_ABSENT),
  TW_TEXT (TwRefund, payment_reference, N_ ("Bank reference of the payment"), 60, TW_SERVER | TW_ABSENT),
  TW_TEXT (TwRefund, payment_author, N_ ("Payment entered by"), 40, TW_SERVER | TW_ABSENT),
  TW_MONEY (TwRefund, open_invoices, N_ ("Open invoices"), TW_SERVER | TW_ABSENT),
  TW_MONEY (TwRefund, overdue, N_ ("Overdue"), TW_SERVER | TW_ABSENT),
  TW_LIST (TwRefund, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwRefund, tw_refund, "refund", N_ ("Refund"), refund_fields)

static const TwField refund_arguments_fields[] = {
  TW_MONEY (TwRefundArguments, amount, N_ ("Amount"), TW_REQUIRED | TW_POSITIVE),
  TW_KEY (TwRefundArguments, method, N_ ("Method"), tw_payment_method_keys, 0),
  TW_TEXT (TwRefundArguments, reason, N_ ("Reason"), 500, TW_REQUIRED),
};
TW_DEFINE_RECORD (TwRefundArguments, tw_refund_arguments, "refund_arguments", N_ ("Refund"), refund_arguments_fields)

static const TwField pay_out_arguments_fields[] = {
  TW_DATE (TwPayOutArguments, paid_date, N_ ("Paid out on"), 0),
  TW_TEXT (TwPayOutArguments, reference, N_ ("Bank reference"), 60, 0),
};
TW_DEFINE_RECORD (TwPayOutArguments, tw_pay_out_arguments, "pay_out_arguments", N_ ("Pay out"),
                  pay_out_arguments_fields)
