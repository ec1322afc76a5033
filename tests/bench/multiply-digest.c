/* multiply-digest.c: see multiply-digest.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/multiply-digest.h"

#include "server/approval/chain-store.h"
#include "server/sales/order.h"
#include "shared/policy/digest.h"

/* Rows put in by one statement. */
#define CHUNK 500

static GArray *
list_signed (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (
      db, "SELECT MIN(id) AS id FROM sales_order WHERE digest IS NOT NULL AND deleted_at IS NULL GROUP BY digest");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean found;

  for (;;)
    {
      gint64 id;

      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&ids);
      id = tw_column_int (list, "id");
      g_array_append_val (ids, id);
    }
}

/* The code of the copy of @code in group @g, as bench_plan_fill() writes it. */
static void
mark_code (char **code, const char *original, guint g)
{
  g_free (*code);
  *code = g_strdup_printf ("%s-%u", original, g);
}

static void
collect_codes (TwOrder *order, GPtrArray *codes)
{
  g_ptr_array_add (codes, g_strdup (order->customer));
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    g_ptr_array_add (codes, g_strdup (((TwOrderLine *)tw_record_nth (order->lines, i))->product));
}

static void
change_codes (TwOrder *order, GPtrArray *codes, guint g)
{
  mark_code (&order->customer, g_ptr_array_index (codes, 0), g);
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    mark_code (&((TwOrderLine *)tw_record_nth (order->lines, i))->product, g_ptr_array_index (codes, i + 1), g);
}

static gboolean
flush (TwDb *db, GString *values, GError **error)
{
  g_autofree char *sql = g_strconcat ("INSERT INTO " BENCH_DIGESTS " VALUES ", values->str, ";\n", NULL);
  gboolean done = values->len == 0 || tw_db_execute_script (db, sql, error);

  g_string_truncate (values, 0);
  return done;
}

/* A draft that was signed once has changed since: no digest of it is looked at again. */
static gboolean
add_order (TwContext *ctx, gint64 id, const BenchPlan *plan, GString *values, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_get (ctx, id, FALSE, error);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_auto (TwRound) round = { 0 };
  g_autofree char *own = NULL;
  gboolean found;

  if (order == NULL || !tw_chain_store_read_round (ctx->db, order, &round, &found, error))
    return FALSE;
  own = found ? tw_digest_commercial (TW_RECORD (order), round.rule_version) : NULL;
  if (own == NULL || g_strcmp0 (own, order->digest) != 0)
    return TRUE;
  collect_codes (order, codes);
  for (guint g = 1; g < plan->groups; g++)
    {
      g_autofree char *digest = NULL;

      change_codes (order, codes, g);
      digest = tw_digest_commercial (TW_RECORD (order), round.rule_version);
      g_string_append_printf (values, "%s('%s', %u, '%s')", values->len > 0 ? ", " : "", own, g, digest);
    }
  return values->len < CHUNK * 150 || flush (ctx->db, values, error);
}

gboolean
bench_digest_compute (TwDb *db, const BenchPlan *plan, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "load");
  g_autoptr (GArray) ids = list_signed (db, error);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!add_order (&ctx, g_array_index (ids, gint64, i), plan, values, error))
      return FALSE;
  return ids != NULL && flush (db, values, error);
}
