/* test-list.c: filters, search, sorting and pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list.h"
#include "tests/fixture/database.h"

#include <json-glib/json-glib.h>

static TwDb *db; /* of the one instance of this program; main thread */

typedef struct
{
  TwRecord parent;
  char *code;
  const char *colour;
  gboolean active;
  TwDecimal amount;
  TwDecimal cost;
  TwDate due;
  char *note;
  gint64 owner_id; /* 10 × the item's id, none of A2 */
} Item;

static const TwKey colours[] = { { "red", "Red" }, { "green", "Green" }, { NULL } };
static const TwField item_fields[] = {
  TW_RECORD_FIELDS (Item),
  TW_TEXT (Item, code, "Code", 20, TW_REQUIRED),
  TW_KEY (Item, colour, "Colour", colours, 0),
  TW_BOOL (Item, active, "Active", 0),
  TW_MONEY (Item, amount, "Amount", TW_NOT_NEGATIVE),
  TW_COST (Item, cost, "Cost", 0),
  TW_DATE (Item, due, "Due", 0),
  TW_TEXT (Item, note, "Note", 200, 0),
  TW_INT (Item, owner_id, "Owner", 0, G_MAXINT64, TW_SERVER | TW_ABSENT),
};
GType item_get_type (void);
TW_DEFINE_RECORD (Item, item, "item", "Item", item_fields)

static const TwListColumn columns[] = {
  { "code", "i.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "colour", "i.colour", TW_COLUMN_FILTER },
  { "active", "i.active", TW_COLUMN_FILTER },
  { "amount", "i.amount", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "cost", "i.cost", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "due", "i.due", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "created_at", "i.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "note", "i.note", TW_COLUMN_SEARCH | TW_COLUMN_SORT },
  { "owner_id", "IF(i.code = 'A2', NULL, 10 * i.id)", TW_COLUMN_FILTER },
  { NULL },
};
static const TwList items = {
  .type = item_get_type,
  .select = "i.id, i.version, i.code, i.colour, i.active, i.amount, i.cost, i.due, i.created_at, i.note",
  .from = "item i",
  .where = "i.deleted = 0",
  .id = "i.id",
  .default_sort = "id",
  .columns = columns,
};

static const char schema[]
    = "CREATE TABLE item (id BIGINT AUTO_INCREMENT PRIMARY KEY, version BIGINT NOT NULL DEFAULT 1,"
      "  code VARCHAR(20) NOT NULL, colour VARCHAR(10), active BOOL NOT NULL DEFAULT 1, amount DECIMAL(18,6),"
      "  cost DECIMAL(18,6), due DATE, created_at DATETIME(6), note VARCHAR(200), deleted BOOL NOT NULL DEFAULT 0);"
      "INSERT INTO item (code, colour, active, amount, cost, due, created_at, note, deleted) VALUES"
      " ('A1', 'red', 1, 10.5, 3.5, '2026-11-01', '2026-11-21 23:59:59.999999', 'tea, green', 0),"
      " ('A2', 'green', 0, 2, 1, NULL, '2026-11-22 00:00:00', '100% pure', 0),"
      " ('A3', 'red', 1, 10.5, 2, '2026-11-03', '2026-11-22 12:00:00', 'black tea', 0),"
      " ('A4', NULL, 1, 99.000001, 7, NULL, '2026-11-22 23:59:59.999999', 'under_score', 0),"
      " ('A5', 'green', 1, 0, 5, '2026-11-01', '2026-11-23 00:00:00', 'back\\\\slash 信风', 0),"
      " ('A6', 'red', 1, 1, 5, '2026-11-01', '2026-11-23 00:00:00', 'gone', 1);";

/* ---- Asking ---- */

/* @query: "colour=red&sort=-code"; no escapes. */
static TwListQuery *
ask (const char *query, TwSecrets secrets, GError **error)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *value = strchr (pairs[i], '=');

      g_assert_nonnull (value);
      g_hash_table_insert (parameters, g_strndup (pairs[i], value - pairs[i]), g_strdup (value + 1));
    }
  return tw_list_query_parse (&items, parameters, secrets, error);
}

static JsonNode *
run (TwListQuery *query, TwSecrets secrets)
{
  g_autoptr (GString) out = g_string_new ("");
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  tw_list_run (db, &items, query, secrets, out, &error);
  g_assert_no_error (error);
  node = json_from_string (out->str, &error);
  g_assert_no_error (error);
  return node;
}

