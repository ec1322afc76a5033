/* order.c: the rules of sales orders: who sees them, what is taken in, what may still be changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/scope.h"
#include "server/sales/order.h"

#include "server/approval/chain.h"
#include "server/core/change.h"
#include "server/db/number.h"
#include "server/sales/order-check.h"
#include "server/sales/order-known.h"
#include "server/sales/order-line-store.h"
#include "server/sales/order-pricing.h"
#include "server/sales/order-steps.h"
#include "server/sales/order-store.h"
#include "shared/document/order-hold.h"
#include "shared/policy/digest.h"

/* ---- Who sees what ---- */

static gboolean
may_know (TwContext *ctx, TwOrder *order, gint64 customer_rep)
{
  switch (tw_scope_get (ctx, "order.read"))
    {
    case TW_SCOPE_ALL:
      return TRUE;
    case TW_SCOPE_USER:
      return order->sales_rep_id == ctx->who->user_id || customer_rep == ctx->who->user_id;
    case TW_SCOPE_CUSTOMER:
    default:
      return order->customer_id == ctx->who->customer_id;
    }
}

static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  TwScope scope = tw_scope_get (ctx, "order.read");

  if (scope == TW_SCOPE_USER)
    tw_list_query_restrict (query, tw_order_own_sql, ctx->who->user_id);
  else if (scope == TW_SCOPE_CUSTOMER)
    tw_list_query_restrict (query, tw_order_customer_sql, ctx->who->customer_id);
}

/* ---- Loading ---- */

static TwOrder *
read_head (TwContext *ctx, gint64 id, gboolean lock, gint64 *customer_rep, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  gboolean found;

  if (!tw_order_store_read (ctx->db, id, lock, order, customer_rep, &found, error))
    return NULL;
  if (found)
    return g_steal_pointer (&order);
  tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such order."));
  return NULL;
}

TwOrder *
tw_order_get (TwContext *ctx, gint64 order_id, gboolean lock, GError **error)
{
  gint64 customer_rep;
  g_autoptr (TwOrder) order = read_head (ctx, order_id, lock, &customer_rep, error);

  if (order == NULL || !tw_order_line_store_read (ctx->db, order, FALSE, error))
    return NULL;
  tw_order_pricing_fill_taxes (order);
  return g_steal_pointer (&order);
}

gboolean
tw_order_lock (TwContext *ctx, gint64 order_id, GError **error)
{
  gboolean found;

  if (!tw_order_store_lock (ctx->db, order_id, &found, error))
    return FALSE;
  return found || tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such order."));
}

gboolean
tw_order_is_open (TwOrder *order)
{
  return !tw_order_is_in (order, "lost") && !tw_order_is_in (order, "cancelled")
         && !tw_order_is_in (order, "fulfilled") && !tw_order_is_in (order, "completed");
}

/* How we judged the order, and who signed. Customers would not be shown it. */
static gboolean
is_judged (TwContext *ctx, TwOrder *order)
{
  return !(ctx->who->roles & TW_ROLE_CUSTOMER) && order->approval_round > 0;
}

static gboolean
load_judgement (TwContext *ctx, TwOrder *order, GError **error)
{
  if (!is_judged (ctx, order))
    return TRUE;
  if (!tw_order_check_load (ctx, order, error) || !tw_chain_load (ctx, order, error))
    return FALSE;
  tw_order_check_describe (ctx, order);
  return TRUE;
}

static gboolean
check_known (TwContext *ctx, TwOrder *order, gint64 customer_rep, GError **error)
{
  return may_know (ctx, order, customer_rep)
         || tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such order."));
}

/* Head, lines and taxes from the database. */
static TwOrder *
read_order (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  gint64 customer_rep;
  g_autoptr (TwOrder) order = read_head (ctx, id, lock, &customer_rep, error);

  if (order == NULL || !check_known (ctx, order, customer_rep, error)
      || !tw_order_line_store_read (ctx->db, order, tw_order_is_open (order), error))
    return NULL;
  tw_order_pricing_fill_taxes (order);
  return g_steal_pointer (&order);
}

