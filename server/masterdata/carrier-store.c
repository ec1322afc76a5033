/* carrier-store.c: the SQL of carriers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/carrier-store.h"

#include "shared/document/carrier.h"

const TwMaster tw_carrier_master = {
  .type = tw_carrier_get_type,
  .table = "carrier",
  .select = "SELECT c.id, c.version, c.created_at, c.updated_at, c.code, c.name, c.phone, c.tracking_url, "
            "c.status FROM carrier c WHERE c.id = :id",
  .lock = "SELECT id FROM carrier WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO carrier (version, created_at, updated_at, code, name, phone, tracking_url, status) "
            "VALUES (:version, :created_at, :updated_at, :code, :name, :phone, :tracking_url, :status)",
  .update = "UPDATE carrier SET name = :name, phone = :phone, tracking_url = :tracking_url, status = :status, "
            "updated_at = :updated_at, version = :version + 1 WHERE id = :id AND version = :version",
};

const char tw_carrier_find_sql[] = "SELECT id, status FROM carrier WHERE code = :key";

static const TwListColumn carrier_columns[] = {
  { "code", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "status", "c.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "id", "c.id", TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_carrier_list = {
  .type = tw_carrier_get_type,
  .select = "c.id, c.version, c.created_at, c.updated_at, c.code, c.name, c.phone, c.tracking_url, c.status",
  .from = "carrier c",
  .count_from = "carrier c",
  .id = "c.id",
  .default_sort = "code",
  .columns = carrier_columns,
};
