/* test-list-glance.c: a page from memory is the page that the database would give
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list.h"
#include "tests/fixture/database.h"

#include <string.h>

static TwDb *db;
static TwTestDatabase *database;

typedef struct
{
  TwRecord parent;
  char *number;
  char *warehouse;
  TwDecimal margin;
} Item;

static const TwField item_fields[] = {
  TW_RECORD_FIELDS (Item),
  TW_TEXT (Item, number, "Number", 30, 0),
  TW_TEXT (Item, warehouse, "Warehouse", 60, 0),
  TW_MARGIN (Item, margin, "Margin", 0),
};
GType item_get_type (void);
TW_DEFINE_RECORD (Item, item, "item", "Item", item_fields)

static const TwListColumn columns[] = {
  { "number", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "warehouse", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};
static const char rule[] = "o.sales_rep_id = :scope";
/* The same list twice: with a stamp, and without one, which is read from the database each time. */
#define LIST                                                                                                           \
  .type = item_get_type, .select = "o.id, o.version, o.number, w.code AS warehouse, o.margin",                         \
  .from = "sales_order o JOIN warehouse w ON w.id = o.warehouse_id", .count_from = "sales_order o",                    \
  .where = "o.deleted_at IS NULL", .search = TW_FIND_BEGINNING ("sales_order", "number"), .marked = "sales_order",     \
  .gone = "o.deleted_at IS NOT NULL", .edition = "sales_order", .tallied = (const char *const[]){ rule, NULL },        \
  .id = "o.id", .default_sort = "-id", .columns = columns
static const TwList orders = { LIST, .stamp = "o.version" };
static const TwList plain = { LIST };

static const char rows_sql[]
  = "SET foreign_key_checks = 0;"
    "INSERT INTO warehouse (id, created_at, updated_at, code, name) VALUES (1, NOW(), NOW(), 'MAIN', 'Main');"
    "INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, order_date, currency, price_list_id,"
    " payment_term_id, warehouse_id, author_id, editor_id, sales_rep_id, margin) SELECT seq, NOW(6), NOW(6),"
    " CONCAT('SO-', LPAD(seq, 2, '0')), 1, '2026-01-01', 'CNY', 1, 1, 1, 1, 1, 1 + seq MOD 2, 7 FROM seq_1_to_20;";

/* ---- Asking ---- */

typedef struct
{
  const char *parameters; /* "limit=2&sort=id" */
  gint64 rep;             /* sees own orders; 0: all */
  TwSecrets secrets;
} Question;