/* The same in a snapshot, for which one look is enough when the order is known. */
static TwOrder *
look_order (TwContext *ctx, gint64 id, GError **error)
{
  g_auto (TwOrderLook) look = { 0 };
  g_autoptr (TwOrder) order = NULL;

  if (!tw_order_store_look (ctx->db, id, &look, error))
    return NULL;
  order = tw_order_known_take (ctx, id, &look);
  if (order != NULL)
    return check_known (ctx, order, look.customer_rep_id, error) ? g_steal_pointer (&order) : NULL;
  order = read_order (ctx, id, FALSE, error);
  if (order != NULL)
    tw_order_known_put (ctx, order, &look);
  return g_steal_pointer (&order);
}

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwOrder) order = NULL;

  if (!lock && tw_db_is_snapshot (ctx->db))
    order = look_order (ctx, id, error);
  else
    order = read_order (ctx, id, lock, error);
  return order != NULL && load_judgement (ctx, order, error) ? TW_RECORD (g_steal_pointer (&order)) : NULL;
}

/* A known order about which nothing else has to be asked: one look without a snapshot. */
static gboolean
glance (TwContext *ctx, gint64 id, TwRecord **record, GError **error)
{
  g_auto (TwOrderLook) look = { 0 };
  g_autoptr (TwOrder) order = NULL;

  *record = NULL;
  if (!tw_order_known_is_simple (ctx, id))
    return TRUE;
  if (!tw_order_store_look (ctx->db, id, &look, error))
    return FALSE;
  order = tw_order_known_take (ctx, id, &look);
  if (order != NULL && !is_judged (ctx, order) && may_know (ctx, order, look.customer_rep_id))
    *record = TW_RECORD (g_steal_pointer (&order));
  return TRUE;
}

/* ---- Creating ---- */