/* The codes of the page, "A1 A3", a '+' when there is a next page, and the total. */
static char *
summarise (JsonNode *node)
{
  JsonObject *page = json_node_get_object (node);
  JsonArray *array = json_object_get_array_member (page, "items");
  GString *codes = g_string_new ("");

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (codes, "%s ",
                            json_object_get_string_member (json_array_get_object_element (array, i), "code"));
  if (!json_object_get_null_member (page, "next"))
    g_string_append (codes, "+ ");
  g_string_append_printf (codes, "/%d", (int) json_object_get_int_member (page, "total"));
  return g_string_free (codes, FALSE);
}

static void
assert_list (const char *parameters, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwListQuery) query = ask (parameters, TW_SECRETS_ALL, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  node = run (query, TW_SECRETS_ALL);
  found = summarise (node);
  g_test_message ("%s", parameters);
  g_assert_cmpstr (found, ==, expected);
}

static void
assert_refused (const char *parameters, TwSecrets secrets, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwListQuery) query = ask (parameters, secrets, &error);
  g_autofree char *shown = g_utf8_make_valid (parameters, -1);
  TwFault *fault;

  g_test_message ("%s", shown);
  g_assert_null (query);
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  fault = g_ptr_array_index (tw_error_get_faults (error), 0);
  g_assert_cmpstr (fault->pointer, ==, pointer);
}

/* ---- Tests ---- */

static void
test_filter (void)
{
  assert_list ("sort=id", "A1 A2 A3 A4 A5 /5");
  assert_list ("colour=red", "A1 A3 /2");
  assert_list ("colour.ne=red", "A2 A4 A5 /3");
  assert_list ("colour.in=red,green", "A1 A2 A3 A5 /4");
  assert_list ("colour=null", "A4 /1");
  assert_list ("colour.ne=null", "A1 A2 A3 A5 /4");
  assert_list ("active=false", "A2 /1");
  assert_list ("amount=10.5", "A1 A3 /2");
  assert_list ("amount.gt=10.5", "A4 /1");
  assert_list ("amount.ge=10.5&colour=red", "A1 A3 /2");
  assert_list ("amount.lt=10.500001", "A1 A2 A3 A5 /4");
  assert_list ("amount=99.000001", "A4 /1");
  assert_list ("amount.gt=-1", "A1 A2 A3 A4 A5 /5");
  assert_list ("due.le=2026-11-01", "A1 A5 /2");
  assert_list ("due.ge=2026-11-01&due.lt=2026-11-03", "A1 A5 /2");
}

/* 0 is a number to compare with, not the reference that is not there. */
static void
test_ids (void)
{
  assert_list ("owner_id=30", "A3 /1");
  assert_list ("owner_id=0", "/0");
  assert_list ("owner_id.gt=0", "A1 A3 A4 A5 /4");
  assert_list ("owner_id.ge=0", "A1 A3 A4 A5 /4");
  assert_list ("owner_id.ne=0", "A1 A2 A3 A4 A5 /5");
  assert_list ("owner_id.in=0,30", "A3 /1");
  assert_list ("owner_id=null", "A2 /1");
}

static void
test_day_of_instant (void)
{
  assert_list ("created_at=2026-11-22", "A2 A3 A4 /3");
  assert_list ("created_at.ne=2026-11-22", "A1 A5 /2");
  assert_list ("created_at.lt=2026-11-22", "A1 /1");
  assert_list ("created_at.le=2026-11-22", "A1 A2 A3 A4 /4");
  assert_list ("created_at.gt=2026-11-22", "A5 /1");
  assert_list ("created_at.ge=2026-11-22", "A2 A3 A4 A5 /4");
  assert_list ("created_at.in=2026-11-21,2026-11-23", "A1 A5 /2");
  assert_list ("created_at.gt=2026-11-22T12:00:00Z", "A4 A5 /2");
  assert_list ("created_at=2026-11-22T12:00:00Z", "A3 /1");
}

static void
test_search (void)
{
  assert_list ("q=tea", "A1 A3 /2");
  assert_list ("q=tea green", "A1 /1");
  assert_list ("q= tea  a3 ", "A3 /1");
  assert_list ("q=%", "A2 /1");
  assert_list ("q=_", "A4 /1");
  assert_list ("q=\\", "A5 /1");
  assert_list ("q=信", "A5 /1");
  assert_list ("q=' OR 1", "/0");
  assert_list ("q=gone", "/0");
}

static void
test_sort (void)
{
  assert_list ("sort=-code", "A5 A4 A3 A2 A1 /5");
  assert_list ("sort=amount", "A5 A2 A1 A3 A4 /5");
  assert_list ("sort=-amount", "A4 A3 A1 A2 A5 /5");
  assert_list ("sort=due", "A2 A4 A1 A5 A3 /5");
  assert_list ("sort=-due", "A3 A5 A1 A4 A2 /5");
  assert_list ("sort=-id", "A5 A4 A3 A2 A1 /5");
}

