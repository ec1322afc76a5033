/* test-list-large.c: lists of tables that grow without end: totals and jumps by marks, search by what an index finds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-mark.h"
#include "server/db/list-tally.h"
#include "tests/fixture/database.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

static TwDb *db;
static TwTestDatabase *database;

typedef struct
{
  TwRecord parent;
  char *number;
  char *po_reference;
} Item;

static const TwField item_fields[] = {
  TW_RECORD_FIELDS (Item),
  TW_TEXT (Item, number, "Number", 30, 0),
  TW_TEXT (Item, po_reference, "Reference", 60, 0),
};
GType item_get_type (void);
TW_DEFINE_RECORD (Item, item, "item", "Item", item_fields)

static const TwListColumn columns[] = {
  { "number", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "po_reference", "o.po_reference", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { NULL },
};
static const char rule[] = "o.sales_rep_id = :scope";
static const TwList orders = {
  .type = item_get_type,
  .select = "o.id, o.version, o.number, o.po_reference",
  .from = "sales_order o JOIN warehouse w ON w.id = o.warehouse_id",
  .count_from = "sales_order o",
  .where = "o.deleted_at IS NULL",
  .search = TW_FIND_BEGINNING ("sales_order", "number") " UNION " TW_FIND_SERIAL (
      "sales_order", "SO") " UNION " TW_FIND_BEGINNING ("sales_order", "po_reference"),
  .marked = "sales_order",
  .gone = "o.deleted_at IS NOT NULL",
  .edition = "sales_order",
  .tallied = (const char *const[]){ rule, NULL },
  .id = "o.id",
  .default_sort = "-id",
  .columns = columns,
};

static const char rows_sql[]
    = "SET foreign_key_checks = 0;"
      "INSERT INTO warehouse (id, created_at, updated_at, code, name) VALUES (1, NOW(), NOW(), 'MAIN', 'Main');"
      "INSERT INTO counter (name, value) VALUES ('SO/2026', 3500);"
      "INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, po_reference, order_date, currency,"
      " price_list_id, payment_term_id, warehouse_id, author_id, editor_id, deleted_at) SELECT seq * 3, NOW(6), NOW(6),"
      " CONCAT('SO-2026-', LPAD(seq, 6, '0')), 1, CONCAT('PO ', seq MOD 10, '/', seq), '2026-01-01', 'CNY', 1, 1, 1, 1,"
      " 1, IF(seq MOD 500 = 0, NOW(6), NULL) FROM seq_1_to_3500;";

/* ---- Asking ---- */

static JsonNode *
ask (const char *sort, guint offset, const char *words)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (TwListQuery) query = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_hash_table_insert (parameters, (gpointer) "sort", g_strdup (sort));
  g_hash_table_insert (parameters, (gpointer) "limit", g_strdup ("2"));
  g_hash_table_insert (parameters, (gpointer) "offset", g_strdup_printf ("%u", offset));
  if (words != NULL)
    g_hash_table_insert (parameters, (gpointer) "q", g_strdup (words));
  query = tw_list_query_parse (&orders, parameters, 0, &error);
  g_assert_no_error (error);
  tw_list_run (db, &orders, query, 0, out, &error);
  g_assert_no_error (error);
  node = json_from_string (out->str, &error);
  g_assert_no_error (error);
  return node;
}

/* Numbers without their beginning, and the total: "3499 3498 /3493". */
static char *
summarise (JsonNode *node)
{
  JsonObject *page = json_node_get_object (node);
  JsonArray *array = json_object_get_array_member (page, "items");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);

      g_string_append_printf (text, "%d ", atoi (json_object_get_string_member (item, "number") + strlen ("SO-2026-")));
    }
  g_string_append_printf (text, "/%d", (int)json_object_get_int_member (page, "total"));
  return g_string_free (text, FALSE);
}

static void
assert_page (const char *sort, guint offset, const char *words, const char *expected)
{
  g_autoptr (JsonNode) node = ask (sort, offset, words);
  g_autofree char *text = summarise (node);

  g_assert_cmpstr (text, ==, expected);
}

static void
advance (void)
{
  g_autoptr (GError) error = NULL;

  tw_list_mark_advance (db, &error);
  g_assert_no_error (error);
}

/* ---- Marks ---- */

