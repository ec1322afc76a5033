/* order-invariant-store.c: what is always true of orders, as SQL that finds what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-invariant-store.h"

#include "server/db/state-sql.h"
#include "server/sales/order-fact-store.h"
#include "server/sales/order-line-store.h"
#include "server/sales/order-store.h"
#include "server/sales/order-verify.h"

#define CONFIRMED "('confirmed', 'released', 'in_fulfilment', 'fulfilled', 'completed')"

static const char buckets_sql[]
    = "SELECT STRAIGHT_JOIN CONCAT('order ', o.number, ' line ', l.position, ': quantities do not add up to ',"
      " l.quantity) AS problem"
      " FROM order_line l JOIN sales_order o ON o.id = l.order_id"
      " WHERE l.quantity <> l.cancelled + l.open_quantity + l.backordered + l.reserved + l.picking + l.picked + "
      "l.packed"
      " + l.shipped + l.delivered OR l.returned > l.delivered OR l.invoiced > l.quantity - l.cancelled";
static const char totals_sql[]
    = "SELECT CONCAT('order ', MIN(o.number), ': total ', MIN(o.total), ' is not lines, freight and tax') AS problem"
      " FROM sales_order o LEFT JOIN order_line l ON l.order_id = o.id GROUP BY o.id"
      " HAVING MIN(o.net_total) <> COALESCE(SUM(l.net), 0)"
      " OR MIN(o.total) <> MIN(o.net_total + o.freight + o.tax_total) OR MIN(o.line_count) <> COUNT(l.id)";
static const char chain_sql[]
    = "SELECT CONCAT('order ', o.number, ': no complete round over its present content') AS problem FROM sales_order o"
      " WHERE o.state IN " CONFIRMED " AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.order_id = o.id"
      " AND a.round = o.approval_round AND a.state = 'complete' AND a.digest = o.digest)";
static const char signatures_sql[]
    = "SELECT CONCAT('order ', o.number, ' level ', s.level, ': too few signatures') AS problem FROM sales_order o"
      " JOIN approval a ON a.order_id = o.id AND a.round = o.approval_round JOIN approval_step s ON s.approval_id = "
      "a.id"
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

/* ---- Orders in pieces ---- */

#define PIECE 500

static const char round_sql[]
    = "SELECT a.order_id, a.state, a.rule_version, EXISTS (SELECT 1 FROM approval_step s WHERE s.approval_id = a.id)"
      " AS has_steps FROM approval a JOIN sales_order o ON o.id = a.order_id AND o.approval_round = a.round"
      " WHERE a.order_id > :after AND a.order_id <= :last";

void
tw_order_case_free (TwOrderCase *one)
{
  g_clear_object (&one->order);
  g_free (one->rule_version);
  g_free (one);
}

TwOrderCase *
tw_order_case_find (GPtrArray *cases, gint64 id)
{
  guint low = 0, high = cases->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      TwOrderCase *one = g_ptr_array_index (cases, middle);

      if (one->order->parent.id == id)
        return one;
      if (one->order->parent.id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
read_rounds (TwDb *db, gint64 after, gint64 last, GPtrArray *cases, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, round_sql);
  gboolean found;

  tw_bind_int (read, "after", after);
  tw_bind_int (read, "last", last);
  while (TRUE)
    {
      TwOrderCase *one;

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      one = tw_order_case_find (cases, tw_column_int (read, "order_id"));
      if (one == NULL)
        continue;
      one->rule_version = g_strdup (tw_column_text (read, "rule_version"));
      tw_order_fact_store_take_round (read, &one->facts);
    }
}

static gboolean
read_lines (TwDb *db, gint64 after, gint64 last, GPtrArray *cases, GError **error)
{
  g_autoptr (TwStatement) read = tw_order_line_store_prepare_range (db, after, last);
  gboolean found;

  while (TRUE)
    {
      g_autoptr (TwRecord) line = NULL;
      TwOrderCase *one;

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      one = tw_order_case_find (cases, tw_column_int (read, "order_id"));
      if (one == NULL)
        continue;
      line = g_object_new (tw_order_line_get_type (), NULL);
      tw_column_record (read, line);
      g_list_store_append (one->order->lines, line);
    }
}

static gboolean
read_heads (TwDb *db, gint64 after, GPtrArray *cases, GError **error)
{
  g_autoptr (TwStatement) read = tw_order_store_prepare_range (db, after, PIECE);
  gboolean found;

  while (TRUE)
    {
      TwOrderCase *one;

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      one = g_new0 (TwOrderCase, 1);
      one->order = tw_order_new ();
      tw_column_record (read, TW_RECORD (one->order));
      g_ptr_array_add (cases, one);
    }
}

GPtrArray *
tw_order_invariant_store_read (TwDb *db, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify)tw_order_case_free);
  gint64 last;

  if (!read_heads (db, after, cases, error))
    return NULL;
  if (cases->len == 0)
    return g_steal_pointer (&cases);
  last = ((TwOrderCase *)g_ptr_array_index (cases, cases->len - 1))->order->parent.id;
  if (!read_lines (db, after, last, cases, error) || !read_rounds (db, after, last, cases, error))
    return NULL;
  return g_steal_pointer (&cases);
}