static TwListQuery *
make_query (const Question *q)
{
  g_autoptr (GHashTable) parameters = g_uri_parse_params (q->parameters, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  TwListQuery *query = tw_list_query_parse (&orders, parameters, q->secrets, &error);

  g_assert_no_error (error);
  if (q->rep != 0)
    tw_list_query_restrict (query, rule, q->rep);
  return query;
}

/* NULL when it does not answer. */
static char *
glance (Question q)
{
  g_autoptr (TwListQuery) query = make_query (&q);
  g_autoptr (GString) out = g_string_new ("before ");
  g_autoptr (GError) error = NULL;
  gboolean answered;

  tw_list_glance (db, &orders, query, q.secrets, out, &answered, &error);
  g_assert_no_error (error);
  if (answered)
    return g_strdup (out->str + strlen ("before "));
  g_assert_cmpstr (out->str, ==, "before ");
  return NULL;
}

static char *
run (const TwList *list, Question q)
{
  g_autoptr (TwListQuery) query = make_query (&q);
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  tw_list_run (db, list, query, q.secrets, out, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

/* To the letter, in a snapshot and without. */
static void
assert_same (Question q)
{
  g_autofree char *read = run (&plain, q), *kept = run (&orders, q), *seen = glance (q), *again = glance (q);

  g_assert_cmpstr (kept, ==, read);
  g_assert_cmpstr (seen, ==, read);
  g_assert_cmpstr (again, ==, read);
}

static void
assert_run_same (Question q)
{
  g_autofree char *read = run (&plain, q), *kept = run (&orders, q), *again = run (&orders, q);

  g_assert_cmpstr (kept, ==, read);
  g_assert_cmpstr (again, ==, read);
}

static void
assert_silent (Question q)
{
  g_autofree char *seen = glance (q);

  g_assert_null (seen);
}

static void
change (const char *sql)
{
  tw_test_database_script (database, sql);
}

/* ---- Tests ---- */

static void
test_pages (void)
{
  assert_silent ((Question){ "limit=3" }); /* nobody has counted yet */
  assert_same ((Question){ "limit=3" });
  assert_same ((Question){ "limit=3&sort=number" });
  assert_same ((Question){ "limit=3&offset=4" });
  assert_same ((Question){ "limit=20" });
  assert_same ((Question){ "limit=100" });
  assert_same ((Question){ "limit=100&fields=number" });
  assert_same ((Question){ "limit=100&fields=warehouse" });
  assert_same ((Question){ "limit=3&number.gt=SO-04&number.lt=SO-09" });
  assert_same ((Question){ "limit=3", .rep = 1 });
  assert_same ((Question){ "limit=3", .rep = 2 });
  assert_same ((Question){ "limit=3&number=SO-04", .rep = 1 });
}

static void
test_cursor (void)
{
  g_autofree char *first = glance ((Question){ "limit=3&sort=number" });
  char *next = strstr (first, "\"next\":\"") + strlen ("\"next\":\"");
  g_autofree char *parameters = g_strdup_printf ("limit=3&sort=number&after=%.*s", (int) strcspn (next, "\""), next);

  assert_same ((Question){ parameters });
}

/* What one may read is not what another is shown. */
static void
test_secrets (void)
{
  g_autofree char *open = run (&plain, (Question){ "limit=3", .secrets = TW_SECRETS_ALL });
  g_autofree char *closed = run (&plain, (Question){ "limit=3" });

  g_assert_nonnull (strstr (open, "margin"));
  g_assert_null (strstr (closed, "margin"));
  assert_same ((Question){ "limit=3", .secrets = TW_SECRETS_ALL });
  assert_same ((Question){ "limit=3" });
}

static void
test_changed (void)
{
  g_autofree char *kept = NULL;

  change ("UPDATE sales_order SET number = 'NEW', version = version + 1 WHERE id = 19;");
  assert_same ((Question){ "limit=3" });
  /* It is memory that answers: what does not raise the version is not noticed. */
  change ("UPDATE sales_order SET number = 'SO-19' WHERE id = 19;");
  kept = glance ((Question){ "limit=3" });
  g_assert_nonnull (strstr (kept, "NEW"));
  change ("UPDATE sales_order SET version = version + 1 WHERE id = 19;");
  assert_same ((Question){ "limit=3" });
}

static gboolean
rename_cb (TwDb *connection, gpointer data, GError **error)
{
  g_autoptr (TwStatement) rename = tw_db_prepare (connection, "UPDATE warehouse SET code = 'OTHER' WHERE id = 1");

  return tw_statement_run (rename, NULL, error) && tw_list_outdate (connection, error);
}

/* No order is written, and all show another name. */
static void
test_renamed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;

  g_assert_true (tw_db_transaction (db, rename_cb, NULL, &error));
  g_assert_no_error (error);
  assert_same ((Question){ "limit=3" });
  seen = glance ((Question){ "limit=3" });
  g_assert_nonnull (strstr (seen, "OTHER"));
}

/* A new row needs no new count, one that goes does. */
static void
test_counted (void)
{
  change ("INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, order_date, currency,"
          " price_list_id, payment_term_id, warehouse_id, author_id, editor_id) SELECT 21, NOW(6), NOW(6), 'SO-21', 1,"
          " order_date, currency, 1, 1, 1, 1, 1 FROM sales_order WHERE id = 1;");
  assert_same ((Question){ "limit=3" });
  change ("UPDATE sales_order SET deleted_at = NOW(6), version = version + 1 WHERE id = 21;"
          "UPDATE list_edition SET value = value + 1 WHERE list = 'sales_order';");
  assert_silent ((Question){ "limit=3" });
  assert_same ((Question){ "limit=3" });
}

static void
test_silent (void)
{
  assert_silent ((Question){ "q=SO-04" });
  assert_silent ((Question){ "sort=warehouse" });
  assert_silent ((Question){ "warehouse=MAIN" });
  assert_silent ((Question){ "offset=1000" });
  assert_silent ((Question){ "number=NONE" }); /* nothing to see */
}

/* From a mark on, both ways. */
static void
test_jump (void)
{
  change ("INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, order_date, currency,"
          " price_list_id, payment_term_id, warehouse_id, author_id, editor_id) SELECT seq, NOW(6), NOW(6),"
          " CONCAT('SO-', seq), 1, '2026-01-01', 'CNY', 1, 1, 1, 1, 1 FROM seq_100_to_2500;"
          "INSERT INTO list_mark (list, last_id, position, set_at) SELECT 'sales_order', 1000,"
          " (SELECT COUNT(*) FROM sales_order WHERE id <= 1000), '2000-01-01';");
  assert_run_same ((Question){ "limit=3&offset=1100" });
  assert_run_same ((Question){ "limit=3&offset=1800" });
  assert_run_same ((Question){ "limit=3&offset=1100&sort=id" });
  assert_run_same ((Question){ "limit=3&offset=2419" });
  assert_run_same ((Question){ "limit=3&offset=5000" });
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (tw_test_schema_folder ());
  tw_test_database_script (database, rows_sql);
  db = database->working;
  g_test_add_func ("/list/glance/pages", test_pages);
  g_test_add_func ("/list/glance/cursor", test_cursor);
  g_test_add_func ("/list/glance/secrets", test_secrets);
  g_test_add_func ("/list/glance/changed", test_changed);
  g_test_add_func ("/list/glance/renamed", test_renamed);
  g_test_add_func ("/list/glance/counted", test_counted);
  g_test_add_func ("/list/glance/silent", test_silent);
  g_test_add_func ("/list/glance/jump", test_jump);
  status = g_test_run ();
  tw_test_database_free (database);
  return status;
}