static void
test_not_yet (void)
{
  g_autofree char *highest = NULL;

  assert_page ("-id", 0, NULL, "3499 3498 /3493");
  advance ();
  assert_page ("-id", 0, NULL, "3499 3498 /3493");
  advance (); /* the marks have not stood for a minute */
  highest = tw_test_database_value (db, "SELECT MAX(position) FROM list_mark");
  g_assert_cmpstr (highest, ==, "0");
}

static void
test_counted (void)
{
  g_autofree char *highest = NULL;

  /* All but the last one, on the 3,500th row. */
  tw_test_database_script (database, "UPDATE list_mark SET set_at = '2000-01-01' WHERE last_id < 3 * 3500;");
  advance ();
  highest = tw_test_database_value (db, "SELECT MAX(position) FROM list_mark WHERE list = 'sales_order'");
  g_assert_cmpstr (highest, ==, "3250");
  assert_page ("-id", 0, NULL, "3499 3498 /3493");
}

/* The rows on both sides of every mark and of every row that is gone. */
static void
test_jump (void)
{
  static const guint offsets[] = { 249, 250, 251, 252, 999, 1000, 1001, 1002, 1499, 1999,
                                   2000, 2001, 2494, 3000, 3250, 3491, 3492, 3493, 9999 };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autofree char *up_sql = g_strdup_printf (
          "SELECT CONCAT(COALESCE(GROUP_CONCAT(n ORDER BY n SEPARATOR ' '), ''), IF(COUNT(*) > 0, ' ',"
          " ''), '/3493') FROM (SELECT id DIV 3 AS n FROM sales_order WHERE deleted_at IS NULL"
          " ORDER BY id LIMIT 2 OFFSET %u) p",
          offsets[i]);
      g_autofree char *down_sql = g_strdup_printf (
          "SELECT CONCAT(COALESCE(GROUP_CONCAT(n ORDER BY n DESC SEPARATOR ' '), ''), IF(COUNT(*) > 0,"
          " ' ', ''), '/3493') FROM (SELECT id DIV 3 AS n FROM sales_order WHERE deleted_at IS NULL"
          " ORDER BY id DESC LIMIT 2 OFFSET %u) p",
          offsets[i]);
      g_autofree char *up = tw_test_database_value (db, up_sql), *down = tw_test_database_value (db, down_sql);

      assert_page ("id", offsets[i], NULL, up);
      assert_page ("-id", offsets[i], NULL, down);
    }
}

/* What comes or goes after the count is counted too. */
static void
test_changed (void)
{
  tw_test_database_script (database, "UPDATE sales_order SET deleted_at = NOW(6) WHERE id = 3 * 700;"
                                     "UPDATE sales_order SET deleted_at = NOW(6) WHERE id = 3 * 3499;"
                                     "UPDATE list_edition SET value = value + 1 WHERE list = 'sales_order';");
  assert_page ("-id", 0, NULL, "3498 3497 /3491");
  assert_page ("id", 2000, NULL, "2006 2007 /3491");
  assert_page ("id", 698, NULL, "701 702 /3491");
  tw_test_database_script (database, "UPDATE sales_order SET deleted_at = NULL WHERE id IN (3 * 700, 3 * 3499);"
                                     "UPDATE list_edition SET value = value + 1 WHERE list = 'sales_order';");
  assert_page ("-id", 0, NULL, "3499 3498 /3493");
}

/* ---- What a record rule lets a person see ---- */

static int
count_own (gint64 rep)
{
  g_autoptr (TwListQuery) query = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  query = tw_list_query_parse (&orders, NULL, 0, &error);
  g_assert_no_error (error);
  tw_list_query_restrict (query, rule, rep);
  tw_list_run (db, &orders, query, 0, out, &error);
  g_assert_no_error (error);
  node = json_from_string (out->str, &error);
  g_assert_no_error (error);
  return (int)json_object_get_int_member (json_node_get_object (node), "total");
}

static gboolean
hand_over_cb (TwDb *connection, gpointer data, GError **error)
{
  g_autoptr (TwStatement) hand = tw_db_prepare (connection, "UPDATE sales_order SET sales_rep_id = 2 WHERE id <= :last");

  tw_bind_int (hand, "last", *(gint64 *)data);
  return tw_statement_run (hand, NULL, error) && tw_list_edition_raise (connection, "sales_order", error);
}

