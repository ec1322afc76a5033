/* customer-store.c: the SQL of customers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/customer-store.h"

#include "shared/document/customer.h"

static const TwMasterList customer_lists[] = {
  { "addresses",
    "SELECT id, kind, name, street, city, region, postal_code, country, is_default FROM customer_address "
    "WHERE customer_id = :owner ORDER BY id",
    "DELETE FROM customer_address WHERE customer_id = :owner",
    "INSERT INTO customer_address (customer_id, kind, name, street, city, region, postal_code, country, is_default) "
    "VALUES (:owner, :kind, :name, :street, :city, :region, :postal_code, :country, :is_default)" },
  { "contacts",
    "SELECT id, name, job_title, phone, email, is_default FROM customer_contact WHERE customer_id = :owner ORDER BY id",
    "DELETE FROM customer_contact WHERE customer_id = :owner",
    "INSERT INTO customer_contact (customer_id, name, job_title, phone, email, is_default) "
    "VALUES (:owner, :name, :job_title, :phone, :email, :is_default)" },
  { NULL },
};

const TwMaster tw_customer_master = {
  .type = tw_customer_get_type,
  .table = "customer",
  .select = "SELECT c.id, c.version, c.created_at, c.updated_at, c.code, c.name, c.local_name, c.tax_id, "
            "c.price_list_id, c.payment_term_id, c.credit_limit, c.currency, c.language, c.sales_rep_id, "
            "c.region, c.status, c.credit_hold, c.notes, pl.code AS price_list, pt.code AS payment_term, "
            "u.user AS sales_rep, u.name AS sales_rep_name FROM customer c JOIN price_list pl ON pl.id = "
            "c.price_list_id JOIN payment_term pt ON pt.id = c.payment_term_id LEFT JOIN app_user u ON u.id = "
            "c.sales_rep_id WHERE c.id = :id",
  .lock = "SELECT id FROM customer WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO customer (version, created_at, updated_at, code, name, local_name, tax_id, "
            "price_list_id, payment_term_id, credit_limit, currency, language, sales_rep_id, region, status, "
            "credit_hold, notes) VALUES (:version, :created_at, :updated_at, :code, :name, :local_name, "
            ":tax_id, :price_list_id, :payment_term_id, :credit_limit, :currency, :language, :sales_rep_id, "
            ":region, :status, :credit_hold, :notes)",
  .update = "UPDATE customer SET name = :name, local_name = :local_name, tax_id = :tax_id, price_list_id = "
            ":price_list_id, payment_term_id = :payment_term_id, credit_limit = :credit_limit, currency = "
            ":currency, language = :language, sales_rep_id = :sales_rep_id, region = :region, status = "
            ":status, notes = :notes, updated_at = :updated_at, version = :version + 1 WHERE id = :id AND "
            "version = :version",
  .lists = customer_lists,
  .stamped = TRUE,
};

/* What decides about an order is in the stamp itself, for who writes it past the version. */
#define STAMPED                                                                                                        \
  "SELECT c.id, c.version, c.status,"                                                                                  \
  " CONCAT_WS(' ', c.version, c.updated_at, c.credit_hold, c.credit_limit, COALESCE(c.sales_rep_id, 0),"               \
  " c.price_list_id, c.payment_term_id, u.version) AS stamp,"                                                          \
  " (SELECT value FROM master_edition WHERE id = 1) AS edition, " TW_LIST_SHOWN_SQL " AS shown"                        \
  " FROM customer c LEFT JOIN app_user u ON u.id = c.sales_rep_id"
const char tw_customer_find_sql[] = STAMPED " WHERE c.code = :key";
const char tw_customer_get_sql[] = STAMPED " WHERE c.id = :key";

static const TwListColumn customer_columns[] = {
  { "code", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "local_name", "c.local_name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "tax_id", "c.tax_id", TW_COLUMN_FILTER | TW_COLUMN_SEARCH },
  { "currency", "c.currency", TW_COLUMN_FILTER },
  { "region", "c.region", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "status", "c.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "credit_limit", "c.credit_limit", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "credit_hold", "c.credit_hold", TW_COLUMN_FILTER },
  { "sales_rep", "u.user", TW_COLUMN_FILTER },
  { "sales_rep_name", "u.name", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "c.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const char tw_customer_own_sql[] = "c.sales_rep_id = :scope";
const char tw_customer_contact_sql[] = "c.id = :scope";

const TwList tw_customer_list = {
  .type = tw_customer_get_type,
  .select = "c.id, c.version, c.created_at, c.updated_at, c.code, c.name, c.local_name, c.tax_id, "
            "c.price_list_id, c.payment_term_id, c.credit_limit, c.currency, c.language, c.sales_rep_id, "
            "c.region, c.status, c.credit_hold, pl.code AS price_list, pt.code AS payment_term, u.user AS "
            "sales_rep, u.name AS sales_rep_name",
  .from = "customer c JOIN price_list pl ON pl.id = c.price_list_id JOIN payment_term pt ON pt.id = "
            "c.payment_term_id LEFT JOIN app_user u ON u.id = c.sales_rep_id",
  .count_from = "customer c",
  .marked = "customer",
  .id = "c.id",
  .default_sort = "code",
  .columns = customer_columns,
};

gboolean
tw_customer_store_hold (TwContext *ctx, gint64 id, gint64 version, gboolean hold, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (ctx->db, "UPDATE customer SET credit_hold = :hold, updated_at = :now, version = version + 1 "
                              "WHERE id = :id AND version = :version");
  guint64 affected = 0;

  tw_bind_bool (update, "hold", hold);
  tw_bind_time (update, "now", ctx->now);
  tw_bind_int (update, "id", id);
  tw_bind_int (update, "version", version);
  if (!tw_statement_run (update, &affected, error))
    return FALSE;
  return affected == 1 || tw_row_refuse_stale (error);
}
