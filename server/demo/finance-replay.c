/* finance-replay.c: an order is invoiced and paid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/give-back.h"
#include "server/demo/order-replay.h"
#include "server/finance/invoice.h"
#include "server/finance/payment.h"
#include "server/sales/order.h"

#define TOO_MUCH 100

typedef struct
{
  TwInvoiceRequest *request;
  gint64 id;
} Making;

static gboolean
make_invoice (TwContext *ctx, gpointer data, GError **error)
{
  Making *making = data;

  g_autoptr (TwInvoice) invoice = tw_invoice_create (ctx, making->request, error);

  if (invoice == NULL)
    return FALSE;
  making->id = invoice->parent.id;
  return TRUE;
}

static gboolean
has_something_to_invoice (TwDemoReplay *replay, TwDemoOrder *order, gboolean *something, GError **error)
{
  g_autoptr (TwOrder) now = tw_stage_read (replay->stage, "finance", &tw_order_resource, order->id, error);

  *something = FALSE;
  if (now == NULL)
    return FALSE;
  for (guint i = 0; i < tw_record_count (now->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (now->lines, i);

      *something |= tw_decimal_compare (line->delivered, line->invoiced) > 0;
    }
  return TRUE;
}

static gboolean
credit_first_piece (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  g_autoptr (TwInvoice) invoice = tw_stage_read (replay->stage, "finance", &tw_invoice_resource, order->invoice_id,
                                                 error);
  g_autoptr (TwCreditArguments) credit = tw_credit_arguments_new ();
  g_autoptr (TwCreditLine) line = tw_credit_line_new ();

  if (invoice == NULL)
    return FALSE;
  TW_RECORD (line)->id = TW_RECORD (tw_record_nth (invoice->lines, 0))->id;
  line->quantity = TW_DECIMAL_ONE;
  g_list_store_append (credit->lines, line);
  tw_record_set_string (&credit->reason, "一件有瑕疵 One piece was faulty");
  return tw_stage_run (replay->stage, "finance", &tw_invoice_resource, order->invoice_id, "credit", credit, error);
}

gboolean
tw_demo_invoice (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  g_autoptr (TwInvoiceRequest) request = tw_invoice_request_new ();
  Making making = { .request = request };
  gboolean something = FALSE;

  if (!has_something_to_invoice (replay, order, &something, error))
    return FALSE;
  if (!something)
    return TRUE;
  tw_record_set_string (&request->order, order->number);
  request->invoice_date = tw_stage_get_day (replay->stage);
  if (!tw_stage_act (replay->stage, "finance", make_invoice, &making, error))
    {
      g_prefix_error (error, "invoice of %s: ", order->number);
      return FALSE;
    }
  order->invoice_id = making.id;
  if (order->stop == TW_DEMO_STAYS_UNPOSTED)
    return TRUE;
  if (!tw_stage_run (replay->stage, "finance", &tw_invoice_resource, making.id, "post", NULL, error))
    return FALSE;
  return !tw_demo_gets_credit_note (order->index) || credit_first_piece (replay, order, error);
}

static TwDecimal
choose_amount (TwDemoOrder *order, TwDecimal open)
{
  if (tw_demo_pays_in_part (order->index))
    return tw_decimal_div (open, tw_decimal_from_int (2), 2);
  if (tw_demo_pays_too_much (order->index))
    return tw_decimal_add (open, tw_decimal_from_int (TOO_MUCH));
  return open;
}

static gboolean
allocate (TwDemoReplay *replay, TwInvoice *invoice, TwPayment *payment, GError **error)
{
  g_autoptr (TwAllocateArguments) arguments = tw_allocate_arguments_new ();
  g_autoptr (TwAllocateLine) line = tw_allocate_line_new ();

  tw_record_set_string (&line->invoice, invoice->number);
  line->amount = tw_decimal_min (payment->amount, invoice->open_amount);
  g_list_store_append (arguments->lines, line);
  return tw_stage_run (replay->stage, "finance", &tw_payment_resource, TW_RECORD (payment)->id, "allocate", arguments,
                       error);
}

static gboolean
receive (TwDemoReplay *replay, TwDemoOrder *order, TwInvoice *invoice, gboolean bounces, GError **error)
{
  static const char *const pay_out[] = { "approve", "pay_out", NULL };
  g_autoptr (TwPayment) payment = tw_payment_new ();
  gint64 id;

  tw_record_set_string (&payment->customer, invoice->customer);
  tw_record_set_string (&payment->currency, invoice->currency);
  payment->method = tw_key_find (tw_payment_method_keys, bounces ? "cheque" : "bank");
  payment->reference = g_strdup_printf ("%s/%s", order->number, invoice->number);
  payment->received_date = tw_stage_get_day (replay->stage);
  payment->amount = choose_amount (order, invoice->open_amount);
  if (!tw_stage_create (replay->stage, "finance", &tw_payment_resource, payment, error))
    return FALSE;
  id = TW_RECORD (payment)->id;
  if (!tw_stage_run (replay->stage, "finance", &tw_payment_resource, id, "receive", NULL, error)
      || !allocate (replay, invoice, payment, error))
    return FALSE;
  if (bounces)
    return tw_stage_run_because (replay->stage, "finance", &tw_payment_resource, id, "bounce",
                                 "支票退票 The cheque bounced", error);
  if (tw_demo_wants_money_back (order->index))
    return tw_demo_give_back (replay->stage, id, TOO_MUCH, "多付货款 Paid too much", pay_out, error);
  return tw_demo_pays_too_much (order->index) || order->index % 30 == 0
         || tw_stage_run (replay->stage, "finance", &tw_payment_resource, id, "reconcile", NULL, error);
}

gboolean
tw_demo_pay (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  gboolean bounces = tw_demo_payment_bounces (order->index);

  for (guint attempt = bounces ? 0 : 1; attempt < 2; attempt++)
    {
      g_autoptr (TwInvoice) invoice = NULL;

      if (order->invoice_id == 0)
        return TRUE;
      invoice = tw_stage_read (replay->stage, "finance", &tw_invoice_resource, order->invoice_id, error);
      if (invoice == NULL)
        return FALSE;
      if (tw_decimal_sign (invoice->open_amount) > 0 && !receive (replay, order, invoice, attempt == 0, error))
        return FALSE;
    }
  return TRUE;
}
