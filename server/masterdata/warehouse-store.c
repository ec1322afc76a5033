/* warehouse-store.c: the SQL of warehouses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/warehouse-store.h"

#include "shared/document/warehouse.h"

const TwMaster tw_warehouse_master = {
  .type = tw_warehouse_get_type,
  .table = "warehouse",
  .select = "SELECT w.id, w.version, w.created_at, w.updated_at, w.code, w.name, w.street, w.city, w.region, "
            "w.country, w.status FROM warehouse w WHERE w.id = :id",
  .lock = "SELECT id FROM warehouse WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO warehouse (version, created_at, updated_at, code, name, street, city, region, "
            "country, status) VALUES (:version, :created_at, :updated_at, :code, :name, :street, :city, "
            ":region, :country, :status)",
  .update = "UPDATE warehouse SET name = :name, street = :street, city = :city, region = :region, country = "
            ":country, status = :status, updated_at = :updated_at, version = :version + 1 WHERE id = :id AND "
            "version = :version",
};

const char tw_warehouse_find_sql[] = "SELECT id, status FROM warehouse WHERE code = :key";

static const TwListColumn warehouse_columns[] = {
  { "code", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "w.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "city", "w.city", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "status", "w.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_warehouse_list = {
  .type = tw_warehouse_get_type,
  .select = "w.id, w.version, w.created_at, w.updated_at, w.code, w.name, w.street, w.city, w.region, "
            "w.country, w.status",
  .from = "warehouse w",
  .count_from = "warehouse w",
  .id = "w.id",
  .default_sort = "code",
  .columns = warehouse_columns,
};
