/* product-store.c: the SQL of products
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/product-store.h"

#include "shared/document/product.h"

const TwMaster tw_product_master = {
  .type = tw_product_get_type,
  .table = "product",
  .select = "SELECT p.id, p.version, p.created_at, p.updated_at, p.sku, p.barcode, p.name, p.local_name, "
            "p.category, p.unit, p.price, p.cost, p.tax_class_id, p.weight, p.kind, p.status, p.description, "
            "t.code AS tax_class, t.rate AS tax_rate FROM product p JOIN tax_class t ON t.id = p.tax_class_id "
            "WHERE p.id = :id",
  .lock = "SELECT id FROM product WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO product (version, created_at, updated_at, sku, barcode, name, local_name, category, "
            "unit, price, cost, tax_class_id, weight, kind, status, description) VALUES (:version, "
            ":created_at, :updated_at, :sku, :barcode, :name, :local_name, :category, :unit, :price, :cost, "
            ":tax_class_id, :weight, :kind, :status, :description)",
  .update = "UPDATE product SET barcode = :barcode, name = :name, local_name = :local_name, category = "
            ":category, unit = :unit, price = :price, cost = :cost, tax_class_id = :tax_class_id, weight = "
            ":weight, kind = :kind, status = :status, description = :description, updated_at = :updated_at, "
            "version = :version + 1 WHERE id = :id AND version = :version",
};

const char tw_product_find_sql[] = "SELECT id, status FROM product WHERE sku = :key OR barcode = :key";

static const TwListColumn product_columns[] = {
  { "sku", "p.sku", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "barcode", "p.barcode", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "p.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "local_name", "p.local_name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "category", "p.category", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "unit", "p.unit", TW_COLUMN_FILTER },
  { "price", "p.price", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "cost", "p.cost", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "tax_class", "t.code", TW_COLUMN_FILTER },
  { "kind", "p.kind", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "status", "p.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "p.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_product_list = {
  .type = tw_product_get_type,
  .select = "p.id, p.version, p.created_at, p.updated_at, p.sku, p.barcode, p.name, p.local_name, p.category, "
            "p.unit, p.price, p.cost, p.tax_class_id, p.weight, p.kind, p.status, t.code AS tax_class, t.rate "
            "AS tax_rate",
  .from = "product p JOIN tax_class t ON t.id = p.tax_class_id",
  .count_from = "product p",
  .marked = "product",
  .id = "p.id",
  .default_sort = "sku",
  .columns = product_columns,
};
