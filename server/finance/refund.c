/* refund.c: refunds: asked for by one, approved by another, paid out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/refund.h"

#include "server/core/change.h"
#include "server/db/number.h"
#include "server/finance/company.h"
#include "server/finance/payment-private.h"
#include "server/finance/receivable.h"
#include "server/finance/refund-store.h"

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwRefund) refund = tw_refund_new ();
  gboolean found;

  if (!tw_refund_store_read (ctx->db, id, lock, refund, &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
      return NULL;
    }
  if (!tw_receivable_get_exposure (ctx, refund->customer_id, &refund->open_invoices, &refund->overdue, error))
    return NULL;
  return (TwRecord *) g_steal_pointer (&refund);
}

static TwRefund *
new_refund (TwContext *ctx, TwPayment *payment, TwRefundArguments *asked)
{
  TwRefund *refund = tw_refund_new ();

  refund->parent.version = 1;
  refund->parent.created_at = refund->parent.updated_at = ctx->now;
  refund->state = tw_key_find (tw_refund_state_keys, "requested");
  refund->payment_id = payment->parent.id;
  tw_record_set_string (&refund->payment, payment->number);
  refund->customer_id = payment->customer_id;
  tw_record_set_string (&refund->customer, payment->customer);
  tw_record_set_string (&refund->customer_name, payment->customer_name);
  tw_record_set_string (&refund->currency, payment->currency);
  refund->exchange_rate = payment->exchange_rate;
  refund->amount = asked->amount;
  refund->method = asked->method != NULL ? asked->method : payment->method;
  tw_record_set_string (&refund->reason, asked->reason);
  refund->author_id = ctx->who->user_id;
  tw_record_set_string (&refund->author, ctx->who->user);
  return refund;
}

gboolean
tw_refund_request (TwContext *ctx, TwPayment *payment, TwRefundArguments *asked, GError **error)
{
  g_autoptr (TwRefund) refund = new_refund (ctx, payment, asked);

  tw_record_take_text (&refund->number, tw_number_document (ctx->db, "RF", ctx->today, error));
  return refund->number != NULL && tw_refund_store_insert (ctx->db, refund, error)
         && tw_change_record (ctx, "create", NULL, TW_RECORD (refund), NULL, error);
}

/* ---- Steps ---- */

static gboolean
apply_approve (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwRefund *refund = (TwRefund *) document;
  g_autoptr (TwPayment) payment = tw_payment_get (ctx, refund->payment_id, TRUE, error);

  if (payment == NULL || !tw_payment_check_refund (ctx, payment, error))
    return FALSE;
  refund->approver_id = ctx->who->user_id;
  tw_record_set_string (&refund->approver, ctx->who->user);
  refund->approved_at = ctx->now;
  return TRUE;
}

/* It will not be paid out: the money is on account as before. */
static gboolean
apply_give_up (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwRefund *refund = (TwRefund *) document;
  g_autoptr (TwPayment) payment = tw_payment_get (ctx, refund->payment_id, TRUE, error);

  return payment != NULL && tw_payment_put_back (ctx, payment, refund->amount, error);
}

static gboolean
check_day (TwContext *ctx, TwRefund *refund, GError **error)
{
  if (tw_date_compare (refund->paid_date, ctx->today) > 0)
    return tw_error_fault (error, "/paid_date", "out_of_range",
                           _ ("A refund cannot have been paid out in the future."));
  if (tw_date_compare (refund->paid_date, tw_date_from_time (refund->approved_at)) < 0)
    return tw_error_fault (error, "/paid_date", "out_of_range",
                           _ ("A refund cannot have been paid out before it was approved."));
  return TRUE;
}

static gboolean
apply_pay_out (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwRefund *refund = (TwRefund *) document;
  TwPayOutArguments *told = (TwPayOutArguments *) arguments;
  g_autoptr (TwPayment) payment = NULL;

  refund->paid_date = told != NULL && tw_date_is_set (told->paid_date) ? told->paid_date : ctx->today;
  if (told != NULL)
    tw_record_set_string (&refund->reference, told->reference);
  if (!check_day (ctx, refund, error)
      || !tw_company_get_rate (ctx, refund->currency, "", &refund->exchange_rate, error))
    return FALSE;
  payment = tw_payment_get (ctx, refund->payment_id, TRUE, error);
  return payment != NULL && tw_payment_pay_out (ctx, payment, refund, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  document->updated_at = ctx->now;
  return tw_refund_store_update_state (ctx->db, (TwRefund *) document, state, error);
}

/* What becomes of its money may change what the customer owes, which stands on the refund. */
static const TwAction refund_actions[] = {
  { .action = "approve", .apply = apply_approve, .is_whole = tw_action_is_whole },
  { .action = "reject", .apply = apply_give_up },
  { .action = "withdraw", .apply = apply_give_up },
  { .action = "pay_out", .arguments = tw_pay_out_arguments_get_type, .apply = apply_pay_out },
  { .action = "cancel", .apply = apply_give_up },
  { NULL },
};

const TwResource tw_refund_resource = {
  .path = "refunds",
  .document = "refund",
  .type = tw_refund_get_type,
  .list = &tw_refund_list,
  .load = load,
  .store_state = store_state,
  .actions = refund_actions,
  .state_offset = G_STRUCT_OFFSET (TwRefund, state),
  .author_offset = G_STRUCT_OFFSET (TwRefund, author_id),
};
