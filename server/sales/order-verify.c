/* order-verify.c: whether what is stored of orders is what their facts say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-verify.h"

#include "server/approval/chain.h"
#include "server/sales/order-invariant-store.h"
#include "server/sales/order-pricing.h"
#include "server/sales/order-steps.h"
#include "shared/policy/digest.h"

static const char *const derived[] = { "approval_status", "reservation_status", "fulfilment_status", "delivery_status",
                                       "invoice_status", "payment_status", "net_total", "tax_total", "total",
                                       "total_company", "margin" };

static void
compare (TwOrder *stored, TwOrder *again, GPtrArray *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    {
      const TwField *field = tw_record_find (TW_RECORD (stored), derived[i]);
      g_autofree char *was = tw_record_get_text (TW_RECORD (stored), field);
      g_autofree char *is = tw_record_get_text (TW_RECORD (again), field);

      if (g_strcmp0 (was, is) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("order %s: %s is stored as %s and computed as %s", stored->number,
                                                    derived[i], was, is));
    }
  for (guint i = 0; i < tw_record_count (stored->lines); i++)
    {
      TwOrderLine *was = tw_record_nth (stored->lines, i), *is = tw_record_nth (again->lines, i);

      if (tw_decimal_compare (was->net, is->net) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("order %s line %u: its net amount is not quantity, price and"
                                                    " discount", stored->number, i + 1));
    }
}

/* From submit on the content is what the round was opened over, until the order is a draft again or called off. */
static gboolean
is_bound (TwOrder *order)
{
  static const char *const states[]
    = { "pending_approval", "confirmed", "released", "in_fulfilment", "fulfilled", "completed", NULL };

  return g_strv_contains (states, order->state);
}

static gboolean
check_content (TwContext *ctx, TwOrder *order, GPtrArray *problems, GError **error)
{
  g_autofree char *rule_version = NULL;
  g_autofree char *digest = NULL;

  if (!is_bound (order))
    return TRUE;
  rule_version = tw_chain_get_rule_version (ctx, order, error);
  if (rule_version == NULL)
    return FALSE;
  digest = tw_digest_commercial (TW_RECORD (order), rule_version);
  if (g_strcmp0 (digest, order->digest) != 0)
    g_ptr_array_add (problems, g_strdup_printf ("order %s: its content is not what was submitted and signed",
                                                order->number));
  return TRUE;
}

static gboolean
check_order (TwContext *ctx, gint64 id, GPtrArray *problems, GError **error)
{
  g_autoptr (TwOrder) stored = tw_order_get (ctx, id, FALSE, error);
  g_autoptr (TwOrder) again = NULL;

  if (stored == NULL || !check_content (ctx, stored, problems, error))
    return FALSE;
  again = (TwOrder *) tw_record_copy (TW_RECORD (stored));
  if (!tw_order_derive (ctx, again, error) || !tw_order_pricing_total (ctx, again, error))
    return FALSE;
  compare (stored, again, problems);
  return TRUE;
}

gboolean
tw_order_verify (TwDb *db, GPtrArray *problems, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "verify");
  gint64 after = 0;

  while (TRUE)
    {
      g_autoptr (GArray) ids = tw_order_invariant_store_list (db, after, error);

      if (ids == NULL)
        return FALSE;
      if (ids->len == 0)
        return TRUE;
      for (guint i = 0; i < ids->len; i++)
        if (!check_order (&ctx, g_array_index (ids, gint64, i), problems, error))
          return FALSE;
      after = g_array_index (ids, gint64, ids->len - 1);
    }
}
