/* order-invariant-store.c: what is always true of orders, as SQL that finds what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-invariant-store.h"

#include "server/db/state-sql.h"
#include "server/sales/order-verify.h"

#define CONFIRMED "('confirmed', 'released', 'in_fulfilment', 'fulfilled', 'completed')"

static const char buckets_sql[]
  = "SELECT CONCAT('order ', o.number, ' line ', l.position, ': quantities do not add up to ', l.quantity) AS problem"
    " FROM order_line l JOIN sales_order o ON o.id = l.order_id"
    " WHERE l.quantity <> l.cancelled + l.open_quantity + l.backordered + l.reserved + l.picking + l.picked + l.packed"
    " + l.shipped + l.delivered OR l.returned > l.delivered OR l.invoiced > l.quantity - l.cancelled";
static const char totals_sql[]
  = "SELECT CONCAT('order ', o.number, ': total ', o.total, ' is not lines, freight and tax') AS problem"
    " FROM sales_order o"
    " LEFT JOIN (SELECT order_id, SUM(net) AS net, COUNT(*) AS n FROM order_line GROUP BY order_id) l"
    " ON l.order_id = o.id WHERE o.net_total <> COALESCE(l.net, 0) OR o.total <> o.net_total + o.freight + o.tax_total"
    " OR o.line_count <> COALESCE(l.n, 0)";
static const char chain_sql[]
  = "SELECT CONCAT('order ', o.number, ': no complete round over its present content') AS problem FROM sales_order o"
    " WHERE o.state IN " CONFIRMED " AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.order_id = o.id"
    " AND a.round = o.approval_round AND a.state = 'complete' AND a.digest = o.digest)";
static const char signatures_sql[]
  = "SELECT CONCAT('order ', o.number, ' level ', s.level, ': too few signatures') AS problem FROM sales_order o"
    " JOIN approval a ON a.order_id = o.id AND a.round = o.approval_round JOIN approval_step s ON s.approval_id = a.id"
    " WHERE o.state IN " CONFIRMED " AND s.needed > (SELECT COUNT(DISTINCT g.signer_id) FROM approval_signature g"
    " WHERE g.approval_step_id = s.id AND g.decision = 'approve' AND g.digest = o.digest"
    " AND g.signer_id NOT IN (o.author_id, o.editor_id)"
    " AND COALESCE(g.on_behalf_of, 0) NOT IN (o.author_id, o.editor_id))";
static const char people_sql[]
  = "SELECT CONCAT('round ', approval_id, ': user ', signer_id, ' signed more than once') AS problem"
    " FROM approval_signature GROUP BY approval_id, signer_id HAVING COUNT(*) > 1";
static const char rounds_sql[]
  = "SELECT CONCAT('order ', o.number, ': waits for a signature without an open round') AS problem FROM sales_order o"
    " WHERE o.state = 'pending_approval' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.order_id = o.id"
    " AND a.round = o.approval_round AND a.state = 'open' AND a.digest = o.digest)"
    " UNION ALL SELECT CONCAT('order ', o.number, ': a round is open in the state ', o.state) FROM approval a"
    " JOIN sales_order o ON o.id = a.order_id WHERE a.state = 'open' AND o.state <> 'pending_approval'";

/* What the state says of the quantities. */
static const char states_sql[]
  = "SELECT CONCAT('order ', o.number, ' line ', l.position, ': its quantities do not fit the state ', o.state)"
    " AS problem FROM sales_order o JOIN order_line l ON l.order_id = o.id WHERE CASE"
    " WHEN o.state IN ('draft', 'quoted', 'lost', 'pending_approval', 'confirmed') THEN l.open_quantity <> l.quantity"
    " WHEN o.state = 'cancelled' THEN l.cancelled <> l.quantity"
    " WHEN o.state IN ('fulfilled', 'completed') THEN l.cancelled + l.delivered <> l.quantity"
    " ELSE FALSE END";

const TwCheck tw_order_invariants[] = {
  { "an order line's quantities add up", buckets_sql, NULL },
  { "an order's total is its lines, freight and tax", totals_sql, NULL },
  { "a confirmed order has a complete chain over its content", chain_sql, NULL },
  { "every step of it is signed by enough people, none the author", signatures_sql, NULL },
  { "one person signs one step of a round at most", people_sql, NULL },
  { "rounds of signing agree with the orders' states", rounds_sql, NULL },
  { "an order's state fits the quantities of its lines", states_sql, NULL },
  TW_CHECK_STATES ("order", "sales_order", "d.number"),
  { "an order's content is what was signed, its statuses and amounts their recomputation", NULL, tw_order_verify },
  { NULL },
};

static const char list_sql[] = "SELECT id FROM sales_order WHERE id > :after AND deleted_at IS NULL"
                               " ORDER BY id LIMIT 1000";

GArray *
tw_order_invariant_store_list (TwDb *db, gint64 after, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, list_sql);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  tw_bind_int (list, "after", after);
  while (TRUE)
    {
      gboolean found;
      gint64 id;

      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&ids);
      id = tw_column_int (list, "id");
      g_array_append_val (ids, id);
    }
}
