/* chain-plan.c: which rules an order meets, and why they ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain-plan.h"

#include "server/approval/chain-store.h"
#include "server/masterdata/edition.h"
#include "server/masterdata/shelf.h"
#include "shared/base/codec.h"
#include "shared/document/order-check.h"

#include <string.h>

#define HOUR_SECONDS 3600
/* Column approval_step.rules. */
#define RULES_LENGTH 400

/* ---- Conditions ---- */

static gboolean
has_discount_above (TwOrder *order, TwDecimal threshold)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    if (tw_decimal_compare (((TwOrderLine *) tw_record_nth (order->lines, i))->discount, threshold) > 0)
      return TRUE;
  return FALSE;
}

/* Marks the checks about @check that did not pass as needing a signature; whether there is one. */
static gboolean
claim_checks (TwOrder *order, const char *check)
{
  gboolean any = FALSE;

  for (guint i = 0; i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *row = tw_record_nth (order->checks, i);

      if (g_strcmp0 (row->check, check) != 0 || g_strcmp0 (row->result, "pass") == 0)
        continue;
      any = TRUE;
      if (g_strcmp0 (row->result, "warn") == 0)
        row->result = tw_key_find (tw_check_result_keys, "needs_signature");
    }
  return any;
}

static gboolean
is_credit_exceeded (TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *row = tw_record_nth (order->checks, i);

      if (g_strcmp0 (row->check, "credit") == 0 && g_strcmp0 (row->result, "needs_signature") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_category (TwContext *ctx, TwOrder *order, const char *wanted, gboolean *has, GError **error)
{
  *has = FALSE;
  for (guint i = 0; !*has && i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      g_autofree char *category = NULL;

      if (!tw_chain_store_read_category (ctx->db, line->product_id, &category, error))
        return FALSE;
      *has = category != NULL && g_strcmp0 (category, wanted) == 0;
    }
  return TRUE;
}

static gboolean
meets (TwContext *ctx, TwOrder *order, TwApprovalRule *rule, gboolean *met, GError **error)
{
  const char *condition = rule->condition;

  *met = FALSE;
  if (g_str_equal (condition, "amount"))
    *met = tw_decimal_compare (order->total_company, rule->threshold) >= 0;
  else if (g_str_equal (condition, "discount"))
    {
      *met = has_discount_above (order, rule->threshold);
      if (*met)
        claim_checks (order, "discount");
    }
  else if (g_str_equal (condition, "margin"))
    {
      *met = tw_record_count (order->lines) > 0 && tw_decimal_compare (order->margin, rule->threshold) < 0;
      if (*met)
        claim_checks (order, "margin");
    }
  else if (g_str_equal (condition, "credit"))
    *met = is_credit_exceeded (order);
  else if (g_str_equal (condition, "new_customer"))
    *met = claim_checks (order, "customer");
  else if (g_str_equal (condition, "manual"))
    *met = order->special;
  else
    return has_category (ctx, order, rule->category, met, error);
  return TRUE;
}

/* ---- Steps ---- */

static gboolean
is_same_step (TwApprovalStep *step, TwApprovalRuleStep *asked)
{
  return step->level == asked->level && g_strcmp0 (step->role, asked->role) == 0 && step->user_id == asked->user_id
         && g_strcmp0 (step->mode, asked->mode) == 0;
}

/* The soonest time counts. */
static void
set_due (TwContext *ctx, TwApprovalStep *step, gint64 hours)
{
  TwTime due = tw_time_add_seconds (ctx->now, hours * HOUR_SECONDS);

  if (hours > 0 && (!tw_time_is_set (step->due_at) || tw_time_compare (due, step->due_at) < 0))
    step->due_at = due;
}

static void
name_rule (TwApprovalStep *step, TwApprovalRule *rule)
{
  char *rules = step->rules == NULL ? g_strdup (rule->code) : g_strconcat (step->rules, ",", rule->code, NULL);

  if (strlen (rules) <= RULES_LENGTH)
    tw_record_take_text (&step->rules, rules);
  else
    g_free (rules);
}

static int
compare_levels (gconstpointer a, gconstpointer b, gpointer data)
{
  const TwApprovalStep *one = a, *other = b;

  return one->level < other->level ? -1 : one->level > other->level;
}

static void
add_step (TwContext *ctx, TwOrder *order, TwApprovalRule *rule, TwApprovalRuleStep *asked)
{
  g_autoptr (TwApprovalStep) step = NULL;

  for (guint i = 0; i < tw_record_count (order->approvals); i++)
    if (is_same_step (tw_record_nth (order->approvals, i), asked))
      step = g_object_ref (tw_record_nth (order->approvals, i));
  if (step == NULL)
    {
      step = tw_approval_step_new ();
      step->level = asked->level;
      tw_record_set_string (&step->role, asked->role);
      tw_record_set_string (&step->user, asked->user);
      step->user_id = asked->user_id;
      step->mode = asked->mode;
      step->state = tw_key_find (tw_step_state_keys, "waiting");
      g_list_store_insert_sorted (order->approvals, step, compare_levels, NULL);
    }
  set_due (ctx, step, asked->hours);
  name_rule (step, rule);
}

GListStore *
tw_chain_get_rules (TwContext *ctx, GError **error)
{
  static const char name[] = "active approval rules";
  GListStore *rules;
  gint64 edition;

  if (!tw_edition_get (ctx, &edition, error))
    return NULL;
  rules = tw_shelf_take (edition, name);
  if (rules != NULL)
    return rules;
  rules = tw_chain_store_read_rules (ctx->db, error);
  if (rules != NULL)
    tw_shelf_put (edition, name, rules);
  return rules;
}

static char *
hash_rules (GListStore *rules)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tw_record_count (rules); i++)
    tw_codec_write (tw_record_nth (rules, i), TW_SECRETS_ALL, text);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

gboolean
tw_chain_compute (TwContext *ctx, TwOrder *order, char **rule_version, GError **error)
{
  g_autoptr (GListStore) rules = tw_chain_get_rules (ctx, error);

  if (rules == NULL)
    return FALSE;
  g_list_store_remove_all (order->approvals);
  for (guint i = 0; i < tw_record_count (rules); i++)
    {
      TwApprovalRule *rule = tw_record_nth (rules, i);
      gboolean met;

      if (!meets (ctx, order, rule, &met, error))
        return FALSE;
      for (guint j = 0; met && j < tw_record_count (rule->steps); j++)
        add_step (ctx, order, rule, tw_record_nth (rule->steps, j));
    }
  tw_chain_plan_explain (order, rules);
  *rule_version = hash_rules (rules);
  return TRUE;
}

/* ---- Reasons ---- */

static char *
format_percent (TwDecimal fraction)
{
  return tw_decimal_format (tw_decimal_mul (fraction, tw_decimal_from_int (100), 4), 0);
}

static char *
describe_rule (TwApprovalRule *rule)
{
  g_autofree char *amount = tw_decimal_format (rule->threshold, 2);
  g_autofree char *percent = format_percent (rule->threshold);

  if (g_str_equal (rule->condition, "amount"))
    return g_strdup_printf (_ ("The order total is %s or more."), amount);
  if (g_str_equal (rule->condition, "discount"))
    return g_strdup_printf (_ ("A line has a discount above %s %%."), percent);
  if (g_str_equal (rule->condition, "margin"))
    return g_strdup_printf (_ ("The margin is below %s %%."), percent);
  if (g_str_equal (rule->condition, "credit"))
    return g_strdup (_ ("The customer is over the credit limit or has overdue invoices."));
  if (g_str_equal (rule->condition, "new_customer"))
    return g_strdup (_ ("The customer has not completed an order yet."));
  if (g_str_equal (rule->condition, "manual"))
    return g_strdup (_ ("The sales rep asks for a signature."));
  return g_strdup_printf (_ ("A product is of the category “%s”."), rule->category);
}

static TwApprovalRule *
find_rule (GListStore *rules, const char *code)
{
  for (guint i = 0; i < tw_record_count (rules); i++)
    {
      TwApprovalRule *rule = tw_record_nth (rules, i);

      if (g_strcmp0 (rule->code, code) == 0)
        return rule;
    }
  return NULL;
}

void
tw_chain_plan_explain (TwOrder *order, GListStore *rules)
{
  for (guint i = 0; i < tw_record_count (order->approvals); i++)
    {
      TwApprovalStep *step = tw_record_nth (order->approvals, i);
      g_auto (GStrv) codes = g_strsplit (step->rules, ",", -1);
      g_autoptr (GString) reason = g_string_new (NULL);

      for (guint j = 0; codes[j] != NULL; j++)
        {
          TwApprovalRule *rule = find_rule (rules, codes[j]);
          g_autofree char *sentence = rule != NULL
                                        ? describe_rule (rule)
                                        /* Translators: %s is the code of an approval rule that is no longer in force */
                                        : g_strdup_printf (_ ("The rule %s asked for it."), codes[j]);

          g_string_append_printf (reason, "%s%s", j > 0 ? " " : "", sentence);
        }
      tw_record_take_text (&step->reason, g_string_free (g_steal_pointer (&reason), FALSE));
    }
}
