/* judge-money.c: invoices, their numbers, payments, refunds and the cash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/judge.h"

/* ---- Invoices ---- */

static void
posted_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  GHashTable *posted = data; /* id → SimDeed */
  gint64 id = tw_column_int (row, "id");
  const SimDeed *deed = g_hash_table_lookup (posted, &id);
  TwTestReply view = { .json = deed != NULL ? deed->json : NULL };
  g_autofree char *number = NULL, *total = NULL, *found = tw_decimal_format (tw_column_decimal (row, "total"), 2);

  if (deed == NULL)
    return; /* a credit note: posted by another deed; before the run */
  number = tw_company_value (&view, "number");
  total = tw_company_value (&view, "total");
  if (g_strcmp0 (number, tw_column_text (row, "number")) != 0 || !g_str_equal (total, found))
    sim_world_complain (judge->world, "invoice %s over %s is %s over %s", number, total, tw_column_text (row, "number"),
                        found);
  g_hash_table_remove (posted, &id);
}

static void
judge_invoices (SimJudge *judge)
{
  g_autoptr (GPtrArray) deeds = sim_ledger_list_deeds (judge->world->ledger, "invoices");
  g_autoptr (GHashTable) posted = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < deeds->len; i++)
    if (g_str_equal (((SimDeed *) deeds->pdata[i])->action, "post"))
      g_hash_table_replace (posted, &((SimDeed *) deeds->pdata[i])->id, deeds->pdata[i]);
  sim_judge_each (judge, "SELECT id, number, total FROM invoice WHERE number IS NOT NULL", posted_cb, posted);
  if (g_hash_table_size (posted) > 0)
    sim_world_complain (judge->world, "%u invoices were acknowledged as posted and are not", g_hash_table_size (posted));
}

/* 1 … n of each series, none twice, none missing. */
static void
judge_numbers (SimJudge *judge)
{
  sim_judge_find (
    judge, "SELECT CONCAT('numbers of ', x.series, ': ', COUNT(*), ' from ', MIN(x.n), ' to ', MAX(x.n)) AS problem FROM"
           " (SELECT SUBSTRING_INDEX(number, '-', 2) AS series, CAST(SUBSTRING_INDEX(number, '-', -1) AS UNSIGNED) AS n"
           " FROM invoice WHERE number IS NOT NULL UNION ALL SELECT SUBSTRING_INDEX(number, '-', 2),"
           " CAST(SUBSTRING_INDEX(number, '-', -1) AS UNSIGNED) FROM journal_entry) AS x GROUP BY x.series"
           " HAVING MIN(x.n) <> 1 OR MAX(x.n) <> COUNT(*) OR COUNT(DISTINCT x.n) <> COUNT(*)");
}

/* ---- What an order was invoiced for ---- */

static void
invoiced_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  gint64 id = tw_column_int (row, "order_id");
  const SimOrder *order = g_hash_table_lookup (sim_ledger_get_orders (judge->world->ledger), &id);
  g_autofree char *wanted = order != NULL ? sim_sum_format (order->sum.total) : NULL;
  g_autofree char *found = tw_decimal_format (tw_column_decimal (row, "total"), 2);

  if (order != NULL && !g_str_equal (wanted, found))
    sim_world_complain (judge->world, "order %s costs %s and was invoiced over %s", order->reference, wanted, found);
}

/* Orders that are invoiced whole and of which nothing was credited. */
static void
judge_invoiced (SimJudge *judge)
{
  sim_judge_each (judge,
                  "SELECT i.order_id, SUM(i.total) AS total FROM invoice i WHERE i.kind = 'invoice'"
                  " AND i.state IN ('posted', 'partly_paid', 'paid') AND NOT EXISTS (SELECT 1 FROM order_line l"
                  " WHERE l.order_id = i.order_id AND l.invoiced <> l.quantity) AND NOT EXISTS (SELECT 1 FROM invoice n"
                  " WHERE n.order_id = i.order_id AND n.credited > 0) GROUP BY i.order_id",
                  invoiced_cb, NULL);
}

/* ---- Cash ---- */

/* What the fixture itself has made is not of the simulation: its @mark is another. */
static gint64
sum_deeds (SimJudge *judge, const char *kind, const char *action, const char *mark)
{
  g_autoptr (GPtrArray) deeds = sim_ledger_list_deeds (judge->world->ledger, kind);
  gint64 sum = 0;

  for (guint i = 0; i < deeds->len; i++)
    {
      SimDeed *deed = deeds->pdata[i];
      TwTestReply view = { .json = deed->json };
      g_autofree char *amount = tw_company_value (&view, "amount");
      g_autofree char *maker = tw_company_value (&view, mark);

      if (g_str_equal (deed->action, action) && g_str_has_prefix (maker, "S-"))
        sum += sim_sum_parse (amount);
    }
  return sum;
}

static void
compare_cash (SimJudge *judge, const char *what, gint64 acknowledged, gint64 found)
{
  if (found != acknowledged)
    sim_world_complain (judge->world, "%s: acknowledged %" G_GINT64_FORMAT "/100, booked %" G_GINT64_FORMAT "/100",
                        what, acknowledged, found);
}

static void
judge_cash (SimJudge *judge)
{
  gint64 acknowledged = sum_deeds (judge, "payments", "receive", "reference")
                        - sum_deeds (judge, "payments", "bounce", "reference");
  gint64 found = sim_judge_count (judge, "SELECT CAST(COALESCE(SUM(l.debit - l.credit), 0) * 100 AS SIGNED) AS n"
                                         " FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id"
                                         " JOIN payment p ON p.id = e.document_id AND e.document = 'payment'"
                                         " WHERE l.account = 'cash' AND p.reference LIKE 'S-%'");

  compare_cash (judge, "cash", acknowledged, found);
}

/* Paid out is what was acknowledged as that, of what another person had approved. */
static void
judge_refunds (SimJudge *judge)
{
  gint64 found = sim_judge_count (judge, "SELECT CAST(COALESCE(SUM(l.credit - l.debit), 0) * 100 AS SIGNED) AS n"
                                         " FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id"
                                         " JOIN refund f ON f.id = e.document_id AND e.document = 'refund'"
                                         " WHERE l.account = 'cash' AND f.reason LIKE 'S-%'");

  compare_cash (judge, "refunds", sum_deeds (judge, "refunds", "pay_out", "reason"), found);
  sim_judge_find (judge, "SELECT CONCAT('refund ', f.number, ' is ', f.state, ' without another person') AS problem"
                         " FROM refund f WHERE f.state IN ('approved', 'paid_out') AND NOT EXISTS (SELECT 1 FROM"
                         " change_log g WHERE g.document = 'refund' AND g.document_id = f.id AND g.action = 'approve'"
                         " AND g.user_id <> f.author_id)");
}

void
sim_judge_money (SimJudge *judge)
{
  judge_invoices (judge);
  judge_numbers (judge);
  judge_invoiced (judge);
  judge_cash (judge);
  judge_refunds (judge);
}
