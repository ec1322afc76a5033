/* tax-class-store.c: the SQL of tax classs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/tax-class-store.h"

#include "shared/document/tax-class.h"

const TwMaster tw_tax_class_master = {
  .type = tw_tax_class_get_type,
  .table = "tax_class",
  .select = "SELECT t.id, t.version, t.created_at, t.updated_at, t.code, t.name, t.rate, t.status FROM "
            "tax_class t WHERE t.id = :id",
  .lock = "SELECT id FROM tax_class WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO tax_class (version, created_at, updated_at, code, name, rate, status) VALUES "
            "(:version, :created_at, :updated_at, :code, :name, :rate, :status)",
  .update = "UPDATE tax_class SET name = :name, rate = :rate, status = :status, updated_at = :updated_at, "
            "version = :version + 1 WHERE id = :id AND version = :version",
};

const char tw_tax_class_find_sql[] = "SELECT id, status FROM tax_class WHERE code = :key";

static const TwListColumn tax_class_columns[] = {
  { "code", "t.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "t.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "rate", "t.rate", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "status", "t.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_tax_class_list = {
  .type = tw_tax_class_get_type,
  .select = "t.id, t.version, t.created_at, t.updated_at, t.code, t.name, t.rate, t.status",
  .from = "tax_class t",
  .count_from = "tax_class t",
  .id = "t.id",
  .default_sort = "code",
  .columns = tax_class_columns,
};
