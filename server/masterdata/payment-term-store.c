/* payment-term-store.c: the SQL of payment terms
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/payment-term-store.h"

#include "shared/document/payment-term.h"

static const TwMasterList payment_term_lists[] = {
  { "instalments",
    "SELECT id, share, days FROM payment_term_instalment WHERE payment_term_id = :owner ORDER BY position",
    "DELETE FROM payment_term_instalment WHERE payment_term_id = :owner",
    "INSERT INTO payment_term_instalment (payment_term_id, position, share, days) "
    "VALUES (:owner, :position, :share, :days)",
    TRUE },
  { NULL },
};

const TwMaster tw_payment_term_master = {
  .type = tw_payment_term_get_type,
  .table = "payment_term",
  .select = "SELECT p.id, p.version, p.created_at, p.updated_at, p.code, p.name, p.status FROM payment_term p "
            "WHERE p.id = :id",
  .lock = "SELECT id FROM payment_term WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO payment_term (version, created_at, updated_at, code, name, status) VALUES (:version, "
            ":created_at, :updated_at, :code, :name, :status)",
  .update = "UPDATE payment_term SET name = :name, status = :status, updated_at = :updated_at, version = "
            ":version + 1 WHERE id = :id AND version = :version",
  .lists = payment_term_lists,
};

const char tw_payment_term_find_sql[] = "SELECT id, status FROM payment_term WHERE code = :key";

static const TwListColumn payment_term_columns[] = {
  { "code", "p.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "p.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "status", "p.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_payment_term_list = {
  .type = tw_payment_term_get_type,
  .select = "p.id, p.version, p.created_at, p.updated_at, p.code, p.name, p.status",
  .from = "payment_term p",
  .count_from = "payment_term p",
  .id = "p.id",
  .default_sort = "code",
  .columns = payment_term_columns,
};
