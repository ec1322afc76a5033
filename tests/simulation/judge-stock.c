/* judge-stock.c: goods: what was acknowledged to have come in and gone out, against the ledger of moves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/simulation/judge.h"

/* "receipt G-1" → hundredths, as acknowledged. */
static void
add (GHashTable *sums, const char *cause, const char *sku, gint64 hundredths)
{
  char *name = g_strdup_printf ("%s %s", cause, sku);
  gint64 *known = g_hash_table_lookup (sums, name);
  gint64 value = hundredths + (known != NULL ? *known : 0);

  g_hash_table_replace (sums, name, g_memdup2 (&value, sizeof value));
}

static void
add_lines (GHashTable *sums, const char *cause, const SimDeed *deed, const char *member)
{
  TwTestReply view = { .json = deed->json };

  for (gint64 i = 0; i < tw_company_count (&view, "lines"); i++)
    {
      g_autofree char *sku_at = g_strdup_printf ("lines.%d.product", (int) i);
      g_autofree char *value_at = g_strdup_printf ("lines.%d.%s", (int) i, member);
      g_autofree char *sku = tw_company_value (&view, sku_at), *value = tw_company_value (&view, value_at);
      gboolean negative = value[0] == '-';
      gint64 amount = sim_sum_parse (negative ? value + 1 : value);

      if (amount != 0)
        add (sums, cause, sku, negative ? -amount : amount);
    }
}

static const struct
{
  const char *kind;
  const char *action;
  const char *member; /* of the answer's lines */
  const char *cause;
} causes[] = {
  { "receipts", "create", "quantity", "received" },
  { "stock-counts", "post", "difference", "counted" },
  { "shipments", "pick", "picked", "picked" },
  { "shipments", "deliver", "delivered", "delivered" },
};

static GHashTable *
sum_deeds (SimJudge *judge)
{
  GHashTable *sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *deeds = sim_ledger_get_deeds (judge->world->ledger);

  for (guint i = 0; i < deeds->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (causes); j++)
      {
        const SimDeed *deed = deeds->pdata[i];

        if (g_str_equal (deed->kind, causes[j].kind) && g_str_equal (deed->action, causes[j].action))
          add_lines (sums, causes[j].cause, deed, causes[j].member);
      }
  return sums;
}

static void
move_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *sums = data;
  g_autofree char *name = g_strdup_printf ("%s %s", tw_column_text (row, "cause"), tw_column_text (row, "sku"));
  g_autofree char *moved = tw_decimal_format (tw_column_decimal (row, "moved"), 2);
  gint64 *known = g_hash_table_lookup (sums, name);
  gint64 acknowledged = known != NULL ? *known : 0;
  gint64 found = moved[0] == '-' ? -sim_sum_parse (moved + 1) : sim_sum_parse (moved);

  if (found != acknowledged)
    sim_world_complain (judge->world, "goods: %s: acknowledged %" G_GINT64_FORMAT "/100, moved %s", name, acknowledged,
                        moved);
  g_hash_table_remove (sums, name);
}

static const char moves_sql[]
  = "SELECT p.sku, m.cause, SUM(m.quantity) AS moved FROM (SELECT product_id, quantity, CASE"
    " WHEN document = 'receipt' THEN 'received' WHEN to_location = 'customer' THEN 'delivered' ELSE 'picked' END"
    " AS cause FROM stock_move WHERE id > :last AND (document = 'receipt' OR to_location = 'customer'"
    " OR (document = 'shipment' AND from_location = 'warehouse' AND to_location = 'packing'))"
    " UNION ALL SELECT product_id, IF(to_location = 'warehouse', quantity, -quantity), 'counted' FROM stock_move"
    " WHERE document = 'stock_count') AS m JOIN product p ON p.id = m.product_id WHERE p.sku LIKE 'G-%'"
    " GROUP BY p.sku, m.cause";

static void
judge_moves (SimJudge *judge)
{
  g_autoptr (GHashTable) sums = sum_deeds (judge);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, judge->last_move);
  g_auto (GStrv) parts = g_strsplit (moves_sql, ":last", -1);
  g_autofree char *sql = g_strjoinv (last, parts);
  GHashTableIter left;
  gpointer name, value;

  sim_judge_each (judge, sql, move_cb, sums);
  g_hash_table_iter_init (&left, sums);
  while (g_hash_table_iter_next (&left, &name, &value))
    if (*(gint64 *) value != 0 && strstr (name, " G-") != NULL)
      sim_world_complain (judge->world, "goods: %s: acknowledged and never moved", (char *) name);
}

/* No more is promised than lies there, and no more was promised, packed and sent than ever came. */
static void
judge_promises (SimJudge *judge)
{
  sim_judge_find (judge,
                  "SELECT CONCAT('oversold: ', s.sku, ': ', s.promised, ' promised of ', s.on_hand) AS problem FROM"
                  " (SELECT p.sku, (SELECT SUM(l.reserved + l.picking) FROM order_line l WHERE l.product_id = p.id)"
                  " AS promised, (SELECT SUM(h.on_hand) FROM stock_level h WHERE h.product_id = p.id) AS on_hand"
                  " FROM product p WHERE p.kind = 'stocked') AS s WHERE s.promised > s.on_hand");
  sim_judge_find (judge,
                  "SELECT CONCAT('oversold: ', s.sku, ': ', s.promised, ' promised or gone of ', s.came) AS problem FROM"
                  " (SELECT p.sku, (SELECT SUM(l.reserved + l.picking + l.picked + l.packed + l.shipped + l.delivered)"
                  " FROM order_line l WHERE l.product_id = p.id) AS promised,"
                  " (SELECT SUM(IF(m.to_location = 'warehouse', m.quantity, -m.quantity)) FROM stock_move m"
                  " WHERE m.product_id = p.id AND m.document IN ('receipt', 'stock_count')) AS came"
                  " FROM product p WHERE p.kind = 'stocked') AS s WHERE s.promised > s.came");
}

void
sim_judge_stock (SimJudge *judge)
{
  judge_moves (judge);
  judge_promises (judge);
}
