/* judge-documents.c: documents are as they were acknowledged last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/judge.h"

/* ---- Orders ---- */

static void
compare_amount (SimJudge *judge, TwStatement *row, const char *column, const SimOrder *order, gint64 expected)
{
  g_autofree char *wanted = sim_sum_format (expected);
  g_autofree char *found = tw_decimal_format (tw_column_decimal (row, column), 2);

  if (!g_str_equal (found, wanted))
    sim_world_complain (judge->world, "order %s: %s is %s, not %s", order->reference, column, found, wanted);
}

static void
order_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *seen = data; /* references */
  const char *reference = tw_column_text (row, "po_reference");
  gint64 id = tw_column_int (row, "id");
  const SimOrder *order = g_hash_table_lookup (sim_ledger_get_orders (judge->world->ledger), &id);

  if (!g_hash_table_add (seen, g_strdup (reference)))
    sim_world_complain (judge->world, "order %s is there twice", reference);
  if (order == NULL)
    {
      sim_world_complain (judge->world, "order %s is there and was never acknowledged", reference);
      return;
    }
  if (!g_str_equal (order->reference, reference) || !g_str_equal (order->user, tw_column_text (row, "user")))
    sim_world_complain (judge->world, "order %s of %s is %s of %s", order->reference, order->user, reference,
                        tw_column_text (row, "user"));
  compare_amount (judge, row, "net_total", order, order->sum.net);
  compare_amount (judge, row, "tax_total", order, order->sum.tax);
  compare_amount (judge, row, "total", order, order->sum.total);
}

static void
judge_orders (SimJudge *judge)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *orders = sim_ledger_get_orders (judge->world->ledger);
  GHashTableIter all;
  gpointer value;

  sim_judge_each (judge,
                  "SELECT o.id, o.po_reference, o.net_total, o.tax_total, o.total, u.user FROM sales_order o"
                  " JOIN app_user u ON u.id = o.author_id WHERE o.po_reference LIKE 'S-%' AND o.deleted_at IS NULL",
                  order_cb, seen);
  g_hash_table_iter_init (&all, orders);
  while (g_hash_table_iter_next (&all, NULL, &value))
    if (!g_hash_table_contains (seen, ((SimOrder *) value)->reference))
      sim_world_complain (judge->world, "order %s was acknowledged and is lost", ((SimOrder *) value)->reference);
}

/* ---- States ---- */

typedef struct
{
  const char *kind;
  const char *sql;
} Table;

static const Table tables[] = {
  { "orders", "SELECT id, version, state FROM sales_order WHERE deleted_at IS NULL" },
  { "shipments", "SELECT id, version, state FROM shipment" },
  { "shipment-exceptions", "SELECT id, version, state FROM shipment_exception" },
  { "trips", "SELECT id, version, state FROM trip" },
  { "receipts", "SELECT id, version, '' AS state FROM receipt" },
  { "stock-counts", "SELECT id, version, state FROM stock_count" },
  { "invoices", "SELECT id, version, state FROM invoice" },
  { "payments", "SELECT id, version, state FROM payment" },
  { "refunds", "SELECT id, version, state FROM refund" },
};

/* What came after the last acknowledged step (a shipment's steps move its order) has raised the version. */
static void
state_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *last = data; /* id → SimDeed */
  gint64 id = tw_column_int (row, "id"), version = tw_column_int (row, "version");
  const char *state = tw_column_text (row, "state");
  const SimDeed *deed = g_hash_table_lookup (last, &id);

  if (deed == NULL)
    return;
  if (version < deed->version || (version == deed->version && !g_str_equal (state, deed->state)))
    sim_world_complain (judge->world,
                        "%s was acknowledged as %s, version %" G_GINT64_FORMAT ", and is %s, version %" G_GINT64_FORMAT,
                        deed->path, deed->state, deed->version, state, version);
  g_hash_table_remove (last, &id);
}

static void
judge_states (SimJudge *judge, const Table *table)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) deeds = sim_ledger_list_deeds (judge->world->ledger, table->kind);
  GHashTableIter left;
  gpointer value;

  for (guint i = 0; i < deeds->len; i++)
    g_hash_table_replace (last, &((SimDeed *) deeds->pdata[i])->id, deeds->pdata[i]);
  sim_judge_each (judge, table->sql, state_cb, last);
  g_hash_table_iter_init (&left, last);
  while (g_hash_table_iter_next (&left, NULL, &value))
    sim_world_complain (judge->world, "%s %" G_GINT64_FORMAT " was acknowledged and is lost", table->kind,
                        ((SimDeed *) value)->id);
}

/* What people call by a name of their own is there once. */
static void
judge_references (SimJudge *judge)
{
  sim_judge_find (judge, "SELECT CONCAT('receipt ', reference, ' is there ', COUNT(*), ' times') AS problem FROM receipt"
                         " WHERE reference LIKE 'S-%' GROUP BY reference HAVING COUNT(*) > 1"
                         " UNION ALL SELECT CONCAT('payment ', reference, ' is there ', COUNT(*), ' times') FROM payment"
                         " WHERE reference LIKE 'S-%' GROUP BY reference HAVING COUNT(*) > 1");
}

void
sim_judge_documents (SimJudge *judge)
{
  judge_orders (judge);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    judge_states (judge, &tables[i]);
  judge_references (judge);
}
