/* warehouse.c: where the goods are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/warehouse-store.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/warehouse.h"
#include "shared/document/common.h"

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwWarehouse *warehouse = (TwWarehouse *) record;

  if (warehouse->status == NULL)
    warehouse->status = tw_key_find (tw_active_keys, "active");
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (warehouse, tw_warehouse_master, prepare)

const TwResource tw_warehouse_resource = {
  .path = "warehouses",
  .document = "warehouse",
  .type = tw_warehouse_get_type,
  .list = &tw_warehouse_list,
  .load = warehouse_load,
  .create = warehouse_create,
  .update = warehouse_update,
  .importable = TRUE,
};

TwWarehouse *
tw_warehouse_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  return (TwWarehouse *) tw_master_find (ctx, &tw_warehouse_master, tw_warehouse_find_sql, code,
                                         &tw_warehouse_words, pointer, error);
}
