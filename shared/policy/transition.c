/* transition.c: see transition.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/policy/transition.h"

#define REASON TW_ACTION_REASON
#define SYSTEM TW_ACTION_SYSTEM
#define DANGER TW_ACTION_DANGER
#define PRIMARY TW_ACTION_PRIMARY
#define OWN TW_ACTION_OWN
#define NOT_OWN TW_ACTION_NOT_OWN
#define RULE TW_GUARD_RULE
#define FREE TW_GUARD_NONE

/* Rows as in the domain's tables. A column is: document, from, action, to, permission, guard, flags, label. */
const TwTransition tw_transitions[] = {
  /* Translators: buttons that act on a sales order */
  { "order", NULL, "create", "draft", "order.create", RULE, 0, N_ ("New order") },
  { "order", "draft", "submit", "pending_approval", "order.submit", RULE, PRIMARY, N_ ("Submit") },
  { "order", "draft", "submit", "confirmed", "order.submit", RULE, PRIMARY, N_ ("Submit") },
  { "order", "draft", "quote", "quoted", "order.quote", RULE, 0, N_ ("Make a quotation") },
  { "order", "quoted", "accept", "draft", "order.accept", RULE, PRIMARY, N_ ("Customer accepts") },
  { "order", "quoted", "lose", "lost", "order.lose", FREE, REASON | DANGER, N_ ("Customer declines") },
  { "order", "quoted", "expire", "lost", "order.expire", RULE, SYSTEM, N_ ("Expire") },
  { "order", "pending_approval", "approve", "pending_approval", "order.approve", RULE, PRIMARY | NOT_OWN, N_ ("Approve") },
  { "order", "pending_approval", "approve", "confirmed", "order.approve", RULE, PRIMARY | NOT_OWN, N_ ("Approve") },
  { "order", "pending_approval", "return", "draft", "order.approve", RULE, REASON | NOT_OWN, N_ ("Send back") },
  { "order", "pending_approval", "reject", "draft", "order.approve", RULE, REASON | DANGER | NOT_OWN, N_ ("Reject") },
  { "order", "pending_approval", "withdraw", "draft", "order.withdraw", FREE, OWN, N_ ("Withdraw") },
  { "order", "confirmed", "release", "released", "order.release", RULE, PRIMARY, N_ ("Release to the warehouse") },
  { "order", "released", "allocate", NULL, "order.allocate", RULE, 0, N_ ("Allocate stock") },
  { "order", "in_fulfilment", "allocate", NULL, "order.allocate", RULE, 0, N_ ("Allocate stock") },
  { "order", "released", "start_fulfilment", "in_fulfilment", "order.fulfil", FREE, SYSTEM, N_ ("Start fulfilment") },
  { "order", "in_fulfilment", "fulfil", "fulfilled", "order.fulfil", RULE, SYSTEM, N_ ("Fulfil") },
  { "order", "fulfilled", "complete", "completed", "order.complete", RULE, 0, N_ ("Complete") },
  { "order", "completed", "reopen", "fulfilled", "order.reopen", RULE, REASON | DANGER, N_ ("Reopen") },
  { "order", "completed", "reopen", "completed", "order.reopen", RULE, REASON | DANGER, N_ ("Reopen") },
  { "order", "draft", "cancel", "cancelled", "order.cancel", RULE, REASON | DANGER, N_ ("Cancel the order") },
  { "order", "pending_approval", "cancel", "cancelled", "order.cancel", RULE, REASON | DANGER, N_ ("Cancel the order") },
  { "order", "confirmed", "cancel", "cancelled", "order.cancel", RULE, REASON | DANGER, N_ ("Cancel the order") },
  { "order", "released", "cancel", "cancelled", "order.cancel", RULE, REASON | DANGER, N_ ("Cancel the order") },
  { "order", "in_fulfilment", "cancel_remainder", "in_fulfilment", "order.cancel_remainder", RULE, REASON | DANGER, N_ ("Cancel what is open") },
  { "order", "in_fulfilment", "cancel_remainder", "fulfilled", "order.cancel_remainder", RULE, REASON | DANGER, N_ ("Cancel what is open") },
  { "order", "draft", "hold", NULL, "order.hold", RULE, REASON, N_ ("Hold") },
  { "order", "pending_approval", "hold", NULL, "order.hold", RULE, REASON, N_ ("Hold") },
  { "order", "confirmed", "hold", NULL, "order.hold", RULE, REASON, N_ ("Hold") },
  { "order", "released", "hold", NULL, "order.hold", RULE, REASON, N_ ("Hold") },
  { "order", "in_fulfilment", "hold", NULL, "order.hold", RULE, REASON, N_ ("Hold") },
  { "order", "draft", "resume", NULL, "order.hold", RULE, 0, N_ ("Lift the hold") },
  { "order", "pending_approval", "resume", NULL, "order.hold", RULE, 0, N_ ("Lift the hold") },
  { "order", "confirmed", "resume", NULL, "order.hold", RULE, 0, N_ ("Lift the hold") },
  { "order", "released", "resume", NULL, "order.hold", RULE, 0, N_ ("Lift the hold") },
  { "order", "in_fulfilment", "resume", NULL, "order.hold", RULE, 0, N_ ("Lift the hold") },

  { "customer", "active", "hold_credit", NULL, "customer.hold", RULE, REASON | DANGER, N_ ("Credit hold") },
  { "customer", "active", "lift_credit_hold", NULL, "customer.hold", RULE, 0, N_ ("Lift the credit hold") },

  { "stock_count", NULL, "create", "draft", "stock_count.create", FREE, 0, N_ ("New count") },
  { "stock_count", "draft", "post", "posted", "stock_count.post", RULE, PRIMARY, N_ ("Post") },
  { "stock_count", "draft", "cancel", "cancelled", "stock_count.create", FREE, DANGER, N_ ("Cancel the count") },

  { "shipment", NULL, "create", "planned", "shipment.create", RULE, SYSTEM, N_ ("Plan") },
  { "shipment", "planned", "release", "released", "shipment.release", RULE, PRIMARY, N_ ("Release for picking") },
  { "shipment", "released", "start_picking", "picking", "shipment.pick", RULE, PRIMARY, N_ ("Start picking") },
  { "shipment", "released", "pick", "picked", "shipment.pick", RULE, 0, N_ ("Finish picking") },
  { "shipment", "picking", "pick", "picked", "shipment.pick", RULE, PRIMARY, N_ ("Finish picking") },
  { "shipment", "picked", "pack", "packed", "shipment.pack", RULE, PRIMARY, N_ ("Finish packing") },
  { "shipment", "packed", "check", "checked", "shipment.check", RULE, 0, N_ ("Inspection passed") },
  { "shipment", "packed", "ready", "ready", "shipment.ready", RULE, PRIMARY, N_ ("Ready to go") },
  { "shipment", "checked", "ready", "ready", "shipment.ready", RULE, PRIMARY, N_ ("Ready to go") },
  { "shipment", "ready", "dispatch", "dispatched", "shipment.dispatch", RULE, PRIMARY, N_ ("Hand over to the carrier") },
  { "shipment", "dispatched", "depart", "in_transit", "shipment.dispatch", RULE, 0, N_ ("On the way") },
  { "shipment", "dispatched", "deliver", "delivered", "shipment.deliver", RULE, PRIMARY, N_ ("Deliver") },
  { "shipment", "in_transit", "deliver", "delivered", "shipment.deliver", RULE, PRIMARY, N_ ("Deliver") },
  { "shipment", "delivered", "close", "closed", "shipment.close", RULE, 0, N_ ("Close") },
  { "shipment", "dispatched", "report_exception", NULL, "shipment.report", RULE, 0, N_ ("Report a problem") },
  { "shipment", "in_transit", "report_exception", NULL, "shipment.report", RULE, 0, N_ ("Report a problem") },
  { "shipment", "delivered", "report_exception", NULL, "shipment.report", RULE, 0, N_ ("Report a problem") },
  { "shipment", "packed", "fail_check", NULL, "shipment.check", RULE, REASON, N_ ("Inspection failed") },
  { "shipment", "dispatched", "take_back", "ready", "shipment.take_back", RULE, REASON, N_ ("Came back") },
  { "shipment", "in_transit", "take_back", "ready", "shipment.take_back", RULE, REASON, N_ ("Came back") },
  { "shipment", "planned", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "released", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "picking", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "picked", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "packed", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "checked", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },
  { "shipment", "ready", "cancel", "cancelled", "shipment.cancel", RULE, REASON | DANGER, N_ ("Cancel the shipment") },

  { "shipment_exception", "open", "resolve", "resolved", "shipment_exception.resolve", RULE, PRIMARY, N_ ("Solve") },

  { "trip", NULL, "create", "planned", "trip.create", FREE, 0, N_ ("New trip") },
  { "trip", "planned", "load", "loading", "trip.load", RULE, PRIMARY, N_ ("Start loading") },
  { "trip", "planned", "depart", "departed", "trip.depart", RULE, 0, N_ ("Depart") },
  { "trip", "loading", "depart", "departed", "trip.depart", RULE, PRIMARY, N_ ("Depart") },
  { "trip", "departed", "complete", "completed", "trip.complete", RULE, PRIMARY, N_ ("Complete") },
  { "trip", "planned", "cancel", "cancelled", "trip.cancel", RULE, REASON | DANGER, N_ ("Cancel the trip") },

  { "invoice", NULL, "create", "draft", "invoice.create", RULE, 0, N_ ("New invoice") },
  { "invoice", "draft", "post", "posted", "invoice.post", RULE, PRIMARY, N_ ("Post") },
  { "invoice", "draft", "cancel", "cancelled", "invoice.create", FREE, REASON | DANGER, N_ ("Discard") },
  { "invoice", "posted", "settle", "partly_paid", "invoice.settle", RULE, SYSTEM, N_ ("Settle") },
  { "invoice", "posted", "settle", "paid", "invoice.settle", RULE, SYSTEM, N_ ("Settle") },
  { "invoice", "partly_paid", "settle", "paid", "invoice.settle", RULE, SYSTEM, N_ ("Settle") },
  { "invoice", "partly_paid", "unsettle", "posted", "invoice.settle", RULE, SYSTEM, N_ ("Reopen") },
  { "invoice", "paid", "unsettle", "partly_paid", "invoice.settle", RULE, SYSTEM, N_ ("Reopen") },
  { "invoice", "paid", "unsettle", "posted", "invoice.settle", RULE, SYSTEM, N_ ("Reopen") },
  { "invoice", "posted", "credit", NULL, "invoice.credit", RULE, REASON, N_ ("Credit note") },
  { "invoice", "partly_paid", "credit", NULL, "invoice.credit", RULE, REASON, N_ ("Credit note") },
  { "invoice", "paid", "credit", NULL, "invoice.credit", RULE, REASON, N_ ("Credit note") },

  { "payment", NULL, "create", "recorded", "payment.create", RULE, 0, N_ ("New payment") },
  { "payment", "recorded", "receive", "received", "payment.receive", RULE, PRIMARY, N_ ("Money has arrived") },
  { "payment", "recorded", "fail", "failed", "payment.receive", FREE, REASON | DANGER, N_ ("Did not arrive") },
  { "payment", "received", "allocate", "received", "payment.allocate", RULE, PRIMARY, N_ ("Allocate") },
  { "payment", "received", "allocate", "allocated", "payment.allocate", RULE, PRIMARY, N_ ("Allocate") },
  /* A credit note on what it paid gives money back to the account. */
  { "payment", "allocated", "free", "received", "payment.free", RULE, SYSTEM, N_ ("Free") },
  { "payment", "reconciled", "free", "received", "payment.free", RULE, SYSTEM, N_ ("Free") },
  { "payment", "received", "refund", NULL, "payment.refund", RULE, REASON, N_ ("Request a refund") },
  { "payment", "received", "use_up", "allocated", "payment.use_up", FREE, SYSTEM, N_ ("Used up") },
  { "payment", "allocated", "reconcile", "reconciled", "payment.reconcile", FREE, 0, N_ ("Agrees with the bank") },
  { "payment", "received", "bounce", "bounced", "payment.bounce", RULE, REASON | DANGER, N_ ("Bounced") },
  { "payment", "allocated", "bounce", "bounced", "payment.bounce", RULE, REASON | DANGER, N_ ("Bounced") },
  { "payment", "reconciled", "bounce", "bounced", "payment.bounce", RULE, REASON | DANGER, N_ ("Bounced") },

  { "refund", NULL, "create", "requested", "refund.create", RULE, SYSTEM, N_ ("Request a refund") },
  { "refund", "requested", "approve", "approved", "refund.approve", RULE, PRIMARY | NOT_OWN, N_ ("Approve") },
  { "refund", "requested", "reject", "rejected", "refund.approve", RULE, REASON | DANGER | NOT_OWN, N_ ("Reject") },
  { "refund", "requested", "withdraw", "cancelled", "refund.withdraw", RULE, OWN | DANGER, N_ ("Withdraw") },
  { "refund", "approved", "pay_out", "paid_out", "refund.pay_out", RULE, PRIMARY, N_ ("Pay out") },
  { "refund", "approved", "cancel", "cancelled", "refund.cancel", RULE, REASON | DANGER, N_ ("Cancel the refund") },
  { NULL },
};

const TwTransition *
tw_transition_first (const char *document)
{
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    if (g_str_equal (row->document, document))
      return row;
  return NULL;
}

const TwTransition *
tw_transition_find (const char *document, const char *from, const char *action)
{
  const TwTransition *row = tw_transition_first (document);

  for (; row != NULL && row->document != NULL && g_str_equal (row->document, document); row++)
    if (g_strcmp0 (row->from, from) == 0 && g_str_equal (row->action, action))
      return row;
  return NULL;
}

gboolean
tw_transition_allows (const char *document, const char *from, const char *action, const char *to)
{
  const TwTransition *row = tw_transition_first (document);

  for (; row != NULL && row->document != NULL && g_str_equal (row->document, document); row++)
    if (g_strcmp0 (row->from, from) == 0 && g_str_equal (row->action, action)
        && g_str_equal (row->to != NULL ? row->to : from, to))
      return TRUE;
  return FALSE;
}
