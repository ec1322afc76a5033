/* test-import.c: CSV in and out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <string.h>

#include "server/sheet/csv.h"
#include "tests/fixture/workbook.h"

static TwTestDatabase *database; /* of this program; main thread */
static TwPrincipal *manager;

#define CSV (const char *[]) { "Content-Type", "text/csv; charset=utf-8", NULL }

static const char mixed[] = "code,name,price,tags\r\n"
                            "I1,First,10.5,a;b\r\n"
                            "I2,,1,\r\n"
                            "I3,Third,abc,\r\n"
                            "I1,Twice,1,\r\n"
                            "I5,\"Fifth, with comma\",2,\r\n";

static gint64
count (const char *sql)
{
  g_autofree char *text = tw_test_database_value (database->owner, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static void
start (void)
{
  tw_test_database_script (database, "DELETE FROM sample;");
}

static TwReply *
import (const char *target, const char *text)
{
  return tw_sample_ask (database->owner, manager, "POST", target, text, CSV);
}

static TwReply *
import_sheet (const char *target, GBytes *sheet)
{
  const char *headers[] = { "Content-Type", tw_sheet_type_guess (sheet), NULL };

  return tw_sample_ask_bytes (database->owner, manager, "POST", target, sheet, headers);
}

static void
assert_fault (JsonObject *answer, guint n, gint64 row, const char *column, const char *code)
{
  JsonObject *fault = json_array_get_object_element (json_object_get_array_member (answer, "errors"), n);

  g_assert_cmpint (json_object_get_int_member (fault, "row"), ==, row);
  g_assert_cmpstr (json_object_get_string_member (fault, "column"), ==, column);
  if (code)
    g_assert_cmpstr (json_object_get_string_member (fault, "code"), ==, code);
  g_assert_cmpuint (strlen (json_object_get_string_member (fault, "detail")), >, 0);
}

static void
test_good (void)
{
  g_autoptr (TwReply) reply = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *tags = NULL;

  start ();
  reply = import ("/samples/import", "name,code,price,tags\nOne,G1,10.5,a;b\n'=Two,G2,,\n");
  answer = tw_sample_answer (reply, 200);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "stored"), ==, 2);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE name = '=Two' OR price = 10.5"), ==, 2);
  tags = tw_test_database_value (database->owner, "SELECT tags FROM sample WHERE code = 'G1'");
  g_assert_cmpstr (tags, ==, "[\"a\",\"b\"]");
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_log WHERE source = 'import' AND action = 'create'"), ==, 2);
}

static void
test_one_bad_row_stores_nothing (void)
{
  g_autoptr (TwReply) reply = NULL;
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *object;

  start ();
  reply = import ("/samples/import", mixed);
  answer = tw_sample_answer (reply, 422);
  object = json_node_get_object (answer);
  g_assert_cmpint (json_object_get_int_member (object, "stored"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (object, "good"), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "errors")), ==, 3);
  assert_fault (object, 0, 3, "name", "required");
  assert_fault (object, 1, 4, "price", NULL);
  assert_fault (object, 2, 5, "code", "duplicate");
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample"), ==, 0);
}

static void
test_store_good (void)
{
  g_autoptr (TwReply) reply = NULL;
  g_autoptr (JsonNode) answer = NULL;

  start ();
  reply = import ("/samples/import?store=good", mixed);
  answer = tw_sample_answer (reply, 200);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "stored"), ==, 2);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE name IN ('First', 'Fifth, with comma')"), ==, 2);
}

/* A row that fails after it has written something leaves nothing behind. */
static void
test_bad_row_is_undone (void)
{
  g_autoptr (TwReply) reply = NULL;
  g_autoptr (JsonNode) answer = NULL;

  start ();
  reply = import ("/samples/import?store=good", "code,name\nU1,x\nU2,fails late\nU3,x\n");
  answer = tw_sample_answer (reply, 200);
  assert_fault (json_node_get_object (answer), 0, 3, "name", "late");
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample"), ==, 2);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'U2'"), ==, 0);
}

