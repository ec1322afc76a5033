/* order-signing.c: an order is submitted, signed, sent back or taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain.h"
#include "server/sales/order-check.h"
#include "server/sales/order-line-store.h"
#include "server/sales/order-pricing.h"
#include "server/sales/order-steps.h"
#include "shared/document/action.h"
#include "shared/policy/digest.h"

static const char *
get_state (const char *key)
{
  return tw_key_find (tw_order_state_keys, key);
}

TW_ORDER_GUARD (submit)
{
  TwOrder *order = (TwOrder *) document;

  return order->line_count > 0 ? NULL : g_strdup (_ ("The order has no lines."));
}

/* ---- Submitting ---- */

static gboolean
needs_signature (TwOrder *order, const char *about)
{
  for (guint i = 0; i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *check = tw_record_nth (order->checks, i);

      if (g_strcmp0 (check->check, about) == 0 && g_strcmp0 (check->result, "needs_signature") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Nothing that needs a signature goes through because no rule names who gives it. */
static gboolean
check_covered (TwOrder *order, GError **error)
{
  if (tw_record_count (order->approvals) > 0)
    return TRUE;
  if (needs_signature (order, "credit"))
    return tw_error_fault (error, "/customer", "blocked",
                           _ ("The customer's credit does not allow this order, and no approval rule says who may."));
  if (order->special)
    return tw_error_fault (error, "/special", "blocked", _ ("No approval rule says who signs special requests."));
  return TRUE;
}

static gboolean
has_same_lines (TwOrder *order, TwOrder *before)
{
  return tw_record_field_equal (TW_RECORD (order), TW_RECORD (before), tw_record_find (TW_RECORD (order), "lines"));
}

/* Everything as it is today: prices of the list, taxes, checks and who has to sign. */
static gboolean
look_again (TwContext *ctx, TwOrder *order, char **rule_version, GError **error)
{
  g_autoptr (TwOrder) before = (TwOrder *) tw_record_copy (TW_RECORD (order));
  g_autoptr (TwOrderMasters) masters = tw_order_entry_recompute (ctx, order, error);

  if (masters == NULL || !tw_order_check_run (ctx, order, masters, error)
      || !tw_chain_compute (ctx, order, rule_version, error) || !tw_order_check_allows (order, error)
      || !check_covered (order, error))
    return FALSE;
  if (masters->customer->credit_hold && order->hold == NULL)
    order->hold = tw_key_find (tw_order_hold_keys, "credit");
  return has_same_lines (order, before) || tw_order_line_store_update_prices (ctx->db, order, error);
}

TW_ORDER_APPLY (submit)
{
  TwOrder *order = (TwOrder *) document;
  g_autofree char *rule_version = NULL;
  gboolean complete;

  if (!look_again (ctx, order, &rule_version, error))
    return FALSE;
  tw_record_take_text (&order->digest, tw_digest_commercial (document, rule_version));
  order->submitted_at = ctx->now;
  if (!tw_chain_open (ctx, order, rule_version, &complete, error) || !tw_order_check_store (ctx, order, error))
    return FALSE;
  tw_order_note_round (order, complete ? "complete" : "open", tw_record_count (order->approvals) > 0);
  if (complete)
    order->confirmed_at = ctx->now;
  *to = get_state (complete ? "confirmed" : "pending_approval");
  return TRUE;
}

/* ---- Signing ---- */

TW_ORDER_GUARD (sign)
{
  return tw_chain_explain (ctx, (TwOrder *) document);
}

static const char *
get_comment (TwRecord *arguments)
{
  TwActionArguments *words = (TwActionArguments *) arguments;

  if (words == NULL)
    return NULL;
  return words->reason != NULL ? words->reason : words->comment;
}

TW_ORDER_APPLY (approve)
{
  TwOrder *order = (TwOrder *) document;
  gboolean complete;

  if (!tw_chain_sign (ctx, order, "approve", get_comment (arguments), &complete, error))
    return FALSE;
  tw_order_note_round (order, complete ? "complete" : "open", TRUE);
  if (complete)
    order->confirmed_at = ctx->now;
  *to = get_state (complete ? "confirmed" : "pending_approval");
  return TRUE;
}

TW_ORDER_APPLY (reject)
{
  gboolean complete;

  return tw_chain_sign (ctx, (TwOrder *) document, "reject", get_comment (arguments), &complete, error);
}

TW_ORDER_APPLY (return)
{
  gboolean complete;

  return tw_chain_sign (ctx, (TwOrder *) document, "return", get_comment (arguments), &complete, error);
}

TW_ORDER_APPLY (withdraw)
{
  return tw_chain_end (ctx, document->id, "withdrawn", error);
}
