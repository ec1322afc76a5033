/* give-back.c: see give-back.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/give-back.h"

#include "server/finance/payment.h"
#include "server/finance/refund.h"

static gboolean
ask (TwStage *stage, gint64 payment_id, gint64 amount, const char *reason, gint64 *id, GError **error)
{
  g_autoptr (TwRefundArguments) asked = tw_refund_arguments_new ();
  g_autoptr (TwPayment) payment = NULL;
  TwPaymentRefund *newest;

  asked->amount = tw_decimal_from_int (amount);
  tw_record_set_string (&asked->reason, reason);
  if (!tw_stage_run (stage, "finance", &tw_payment_resource, payment_id, "refund", asked, error))
    return FALSE;
  payment = tw_stage_read (stage, "finance", &tw_payment_resource, payment_id, error);
  if (payment == NULL)
    return FALSE;
  newest = tw_record_nth (payment->refunds, tw_record_count (payment->refunds) - 1);
  *id = newest->refund_id;
  return TRUE;
}

/* The manager signs; everything else is the clerk's. */
static const char *
get_person (const char *step)
{
  return g_str_equal (step, "approve") || g_str_equal (step, "reject") ? "finance_manager" : "finance";
}

gboolean
tw_demo_give_back (TwStage *stage, gint64 payment_id, gint64 amount, const char *reason, const char *const *steps,
                   GError **error)
{
  gint64 id;

  if (!ask (stage, payment_id, amount, reason, &id, error))
    return FALSE;
  for (; *steps != NULL; steps++)
    {
      const char *why = g_str_equal (*steps, "reject") ? "客户要抵下一张发票 To be used for the next invoice" : NULL;
      gboolean done = why != NULL
                        ? tw_stage_run_because (stage, get_person (*steps), &tw_refund_resource, id, *steps, why, error)
                        : tw_stage_run (stage, get_person (*steps), &tw_refund_resource, id, *steps, NULL, error);

      if (!done)
        return FALSE;
    }
  return TRUE;
}