static void
test_tally (void)
{
  g_autoptr (GError) error = NULL;
  gint64 last = 3 * 100;

  tw_test_database_script (database, "UPDATE sales_order SET sales_rep_id = 1 + id DIV 3 MOD 2;");
  g_assert_cmpint (count_own (1), ==, 1750 - 7); /* even ones; all that are gone are even */
  g_assert_cmpint (count_own (2), ==, 1750);
  g_assert_cmpint (count_own (3), ==, 0);
  /* What has been counted is not looked at again ... */
  tw_test_database_script (database, "UPDATE sales_order SET sales_rep_id = 3 WHERE id = 3 * 1;");
  g_assert_cmpint (count_own (2), ==, 1750);
  tw_test_database_script (database, "UPDATE sales_order SET sales_rep_id = 2 WHERE id = 3 * 1;");
  /* ... what came after the last mark is. */
  tw_test_database_script (database, "UPDATE sales_order SET sales_rep_id = 3 WHERE id = 3 * 3499;");
  g_assert_cmpint (count_own (2), ==, 1749);
  g_assert_cmpint (count_own (3), ==, 1);
  tw_test_database_script (database, "UPDATE sales_order SET sales_rep_id = 2 WHERE id = 3 * 3499;");
  /* With a new edition it is counted anew. */
  g_assert_true (tw_db_transaction (db, hand_over_cb, &last, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_own (1), ==, 1750 - 7 - 50);
  g_assert_cmpint (count_own (2), ==, 1750 + 50);
}

/* Rows that came under a mark meanwhile are added to what was counted. */
static void
test_tally_grows (void)
{
  tw_test_database_script (database,
                           "INSERT INTO sales_order (id, created_at, updated_at, number, customer_id, order_date,"
                           " currency, price_list_id, payment_term_id, warehouse_id, author_id, editor_id, sales_rep_id)"
                           " SELECT seq * 3, NOW(6), NOW(6), CONCAT('SO-2026-', LPAD(seq, 6, '0')), 1, '2026-01-01',"
                           " 'CNY', 1, 1, 1, 1, 1, 2 FROM seq_3501_to_4500;");
  g_assert_cmpint (count_own (2), ==, 1750 + 50 + 1000);
  advance ();
  tw_test_database_script (database, "UPDATE list_mark SET set_at = '2000-01-01';");
  advance ();
  g_assert_cmpint (count_own (2), ==, 1750 + 50 + 1000);
  g_assert_cmpint (count_own (1), ==, 1750 - 7 - 50);
}

/* Counted in pieces of eight hundred marks, it is the same. */
static void
test_tally_in_pieces (void)
{
  tw_test_database_script (database,
                           "INSERT IGNORE INTO list_mark (list, last_id, position, set_at)"
                           " SELECT 'sales_order', seq * 9, seq * 3, '2000-01-01' FROM seq_1_to_1500;"
                           "UPDATE list_edition SET value = value + 1 WHERE list = 'sales_order';");
  g_assert_cmpint (count_own (2), ==, 1750 + 50 + 1000);
  g_assert_cmpint (count_own (1), ==, 1750 - 7 - 50);
}

/* ---- Search ---- */

static void
test_search (void)
{
  assert_page ("-id", 0, "SO-2026-0012", "1299 1298 /100");
  assert_page ("-id", 0, "17", "17 /1");
  assert_page ("-id", 0, "000017", "17 /1");
  assert_page ("id", 0, "po 3/1", "13 103 /111");
  assert_page ("-id", 0, "SO-2026-0012 PO", "1299 1298 /100");
  assert_page ("-id", 1, "SO-2026-0012", "1298 1297 /100");
  assert_page ("-id", 0, "SO-2026-000500", "/0"); /* gone */
  assert_page ("-id", 0, "%", "/0");
  assert_page ("-number", 0, "SO-2026-0012", "1299 1298 /100");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (tw_test_schema_folder ());
  tw_test_database_script (database, rows_sql);
  db = database->working;
  g_test_add_func ("/list/large/not-yet", test_not_yet);
  g_test_add_func ("/list/large/counted", test_counted);
  g_test_add_func ("/list/large/jump", test_jump);
  g_test_add_func ("/list/large/changed", test_changed);
  g_test_add_func ("/list/large/search", test_search);
  g_test_add_func ("/list/large/tally", test_tally);
  g_test_add_func ("/list/large/tally-grows", test_tally_grows);
  g_test_add_func ("/list/large/tally-in-pieces", test_tally_in_pieces);
  status = g_test_run ();
  tw_test_database_free (database);
  return status;
}