/* A workbook is read as CSV is, its header by name or as people read it; a bad row is named by its number there. */
static void
test_workbook (void)
{
  g_autoptr (GBytes) book = tw_test_workbook (
    "<row r=\"1\"><c t=\"inlineStr\"><is><t>Code</t></is></c><c t=\"inlineStr\"><is><t>name</t></is></c>"
    "<c t=\"inlineStr\"><is><t>price</t></is></c></row>"
    "<row r=\"2\"><c t=\"inlineStr\"><is><t>W1</t></is></c><c t=\"inlineStr\"><is><t>'=1+1</t></is></c>"
    "<c><v>1.1000000000000001</v></c></row>"
    "<row r=\"9\"><c t=\"inlineStr\"><is><t>W2</t></is></c><c r=\"C9\"><v>2</v></c></row>",
    NULL, NULL);
  g_autoptr (TwReply) whole = NULL, good = NULL;
  g_autoptr (JsonNode) refused = NULL, answer = NULL;

  start ();
  whole = import_sheet ("/samples/import", book);
  refused = tw_sample_answer (whole, 422);
  assert_fault (json_node_get_object (refused), 0, 9, "name", "required");
  good = import_sheet ("/samples/import?store=good", book);
  answer = tw_sample_answer (good, 200);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "stored"), ==, 1);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'W1' AND name LIKE '_=1+1' AND price = 1.1"), ==, 1);
}

static void
test_dry_run (void)
{
  g_autoptr (TwReply) good = NULL, bad = NULL;
  g_autoptr (JsonNode) answer = NULL;

  start ();
  good = import ("/samples/import?dry_run=1", "code,name\nD1,x\n");
  bad = import ("/samples/import?dry_run=1", mixed);
  answer = tw_sample_answer (bad, 200);
  g_assert_cmpuint (tw_reply_get_status (good), ==, 200);
  assert_fault (json_node_get_object (answer), 0, 3, "name", "required");
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample"), ==, 0);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *target, *text;
    guint status;
  } cases[] = {
    { "/samples/import", "code,nonsense\nx,y\n", 422 },
    { "/samples/import", "code,state\nx,confirmed\n", 422 },
    { "/samples/import", "code,name,code\nx,y,z\n", 422 },
    { "/samples/import", "code,name\n", 400 },
    { "/samples/import", "code,name\n\"x,y\n", 400 },
    { "/samples/import", NULL, 400 },
    { "/samples/import", "code,name\nx,y,z\n", 422 },
    { "/samples/import?dry_run=maybe", "code,name\nx,y\n", 422 },
  };

  start ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TwReply) reply = import (cases[i].target, cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (tw_reply_get_status (reply), ==, cases[i].status);
    }
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample"), ==, 0);
}

static void
test_refused_files (void)
{
  static const struct
  {
    const char *type, *text;
    guint status;
  } cases[] = {
    { TW_SHEET_XLSX, "code,name\nx,y\n", 400 },
    { TW_SHEET_XLSX, "PK\x03\x04", 400 },
    { TW_SHEET_CSV, "PK\x03\x04\xff", 400 },
    { "text/plain", "code,name\nx,y\n", 415 },
    { "text/csvx", "code,name\nx,y\n", 415 },
    { "application/json", "{}", 415 },
  };

  start ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *headers[] = { "Content-Type", cases[i].type, NULL };
      g_autoptr (TwReply) reply
        = tw_sample_ask (database->owner, manager, "POST", "/samples/import", cases[i].text, headers);

      g_assert_cmpuint (tw_reply_get_status (reply), ==, cases[i].status);
    }
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample"), ==, 0);
}

static void
test_export_guard (void)
{
  g_autoptr (TwReply) made = NULL, reply = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  start ();
  made = import ("/samples/import", "code,name,price\nE1,\"=HYPERLINK(\"\"x\"\")\",5\nE2,@cmd,6\nE3,\"a,b\",7\n");
  g_assert_cmpuint (tw_reply_get_status (made), ==, 200);
  reply = tw_sample_ask (database->owner, manager, "GET", "/samples/export?format=csv&sort=code", NULL, NULL);
  g_assert_cmpuint (tw_reply_get_status (reply), ==, 200);
  g_assert_cmpstr (tw_reply_get_content_type (reply), ==, "text/csv; charset=utf-8");
  g_assert_cmpstr (tw_reply_get_file_name (reply), ==, "samples.csv");
  text = tw_sample_body (reply);
  g_assert_nonnull (strstr (text, ",\"'=HYPERLINK(\"\"x\"\")\","));
  g_assert_nonnull (strstr (text, ",'@cmd,"));
  rows = tw_csv_read (text, strlen (text), NULL);
  g_assert_cmpuint (rows->len, ==, 4);
}

