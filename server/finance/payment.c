/* payment.c: payments: what is known of them, and how they are recorded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/payment.h"

#include "server/core/change.h"
#include "server/db/number.h"
#include "server/finance/company.h"
#include "server/finance/payment-private.h"
#include "server/finance/payment-store.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"

TwPayment *
tw_payment_get (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwPayment) payment = NULL;
  g_autoptr (TwRecord) known = NULL;
  gboolean found;

  if (lock && !tw_payment_store_lock (ctx, id, &known, error))
    return NULL;
  if (known != NULL)
    return (TwPayment *) g_steal_pointer (&known);
  payment = tw_payment_new ();
  if (!tw_payment_store_read (ctx->db, id, payment, &found, error))
    return NULL;
  if (found)
    return g_steal_pointer (&payment);
  tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
  return NULL;
}

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return (TwRecord *) tw_payment_get (ctx, id, lock, error);
}

static gboolean
check_date (TwContext *ctx, TwPayment *payment, GError **error)
{
  if (tw_date_compare (payment->received_date, ctx->today) <= 0)
    return TRUE;
  return tw_error_fault (error, "/received_date", "out_of_range",
                         _ ("A payment cannot have been received in the future."));
}

gboolean
tw_payment_check_decimals (TwPayment *payment, TwDecimal amount, const char *pointer, GError **error)
{
  guint places = tw_currency_get_places (payment->currency);

  if (tw_decimal_compare (amount, tw_decimal_round (amount, places)) == 0)
    return TRUE;
  return tw_error_fault (error, pointer, "out_of_range",
                         tw_text_plural ("An amount in %s has %u decimal.", "An amount in %s has %u decimals.", places),
                         payment->currency, places);
}

static gboolean
resolve (TwContext *ctx, TwPayment *payment, GError **error)
{
  g_autoptr (TwCustomer) customer = tw_customer_find (ctx, payment->customer, "/customer", error);

  if (customer == NULL)
    return FALSE;
  payment->customer_id = customer->parent.id;
  tw_record_set_string (&payment->customer, customer->code);
  tw_record_set_string (&payment->customer_name, customer->name);
  if (payment->currency == NULL)
    tw_record_set_string (&payment->currency, customer->currency);
  if (!tw_date_is_set (payment->received_date))
    payment->received_date = ctx->today;
  return tw_currency_check (payment->currency, "/currency", error)
         && tw_company_get_rate (ctx, payment->currency, "/currency", &payment->exchange_rate, error)
         && tw_payment_check_decimals (payment, payment->amount, "/amount", error) && check_date (ctx, payment, error);
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwPayment *payment = (TwPayment *) draft;

  if (!resolve (ctx, payment, error))
    return FALSE;
  draft->version = 1;
  draft->created_at = draft->updated_at = ctx->now;
  payment->state = tw_key_find (tw_payment_state_keys, "recorded");
  payment->author_id = ctx->who->user_id;
  tw_record_set_string (&payment->author, ctx->who->user);
  tw_record_take_text (&payment->number, tw_number_document (ctx->db, "RC", payment->received_date, error));
  return payment->number != NULL && tw_payment_store_insert (ctx->db, payment, error)
         && tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

/* A new payment has paid nothing, and until it has arrived nothing of it is on account. */
static gboolean
complete (TwContext *ctx, TwRecord *created, GError **error)
{
  return TRUE;
}

/* The day it was received is in the journal once it was. */
static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwPayment *before = (TwPayment *) stored, *after = (TwPayment *) changed;

  if (!tw_date_is_set (after->received_date))
    after->received_date = before->received_date;
  if (g_strcmp0 (before->state, "recorded") != 0
      && tw_date_compare (before->received_date, after->received_date) != 0)
    return tw_error_fault (error, "/received_date", "fixed",
                           _ ("The day of a payment that has arrived does not change."));
  if (!check_date (ctx, after, error))
    return FALSE;
  changed->updated_at = ctx->now;
  return tw_payment_store_update (ctx->db, after, error)
         && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  document->updated_at = ctx->now;
  return tw_payment_store_update_state (ctx->db, (TwPayment *) document, state, error);
}

const TwResource tw_payment_resource = {
  .path = "payments",
  .document = "payment",
  .type = tw_payment_get_type,
  .list = &tw_payment_list,
  .load = load,
  .kept = TRUE,
  .create = create,
  .complete = complete,
  .update = update,
  .store_state = store_state,
  .actions = tw_payment_actions,
  .state_offset = G_STRUCT_OFFSET (TwPayment, state),
  .author_offset = G_STRUCT_OFFSET (TwPayment, author_id),
};