static void
test_limit_and_offset (void)
{
  assert_list ("limit=2", "A1 A2 + /5");
  assert_list ("limit=2&offset=2", "A3 A4 + /5");
  assert_list ("limit=2&offset=4", "A5 /5");
  assert_list ("limit=5", "A1 A2 A3 A4 A5 /5");
  assert_list ("limit=1&offset=10", "/5");
}

static void
test_fields (void)
{
  g_autoptr (TwListQuery) query = ask ("fields=code,amount&limit=1", TW_SECRETS_ALL, NULL);
  g_autoptr (JsonNode) node = run (query, TW_SECRETS_ALL);
  JsonArray *array = json_object_get_array_member (json_node_get_object (node), "items");
  g_autofree char *item = json_to_string (json_array_get_element (array, 0), FALSE);

  g_assert_cmpstr (item, ==, "{\"id\":1,\"code\":\"A1\",\"amount\":\"10.50\"}");
}

/* Every sorting, page by page of two, gives what one page of all gives. */
static void
test_keyset_covers_all (void)
{
  static const char *const sorts[] = { "id",  "-id",  "code", "-code",      "amount",      "-amount", "cost",
                                       "due", "-due", "note", "created_at", "-created_at", "-note",   "-cost" };

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autofree char *all = g_strdup_printf ("sort=%s", sorts[i]);
      g_autoptr (TwListQuery) whole = ask (all, TW_SECRETS_ALL, NULL);
      g_autoptr (JsonNode) expected = run (whole, TW_SECRETS_ALL);
      g_autofree char *expected_codes = summarise (expected);
      g_autoptr (GString) codes = g_string_new ("");
      g_autofree char *parameters = g_strdup_printf ("sort=%s&limit=2", sorts[i]);

      while (parameters != NULL)
        {
          g_autoptr (TwListQuery) query = ask (parameters, TW_SECRETS_ALL, NULL);
          g_autoptr (JsonNode) node = run (query, TW_SECRETS_ALL);
          g_autofree char *page = summarise (node);
          JsonObject *object = json_node_get_object (node);

          g_string_append_len (codes, page, strcspn (page, "+/"));
          g_clear_pointer (&parameters, g_free);
          if (!json_object_get_null_member (object, "next"))
            parameters = g_strdup_printf ("sort=%s&limit=2&after=%s", sorts[i],
                                          json_object_get_string_member (object, "next"));
        }
      g_string_append (codes, "/5");
      g_assert_cmpstr (codes->str, ==, expected_codes);
    }
}

/* A row put before the place neither repeats nor hides another. */
static void
test_keyset_is_stable (void)
{
  g_autoptr (TwListQuery) first = ask ("sort=code&limit=2", TW_SECRETS_ALL, NULL);
  g_autoptr (JsonNode) node = run (first, TW_SECRETS_ALL);
  g_autofree char *parameters
      = g_strdup_printf ("sort=code&limit=2&after=%s",
                         json_object_get_string_member (json_node_get_object (node), "next"));
  g_autoptr (GError) error = NULL;

  tw_db_execute_script (db, "INSERT INTO item (code) VALUES ('A0');", &error);
  g_assert_no_error (error);
  assert_list (parameters, "A3 A4 + /6");
  tw_db_execute_script (db, "DELETE FROM item WHERE code = 'A0';", &error);
  g_assert_no_error (error);
}

static void
test_cursor_is_checked (void)
{
  g_autoptr (TwListQuery) query = ask ("sort=code&limit=2", TW_SECRETS_ALL, NULL);
  g_autoptr (JsonNode) node = run (query, TW_SECRETS_ALL);
  const char *next = json_object_get_string_member (json_node_get_object (node), "next");
  g_autofree char *other_sort = g_strdup_printf ("sort=-code&after=%s", next);
  g_autofree char *with_offset = g_strdup_printf ("sort=code&offset=1&after=%s", next);
  g_autofree char *cut = g_strdup_printf ("sort=code&after=%.4s", next);

  assert_refused (other_sort, 0, "/after");
  assert_refused (with_offset, 0, "/offset");
  assert_refused (cut, 0, "/after");
  assert_refused ("after=", 0, "/after");
  assert_refused ("after=%%%", 0, "/after");
  assert_refused ("after=aWQKMAotCg..", 0, "/after"); /* "id\n0\n-\n" */
}

