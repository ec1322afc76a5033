/* judge-writes.c: each acknowledged write is there once, and of a refused one nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/judge.h"

/* ---- Idempotency keys ---- */

static void
key_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *acknowledged = data; /* "user key" → SimDeed */
  g_autofree char *name = g_strdup_printf ("%s %s", tw_column_text (row, "user"), tw_column_text (row, "name"));
  const SimDeed *deed = g_hash_table_lookup (acknowledged, name);

  if (g_hash_table_contains (sim_ledger_get_refused (judge->world->ledger), name))
    sim_world_complain (judge->world, "the key %s was refused and is kept", name);
  else if (deed == NULL)
    sim_world_complain (judge->world, "the key %s is kept and was never acknowledged", name);
  else if (tw_column_int (row, "status") != deed->status)
    sim_world_complain (judge->world, "the key %s has another answer", name);
  g_hash_table_remove (acknowledged, name);
}

static void
judge_keys (SimJudge *judge)
{
  g_autoptr (GHashTable) acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *deeds = sim_ledger_get_deeds (judge->world->ledger);
  GHashTableIter left;
  gpointer name, value;

  for (guint i = 0; i < deeds->len; i++)
    {
      SimDeed *deed = deeds->pdata[i];

      if (deed->key != NULL)
        g_hash_table_insert (acknowledged, g_strdup_printf ("%s %s", deed->user, deed->key), deed);
    }
  sim_judge_each (judge,
                  "SELECT u.user, i.idempotency_key AS name, i.status FROM idempotency i"
                  " JOIN app_user u ON u.id = i.user_id WHERE i.idempotency_key LIKE 'K-%'",
                  key_cb, acknowledged);
  g_hash_table_iter_init (&left, acknowledged);
  while (g_hash_table_iter_next (&left, &name, &value))
    sim_world_complain (judge->world, "the key %s was acknowledged (%s) and is lost", (char *) name,
                        ((SimDeed *) value)->path);
}

/* ---- The log ---- */

/* Where a path leads, in the log's words. */
static const char *const documents[][2] = {
  { "orders", "order" },       { "shipments", "shipment" }, { "shipment-exceptions", "shipment_exception" },
  { "trips", "trip" },         { "receipts", "receipt" },   { "stock-counts", "stock_count" },
  { "invoices", "invoice" },   { "payments", "payment" },   { "refunds", "refund" },
};

/* What follows from somebody's action and is logged as theirs; some of it they may also do by itself. */
static const char *const consequences[]
  = { "order sign",          "order release",       "order start_fulfilment", "order fulfil",    "order complete",
      "shipment create",     "shipment change",     "shipment cancel",     "shipment take_back",     "shipment dispatch", "shipment depart",
      "shipment close",      "shipment_exception create", "shipment_exception change", "shipment_exception resolve",
      "invoice create",      "invoice post",        "invoice settle",         "invoice unsettle", "payment free",
      "payment set_aside",   "payment put_back",    "payment pay_back",       "payment use_up",      "refund create",
      NULL };

static const char *
find_document (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    if (g_str_equal (documents[i][0], kind))
      return documents[i][1];
  return kind;
}

static char *
name_entry (const char *user, const char *document, gint64 id, const char *action)
{
  return g_strdup_printf ("%s: %s %" G_GINT64_FORMAT " %s", user, document, id, action);
}

/* How often each was acknowledged. */
static GHashTable *
count_deeds (SimJudge *judge)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *deeds = sim_ledger_get_deeds (judge->world->ledger);

  for (guint i = 0; i < deeds->len; i++)
    {
      SimDeed *deed = deeds->pdata[i];
      char *name = name_entry (deed->user, find_document (deed->kind), deed->id, deed->action);

      if (g_str_equal (deed->kind, SIM_MANY))
        {
          g_free (name);
          continue;
        }
      g_hash_table_replace (counts, name, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
    }
  return counts;
}

static void
entry_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *counts = data;
  g_autofree char *name = name_entry (tw_column_text (row, "user"), tw_column_text (row, "document"),
                                      tw_column_int (row, "document_id"), tw_column_text (row, "action"));
  g_autofree char *kind = g_strdup_printf ("%s %s", tw_column_text (row, "document"), tw_column_text (row, "action"));
  guint acknowledged = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
  gint64 logged = tw_column_int (row, "n");

  if (logged < acknowledged || (logged > acknowledged && !g_strv_contains (consequences, kind)))
    sim_world_complain (judge->world, "%s: acknowledged %u times, logged %" G_GINT64_FORMAT " times", name,
                        acknowledged, logged);
  g_hash_table_remove (counts, name);
}

static void
judge_log (SimJudge *judge)
{
  g_autoptr (GHashTable) counts = count_deeds (judge);
  g_autofree char *sql = g_strdup_printf (
    "SELECT u.user, c.document, c.document_id, c.action, COUNT(*) AS n FROM change_log c"
    " JOIN app_user u ON u.id = c.user_id WHERE c.id > %" G_GINT64_FORMAT " AND c.document <> 'user'"
    " GROUP BY u.user, c.document, c.document_id, c.action",
    judge->last_change);
  GHashTableIter left;
  gpointer name;

  sim_judge_each (judge, sql, entry_cb, counts);
  g_hash_table_iter_init (&left, counts);
  while (g_hash_table_iter_next (&left, &name, NULL))
    sim_world_complain (judge->world, "%s: acknowledged and not logged", (char *) name);
}

/* ---- What was refused ---- */

static void
judge_refused (SimJudge *judge)
{
  sim_judge_find (judge, "SELECT CONCAT('refused and stored: order ', po_reference) AS problem FROM sales_order"
                         " WHERE po_reference LIKE 'NO-%' OR notes LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and stored: receipt ', reference) FROM receipt"
                         " WHERE reference LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and stored: payment ', reference) FROM payment"
                         " WHERE reference LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and stored: count ', reason) FROM stock_count"
                         " WHERE reason LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and stored: user ', user) FROM app_user"
                         " WHERE user LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and stored: product ', sku) FROM product"
                         " WHERE sku LIKE 'NO-%'"
                         " UNION ALL SELECT CONCAT('refused and logged: ', document, ' ', document_id, ' ', action)"
                         " FROM change_log WHERE reason LIKE '%NO-S-%' OR after_values LIKE '%NO-S-%'");
}

void
sim_judge_writes (SimJudge *judge)
{
  judge_keys (judge);
  judge_log (judge);
  judge_refused (judge);
}