/* A spreadsheet evaluates what is stored as a formula, not text that looks like one. */
static void
test_export_guard_xlsx (void)
{
  g_autoptr (TwReply) made = NULL, reply = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  start ();
  made = import ("/samples/import", "code,name,price\nE1,\"=HYPERLINK(\"\"x\"\")\",5\n");
  reply = tw_sample_ask (database->owner, manager, "GET", "/samples/export?format=xlsx&fields=name,price", NULL, NULL);
  rows = tw_sheet_read (TW_SHEET_XLSX, tw_reply_get_body (reply), NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (((TwSheetRow *) g_ptr_array_index (rows, 1))->cells, 0), ==, "=HYPERLINK(\"x\")");
  g_assert_cmpstr (g_ptr_array_index (((TwSheetRow *) g_ptr_array_index (rows, 1))->cells, 1), ==, "5");
}

#define DIGEST_SQL                                                                                                     \
  "SELECT GROUP_CONCAT(CONCAT_WS('|', code, name, price, cost, tags) ORDER BY code SEPARATOR '\\n') FROM sample"

/* What was exported and is imported again is what was there. */
static void
assert_round_trip (const char *target)
{
  g_autofree char *before = tw_test_database_value (database->owner, DIGEST_SQL);
  g_autoptr (TwReply) file = tw_sample_ask (database->owner, manager, "GET", target, NULL, NULL);
  g_autoptr (TwReply) stored = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpuint (tw_reply_get_status (file), ==, 200);
  start ();
  stored = import_sheet ("/samples/import", tw_reply_get_body (file));
  g_assert_cmpuint (tw_reply_get_status (stored), ==, 200);
  after = tw_test_database_value (database->owner, DIGEST_SQL);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (strstr (after, "'=1+1"));
}

static void
test_round_trip (void)
{
  g_autoptr (TwReply) made = NULL;

  start ();
  made = import ("/samples/import", "code,name,price,tags\nR1,\"a, \"\"b\"\"\",10.123456,x;y\nR2,''=1+1,0.1,\n"
                                    "R3,＝2,1,\nR4,-5,999999999999.999999,信\n00123,'plain,2,\n");
  g_assert_cmpuint (tw_reply_get_status (made), ==, 200);
  assert_round_trip ("/samples/export?format=csv&fields=code,name,price,tags");
  assert_round_trip ("/samples/export?format=xlsx&fields=code,name,price,tags");
}

static void
test_export_filter (void)
{
  g_autoptr (TwReply) made = NULL, reply = NULL, wrong = NULL;
  g_autofree char *text = NULL;

  start ();
  made = import ("/samples/import", "code,name\nF1,x\nF2,y\n");
  reply = tw_sample_ask (database->owner, manager, "GET", "/samples/export?code=F2", NULL, NULL);
  wrong = tw_sample_ask (database->owner, manager, "GET", "/samples/export?format=pdf", NULL, NULL);
  text = tw_sample_body (reply);
  g_assert_nonnull (strstr (text, "F2"));
  g_assert_null (strstr (text, "F1"));
  g_assert_cmpuint (tw_reply_get_status (wrong), ==, 422);
}

static void
test_export_xlsx (void)
{
  g_autoptr (TwReply) made = NULL, reply = NULL;
  gconstpointer bytes;
  gsize length;

  start ();
  made = import ("/samples/import", "code,name\nX1,x\n");
  reply = tw_sample_ask (database->owner, manager, "GET", "/samples/export?format=xlsx", NULL, NULL);
  g_assert_cmpuint (tw_reply_get_status (reply), ==, 200);
  bytes = g_bytes_get_data (tw_reply_get_body (reply), &length);
  g_assert_cmpuint (length, >, 1000);
  g_assert_cmpmem (bytes, 4, "PK\003\004", 4);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;

  g_test_init (&argc, &argv, NULL);
  database = own = tw_test_database_new (tw_test_schema_folder ());
  tw_sample_prepare (database);
  tw_sample_add_routes ();
  manager = tw_sample_principal ("sales_manager");
  g_test_add_func ("/import/good", test_good);
  g_test_add_func ("/import/one-bad-row-stores-nothing", test_one_bad_row_stores_nothing);
  g_test_add_func ("/import/store-good", test_store_good);
  g_test_add_func ("/import/bad-row-is-undone", test_bad_row_is_undone);
  g_test_add_func ("/import/workbook", test_workbook);
  g_test_add_func ("/import/dry-run", test_dry_run);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/refused-files", test_refused_files);
  g_test_add_func ("/export/guard", test_export_guard);
  g_test_add_func ("/export/guard-xlsx", test_export_guard_xlsx);
  g_test_add_func ("/export/round-trip", test_round_trip);
  g_test_add_func ("/export/filter", test_export_filter);
  g_test_add_func ("/export/xlsx", test_export_xlsx);
  return g_test_run ();
}
