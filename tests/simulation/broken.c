/* broken.c: five defects, linked into a server of the tests alone: the simulation has to see each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker puts these functions in the place of the product's (--wrap), whose sources know nothing of it: what is
 * installed cannot be broken this way. TRADEWIND_SIMULATION_BROKEN names the defect; without one the server is whole.
 */
#include <string.h>

#include "server/approval/chain-store.h"
#include "server/core/idempotency-store.h"
#include "server/core/seal-store.h"
#include "server/warehouse/stock-store.h"

/* Of so many, one is hit: a defect that shows everywhere needs no simulation. */
#define LOST_KEY 5
#define UNSEALED_ROW 40

static gboolean
is_broken (const char *defect)
{
  return g_strcmp0 (g_getenv ("TRADEWIND_SIMULATION_BROKEN"), defect) == 0;
}

static gboolean
is_turn (guint every)
{
  static gint count;

  return (guint) g_atomic_int_add (&count, 1) % every == every - 1;
}

/* ---- oversell: what is not there is put aside as well ---- */

gboolean __real_tw_stock_store_reserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                                        gboolean *done, GError **error);
gboolean __wrap_tw_stock_store_reserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                                        gboolean *done, GError **error);

gboolean
__wrap_tw_stock_store_reserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                               gboolean *done, GError **error)
{
  if (!__real_tw_stock_store_reserve (ctx, product_id, warehouse_id, quantity, done, error))
    return FALSE;
  *done = *done || is_broken ("oversell");
  return TRUE;
}

/* ---- signature: nobody above the first level is asked ---- */

gboolean __real_tw_chain_store_insert_step (TwContext *ctx, gint64 round_id, TwApprovalStep *step, gint64 needed,
                                            gint64 hours, GError **error);
gboolean __wrap_tw_chain_store_insert_step (TwContext *ctx, gint64 round_id, TwApprovalStep *step, gint64 needed,
                                            gint64 hours, GError **error);

gboolean
__wrap_tw_chain_store_insert_step (TwContext *ctx, gint64 round_id, TwApprovalStep *step, gint64 needed, gint64 hours,
                                   GError **error)
{
  return (step->level > 1 && is_broken ("signature"))
         || __real_tw_chain_store_insert_step (ctx, round_id, step, needed, hours, error);
}

/* ---- key: one in a few is forgotten with its answer ---- */

gboolean __real_tw_idempotency_store_insert (TwContext *ctx, const char *key, const guint8 *hash, guint status,
                                             const char *headers, GBytes *body, GError **error);
gboolean __wrap_tw_idempotency_store_insert (TwContext *ctx, const char *key, const guint8 *hash, guint status,
                                             const char *headers, GBytes *body, GError **error);

gboolean
__wrap_tw_idempotency_store_insert (TwContext *ctx, const char *key, const guint8 *hash, guint status,
                                    const char *headers, GBytes *body, GError **error)
{
  return (is_broken ("key") && is_turn (LOST_KEY))
         || __real_tw_idempotency_store_insert (ctx, key, hash, status, headers, body, error);
}

/* ---- seal: one change in many is passed over ---- */

gboolean __real_tw_seal_store_unsealed (TwDb *db, gint64 low, guint limit, GPtrArray *rows, GError **error);
gboolean __wrap_tw_seal_store_unsealed (TwDb *db, gint64 low, guint limit, GPtrArray *rows, GError **error);

gboolean
__wrap_tw_seal_store_unsealed (TwDb *db, gint64 low, guint limit, GPtrArray *rows, GError **error)
{
  if (!__real_tw_seal_store_unsealed (db, low, limit, rows, error))
    return FALSE;
  for (guint i = rows->len; i > 0 && is_broken ("seal"); i--)
    if (((TwSealRow *) rows->pdata[i - 1])->change_id % UNSEALED_ROW == 0)
      g_ptr_array_remove_index (rows, i - 1);
  return TRUE;
}

/* ---- float: amounts in binary ---- */

TwDecimal __real_tw_decimal_line_net (TwDecimal quantity, TwDecimal price, TwDecimal discount, guint places);
TwDecimal __wrap_tw_decimal_line_net (TwDecimal quantity, TwDecimal price, TwDecimal discount, guint places);

static double
to_binary (TwDecimal value)
{
  return (double) value.millionths / 1e6;
}

static TwDecimal
from_binary (double value, guint places)
{
  gint64 unit = 1;

  for (guint i = 0; i < places; i++)
    unit *= 10;
  return (TwDecimal) { (__int128) ((gint64) (value * (double) unit + 0.5)) * (1000000 / unit) };
}

TwDecimal
__wrap_tw_decimal_line_net (TwDecimal quantity, TwDecimal price, TwDecimal discount, guint places)
{
  if (!is_broken ("float"))
    return __real_tw_decimal_line_net (quantity, price, discount, places);
  return from_binary (to_binary (quantity) * to_binary (price) * (1 - to_binary (discount)), places);
}