/* A new order has nothing behind it. */
static void
set_new (TwOrder *order)
{
  order->state = tw_key_find (tw_order_state_keys, "draft");
  order->approval_status = tw_key_find (tw_approval_status_keys, "none");
  order->reservation_status = tw_key_find (tw_reservation_status_keys, "none");
  order->fulfilment_status = tw_key_find (tw_fulfilment_status_keys, "none");
  order->delivery_status = tw_key_find (tw_delivery_status_keys, "none");
  order->invoice_status = tw_key_find (tw_invoice_status_keys, "none");
  order->payment_status = tw_key_find (tw_payment_status_keys, "none");
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwOrder *order = (TwOrder *) draft;
  g_autoptr (TwOrderMasters) masters = tw_order_entry_complete (ctx, order, NULL, draft, error);

  if (masters == NULL)
    return FALSE;
  set_new (order);
  order->author_id = order->editor_id = ctx->who->user_id;
  tw_record_set_string (&order->author, ctx->who->user);
  /* Who takes the next number waits for this transaction, so what can be done before is. */
  if (!tw_order_line_store_look_up_available (ctx->db, order, error))
    return FALSE;
  order->number = tw_number_document (ctx->db, "SO", ctx->today, error);
  if (order->number == NULL || !tw_order_store_insert (ctx, order, error))
    return FALSE;
  return tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

/* How it was judged, and what the warehouse has to promise, are in nobody's version. Of a new order both are known. */
static gboolean
complete (TwContext *ctx, TwRecord *record, GError **error)
{
  TwOrder *order = (TwOrder *) record;

  if (record->version == 1)
    return TRUE;
  tw_order_pricing_fill_taxes (order);
  return load_judgement (ctx, order, error) && tw_order_line_store_read_available (ctx->db, order, error);
}

/* ---- Changing ---- */

/* A remark voids no signature; all else is agreed once the order has left the draft. */
static gboolean
is_remark (const TwField *field)
{
  return g_str_equal (field->name, "notes") || g_str_equal (field->name, "po_reference");
}

static gboolean
check_remarks_only (TwOrder *stored, TwRecord *patch, GError **error)
{
  const TwRecordInfo *info = tw_record_get_info (patch);

  for (guint i = 0; i < info->n_fields; i++)
    if (tw_record_is_present (patch, &info->fields[i]) && !is_remark (&info->fields[i]))
      return tw_error_set (error, TW_ERROR_STATE,
                           _ ("“%s” cannot be changed in the state “%s”. Notes and the customer's reference can."),
                           _ (info->fields[i].label), tw_key_get_label (tw_order_state_keys, stored->state));
  return TRUE;
}

static gboolean
update_draft (TwContext *ctx, TwOrder *stored, TwOrder *changed, TwRecord *patch, GError **error)
{
  g_autoptr (TwOrderMasters) masters = tw_order_entry_complete (ctx, changed, stored, patch, error);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (masters == NULL)
    return FALSE;
  before = tw_digest_canonical (TW_RECORD (stored));
  after = tw_digest_canonical (TW_RECORD (changed));
  if (!g_str_equal (before, after))
    {
      changed->editor_id = ctx->who->user_id;
      changed->revision++;
    }
  if ((stored->sales_rep_id != changed->sales_rep_id || stored->customer_id != changed->customer_id)
      && !tw_order_note_hands (ctx, error))
    return FALSE;
  return tw_order_store_update (ctx, changed, TRUE, error);
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwOrder *before = (TwOrder *) stored, *after = (TwOrder *) changed;
  gboolean done;

  if (tw_order_is_in (before, "draft"))
    done = update_draft (ctx, before, after, patch, error);
  else
    done = check_remarks_only (before, patch, error) && tw_order_store_update (ctx, after, FALSE, error);
  return done && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

gboolean
tw_order_note_hands (TwContext *ctx, GError **error)
{
  return tw_order_store_note_hands (ctx, error);
}

/* ---- Deleting ---- */

static gboolean
delete (TwContext *ctx, TwRecord *stored, GError **error)
{
  TwOrder *order = (TwOrder *) stored;

  if (!tw_order_is_in (order, "draft") && !tw_order_is_in (order, "quoted"))
    return tw_error_set (error, TW_ERROR_STATE, _ ("Only drafts and quotations are deleted. Please cancel the order."));
  if (order->approval_round > 0)
    return tw_error_set (error, TW_ERROR_STATE,
                         _ ("The order was submitted before and stays in the books. Please cancel it."));
  if (order->author_id != ctx->who->user_id && !(ctx->who->roles & TW_ROLE_SALES_MANAGER))
    return tw_error_set (error, TW_ERROR_FORBIDDEN, _ ("Only the author or a sales manager deletes the order."));
  return tw_order_store_remove (ctx, order, error) && tw_change_record (ctx, "delete", stored, NULL, NULL, error);
}

/* ---- Declaration ---- */

/* Head and lines are in memory as they are stored; complete() reads the rest. */
static const TwAction actions[] = {
  { "submit", NULL, tw_order_guard_submit, tw_order_apply_submit, tw_order_after_step, tw_action_is_whole },
  { "quote", NULL, tw_order_guard_quote, NULL, NULL },
  { "accept", NULL, tw_order_guard_accept, NULL, NULL },
  { "lose", NULL, NULL, tw_order_apply_lose, NULL },
  { "expire", NULL, tw_order_guard_expire, tw_order_apply_expire, NULL },
  { "approve", NULL, tw_order_guard_sign, tw_order_apply_approve, tw_order_after_step, tw_action_is_whole },
  { "return", NULL, tw_order_guard_sign, tw_order_apply_return, NULL },
  { "reject", NULL, tw_order_guard_sign, tw_order_apply_reject, NULL },
  { "withdraw", NULL, NULL, tw_order_apply_withdraw, NULL },
  { "release", NULL, tw_order_guard_release, tw_order_apply_allocate, tw_order_after_step },
  { "allocate", NULL, tw_order_guard_allocate, tw_order_apply_allocate, tw_order_after_step },
  { "start_fulfilment", NULL, NULL, NULL, NULL },
  { "fulfil", NULL, tw_order_guard_fulfil, NULL, NULL },
  { "complete", NULL, tw_order_guard_complete, NULL, NULL },
  { "reopen", NULL, tw_order_guard_reopen, tw_order_apply_reopen, NULL },
  { "cancel", NULL, tw_order_guard_cancel, tw_order_apply_cancel, NULL },
  { "cancel_remainder", NULL, tw_order_guard_cancel_remainder, tw_order_apply_cancel_remainder, tw_order_after_step },
  { "hold", tw_order_hold_get_type, tw_order_guard_hold, tw_order_apply_hold, NULL },
  { "resume", NULL, tw_order_guard_resume, tw_order_apply_resume, tw_order_after_step },
  { NULL },
};

const TwResource tw_order_resource = {
  .path = "orders",
  .document = "order",
  .type = tw_order_get_type,
  .list = &tw_order_list,
  .load = load,
  .glance = glance,
  .create = create,
  .complete = complete,
  .update = update,
  .remove = delete,
  .store_state = tw_order_store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwOrder, state),
  .author_offset = G_STRUCT_OFFSET (TwOrder, author_id),
  .editor_offset = G_STRUCT_OFFSET (TwOrder, editor_id),
  .restrict_list = restrict_list,
};
