/* work-money.c: invoices, payments and refunds, and those who look at everything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/actor.h"

static void
act (SimActor *actor, const char *kind, const char *list, const char *action, gboolean with_reason)
{
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = with_reason ? g_strdup_printf ("{\"reason\":\"%s\"}", mark) : NULL;
  SimRow row;

  if (sim_actor_pick (actor, list, NULL, &row))
    sim_reply_free (sim_actor_act (actor, kind, row.id, action, body));
}

/* ---- Invoices ---- */

static void
work_invoice (SimActor *actor)
{
  g_autofree char *body = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/orders?state.in=fulfilled,in_fulfilment&invoice_status.ne=full", NULL, &row))
    return;
  body = g_strdup_printf ("{\"order\":\"%s\"}", row.number);
  sim_reply_free (sim_actor_post (actor, "/invoices", body));
}

static void
work_post (SimActor *actor)
{
  act (actor, "invoices", "/invoices?state=draft", "post", FALSE);
}

static void
work_discard (SimActor *actor)
{
  act (actor, "invoices", "/invoices?state=draft", "cancel", TRUE);
}

static void
work_credit (SimActor *actor)
{
  act (actor, "invoices", "/invoices?kind=invoice&state.in=posted,partly_paid,paid", "credit", TRUE);
}

/* ---- Payments ---- */

/* All of an invoice, a part of it, or more. */
static void
work_record (SimActor *actor)
{
  guint share = 1 + sim_actor_draw (actor, 3);
  gint64 extra = sim_actor_draw (actor, 5) == 0 ? sim_actor_draw (actor, 2000) : 0;
  g_autofree char *mark = sim_actor_mark (actor), *amount = NULL, *body = NULL;
  g_autoptr (SimReply) reply = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/invoices?kind=invoice&state.in=posted,partly_paid", "open_amount", &row))
    return;
  amount = sim_sum_format (MAX (1, sim_sum_parse (row.amount) / share + extra));
  body = g_strdup_printf ("{\"customer\":\"%s\",\"method\":\"bank\",\"amount\":\"%s\",\"reference\":\"%s\"}",
                          row.customer, amount, mark);
  reply = sim_actor_post (actor, "/payments", body);
  if (sim_reply_is_well (reply) && sim_actor_draw (actor, 3) > 0)
    sim_reply_free (sim_actor_act (actor, "payments", sim_reply_get_int (reply, "id"), "receive", NULL));
}

static void
work_receive (SimActor *actor)
{
  act (actor, "payments", "/payments?state=recorded", "receive", FALSE);
}

static void
work_fail (SimActor *actor)
{
  act (actor, "payments", "/payments?state=recorded", "fail", TRUE);
}

static void
work_allocate (SimActor *actor)
{
  act (actor, "payments", "/payments?state=received", "allocate", FALSE);
}

static void
work_reconcile (SimActor *actor)
{
  act (actor, "payments", "/payments?state=allocated", "reconcile", FALSE);
}

static void
work_bounce (SimActor *actor)
{
  act (actor, "payments", "/payments?state.in=received,allocated,reconciled", "bounce", TRUE);
}

/* ---- Refunds ---- */

/* All that is left, or a part, and now and then more than there is. */
static void
work_ask_back (SimActor *actor)
{
  guint share = 1 + sim_actor_draw (actor, 3);
  gint64 extra = sim_actor_draw (actor, 10) == 0 ? 1 : 0;
  g_autofree char *mark = sim_actor_mark (actor), *amount = NULL, *body = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/payments?state=received", "unallocated", &row))
    return;
  amount = sim_sum_format (MAX (1, sim_sum_parse (row.amount) / share + extra));
  body = g_strdup_printf ("{\"amount\":\"%s\",\"reason\":\"%s\"}", amount, mark);
  sim_reply_free (sim_actor_act (actor, "payments", row.id, "refund", body));
}

/* Also what they have asked for themselves, in vain. */
static void
work_approve_refund (SimActor *actor)
{
  act (actor, "refunds", "/refunds?state=requested", "approve", FALSE);
}

static void
work_reject_refund (SimActor *actor)
{
  act (actor, "refunds", "/refunds?state=requested", "reject", TRUE);
}

static void
work_withdraw_refund (SimActor *actor)
{
  act (actor, "refunds", "/refunds?state=requested", "withdraw", FALSE);
}

static void
work_pay_out (SimActor *actor)
{
  act (actor, "refunds", "/refunds?state=approved", "pay_out", FALSE);
}

static void
work_cancel_refund (SimActor *actor)
{
  act (actor, "refunds", "/refunds?state=approved", "cancel", TRUE);
}

const SimWork sim_work_account[] = {
  { 14, "invoice", work_invoice },
  { 12, "post", work_post },
  { 1, "discard", work_discard },
  { 1, "credit", work_credit },
  { 12, "record", work_record },
  { 5, "receive", work_receive },
  { 1, "fail", work_fail },
  { 10, "allocate", work_allocate },
  { 3, "reconcile", work_reconcile },
  { 1, "bounce", work_bounce },
  { 3, "ask back", work_ask_back },
  { 1, "withdraw a refund", work_withdraw_refund },
  { 3, "pay out", work_pay_out },
  { 1, "cancel a refund", work_cancel_refund },
  { 0 },
};

const SimWork sim_work_head_of_finance[] = {
  { 6, "sign", sim_sign_one },
  { 1, "ask back", work_ask_back },
  { 4, "approve a refund", work_approve_refund },
  { 1, "reject a refund", work_reject_refund },
  { 0 },
};

/* ---- Looking ---- */

/* Also in the middle of everything no more is promised than is there. */
static void
work_look_at_stock (SimActor *actor)
{
  g_autoptr (SimReply) reply = sim_actor_get (actor, "/stock?limit=50");
  TwTestReply view = { .json = reply->json };

  for (gint64 i = 0; i < tw_company_count (&view, "items"); i++)
    {
      g_autofree char *reserved_at = g_strdup_printf ("items.%d.reserved", (int) i);
      g_autofree char *on_hand_at = g_strdup_printf ("items.%d.on_hand", (int) i);
      g_autofree char *reserved = sim_reply_get (reply, reserved_at), *on_hand = sim_reply_get (reply, on_hand_at);

      if (sim_sum_parse (reserved) > sim_sum_parse (on_hand))
        sim_world_complain (actor->world, "oversold: %s reserved of %s: %s", reserved, on_hand, reply->text);
    }
}

static void
work_look_at_lists (SimActor *actor)
{
  static const char *const lists[]
    = { "products", "warehouses", "carriers", "tax-classes", "payment-terms", "products?q=goods" };

  sim_reply_free (sim_actor_get (actor, "/%s", lists[sim_actor_draw (actor, G_N_ELEMENTS (lists))]));
}

const SimWork sim_work_watch[] = {
  { 2, "look at stock", work_look_at_stock },
  { 1, "look at lists", work_look_at_lists },
  { 0 },
};
