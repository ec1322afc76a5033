/* judge-signatures.c: who had to sign an order has signed it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By the company's rules as they are written in company.h, from the amounts of the simulation's own arithmetic, and
 * from the approvals that were acknowledged: nothing that the server says of its chains is believed.
 */
#include "tests/simulation/judge.h"

#define LEVEL_1 500000 /* hundredths */
#define LEVEL_2 1000000
#define LEVEL_3 5000000

/* What the sum and the discount ask for; a new customer or a credit limit may ask for more. */
static guint
get_levels (const SimOrder *order)
{
  if (order->sum.total >= LEVEL_3)
    return 3;
  if (order->sum.total >= LEVEL_2 || order->max_discount > 25)
    return 2;
  return order->sum.total >= LEVEL_1 || order->max_discount > 15 ? 1 : 0;
}

/* order id → set of who has signed since it was submitted last. */
static GHashTable *
collect_signers (SimJudge *judge)
{
  static const char *const ends[] = { "submit", "withdraw", "reject", "return", "change", NULL };
  g_autoptr (GPtrArray) deeds = sim_ledger_list_deeds (judge->world->ledger, "orders");
  GHashTable *signers = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < deeds->len; i++)
    {
      SimDeed *deed = deeds->pdata[i];
      GHashTable *of_order = g_hash_table_lookup (signers, &deed->id);

      if (of_order == NULL || g_strv_contains (ends, deed->action))
        {
          of_order = g_hash_table_new (g_str_hash, g_str_equal);
          g_hash_table_replace (signers, &deed->id, of_order);
        }
      if (g_str_equal (deed->action, "approve"))
        g_hash_table_add (of_order, deed->user);
    }
  return signers;
}

static gboolean
is_signed (GHashTable *signers, const SimOrder *order, guint levels)
{
  if (levels == 0)
    return TRUE;
  return signers != NULL && g_hash_table_size (signers) >= levels && !g_hash_table_contains (signers, order->user)
         && (levels < 2 || g_hash_table_contains (signers, "director"))
         && (levels < 3 || g_hash_table_contains (signers, "gm"));
}

static void
confirmed_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *signers = data;
  gint64 id = tw_column_int (row, "id");
  const SimOrder *order = g_hash_table_lookup (sim_ledger_get_orders (judge->world->ledger), &id);
  GHashTable *of_order = g_hash_table_lookup (signers, &id);

  if (order != NULL && !is_signed (of_order, order, get_levels (order)))
    sim_world_complain (judge->world, "a signature is missing: order %s asks for %u, has %u and is %s",
                        order->reference, get_levels (order), of_order != NULL ? g_hash_table_size (of_order) : 0,
                        tw_column_text (row, "state"));
}

void
sim_judge_signatures (SimJudge *judge)
{
  g_autoptr (GHashTable) signers = collect_signers (judge);

  sim_judge_each (judge,
                  "SELECT id, state FROM sales_order WHERE po_reference LIKE 'S-%'"
                  " AND state IN ('confirmed', 'released', 'in_fulfilment', 'fulfilled', 'completed')",
                  confirmed_cb, signers);
}