static void
test_refused_by_name (void)
{
  assert_refused ("nothing=1", 0, "/nothing");
  assert_refused ("note=tea", 0, "/note");
  assert_refused ("code.like=a", 0, "/code.like");
  assert_refused ("colour=blue", 0, "/colour");
  assert_refused ("colour.in=red,,green", 0, "/colour");
  assert_refused ("colour=", 0, "/colour");
  assert_refused ("amount=1e3", 0, "/amount");
  assert_refused ("amount.gt=null", 0, "/amount");
  assert_refused ("due=2026-02-30", 0, "/due");
  assert_refused ("created_at=yesterday", 0, "/created_at");
  assert_refused ("active=maybe", 0, "/active");
  assert_refused ("sort=colour", 0, "/sort");
  assert_refused ("sort=code; DROP TABLE item", 0, "/sort");
  assert_refused ("sort=", 0, "/sort");
  assert_refused ("limit=0", 0, "/limit");
  assert_refused ("limit=501", 0, "/limit");
  assert_refused ("limit=1.5", 0, "/limit");
  assert_refused ("offset=-1", 0, "/offset");
  assert_refused ("fields=code,nothing", 0, "/fields");
  assert_refused ("code=\xff", 0, "/code");
  assert_refused ("q=\xff", 0, "/q");
}

static void
test_secret (void)
{
  g_autoptr (TwListQuery) open = NULL, closed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *found = NULL;

  assert_list ("cost.gt=5", "A4 /1");
  assert_list ("sort=-cost&limit=1", "A4 + /5");
  assert_list ("q=3.5", "A1 /1");
  assert_refused ("cost.gt=5", 0, "/cost.gt");
  assert_refused ("sort=cost", 0, "/sort");
  assert_refused ("fields=cost", 0, "/fields");
  closed = ask ("q=3.5", 0, NULL);
  node = run (closed, 0);
  found = summarise (node);
  g_assert_cmpstr (found, ==, "/0");
}

static void
test_metacharacters (void)
{
  static const char *const evil[] = { "'", "''", "\"", "`", "\\", "\\'", "; DROP TABLE item; --", "?", ":f0", "%", "_",
                                      "/*", "*/", "#", "' OR '1'='1", "信'" };

  for (gsize i = 0; i < G_N_ELEMENTS (evil); i++)
    {
      g_autofree char *equal = g_strconcat ("code=", evil[i], NULL);
      g_autofree char *in = g_strconcat ("code.in=A1,", evil[i], NULL);
      g_autofree char *search = g_strconcat ("q=no row has this ", evil[i], NULL);

      assert_list (equal, "/0");
      assert_list (in, "A1 /1");
      assert_list (search, "/0");
    }
}

static void
test_restriction (void)
{
  g_autoptr (TwListQuery) query = ask ("sort=-id", 0, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *found = NULL;

  tw_list_query_restrict (query, "i.id < :scope OR i.id = 5", 3);
  node = run (query, 0);
  found = summarise (node);
  g_assert_cmpstr (found, ==, "A5 A2 A1 /3");
}

static gboolean
count_cb (TwRecord *record, gpointer data, GError **error)
{
  guint *n = data;

  g_assert_cmpint (record->id, >, *n);
  *n += 1;
  return TRUE;
}

/* More rows than a batch, many with the same sort value. */
static void
test_each (void)
{
  g_autoptr (TwListQuery) query = ask ("q=mass&sort=code", 0, NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  tw_db_execute_script (db, "INSERT INTO item (code, note) SELECT 'same', 'mass' FROM seq_1_to_1234;", &error);
  g_assert_no_error (error);
  g_assert_true (tw_list_each (db, &items, query, count_cb, &n, &error));
  g_assert_cmpuint (n, ==, 1234);
  tw_db_execute_script (db, "DELETE FROM item WHERE note = 'mass';", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) database = NULL;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (NULL);
  db = database->owner;
  tw_test_database_script (database, schema);
  g_test_add_func ("/db/list/filter", test_filter);
  g_test_add_func ("/db/list/day-of-instant", test_day_of_instant);
  g_test_add_func ("/db/list/ids", test_ids);
  g_test_add_func ("/db/list/search", test_search);
  g_test_add_func ("/db/list/sort", test_sort);
  g_test_add_func ("/db/list/limit-and-offset", test_limit_and_offset);
  g_test_add_func ("/db/list/fields", test_fields);
  g_test_add_func ("/db/list/keyset-covers-all", test_keyset_covers_all);
  g_test_add_func ("/db/list/keyset-is-stable", test_keyset_is_stable);
  g_test_add_func ("/db/list/cursor-is-checked", test_cursor_is_checked);
  g_test_add_func ("/db/list/refused-by-name", test_refused_by_name);
  g_test_add_func ("/db/list/secret", test_secret);
  g_test_add_func ("/db/list/metacharacters", test_metacharacters);
  g_test_add_func ("/db/list/restriction", test_restriction);
  g_test_add_func ("/db/list/each", test_each);
  return g_test_run ();
}
