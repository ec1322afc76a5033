/* injection-text.c: texts that a spreadsheet, a log or a reader would take for something else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/injection.h"

#include <string.h>

#include "server/sheet/csv.h"
#include "server/core/import.h"
#include "server/core/resource-private.h"
#include "shared/document/change.h"
#include "shared/document/order.h"
#include "tests/attack/unzip.h"

static TwTestServer *server;

/* ---- Formulas ---- */

static const char *const formulas[] = {
  "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://example.org\",\"x\")",
  "'=1+1", "''=1+1", "'tis free", "'",
};

static gboolean
is_risky (const char *cell)
{
  return *cell != '\0' && strchr ("=+-@\t\r\n", *cell) != NULL;
}

/* What people do not write may begin with a minus. */
static gboolean
is_figure (const TwField *field)
{
  return field->kind != TW_KIND_TEXT && field->kind != TW_KIND_STRINGS;
}

static void
assert_no_formula (const char *path, GType type, TwTestReply *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tw_csv_read (csv->text, csv->length, &error);
  TwSheetRow *header;

  g_assert_no_error (error);
  header = g_ptr_array_index (rows, 0);
  for (guint i = 1; i < rows->len; i++)
    {
      TwSheetRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          const TwField *field = tw_record_type_find (type, g_ptr_array_index (header->cells, j));
          const char *cell = g_ptr_array_index (row->cells, j);

          if (!is_figure (field) && is_risky (cell))
            g_error ("%s: the export has the cell %s", path, cell);
        }
    }
}

static gint64
add_carrier (const char *prefix, guint i, const char *name)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "{\"code\":\"%s%u\",\"name\":", prefix, i);
  tw_codec_append_string (body, name);
  g_string_append_c (body, '}');
  return tw_company_create (server, TW_INJECTION_USER, "/carriers", body->str);
}

static void
check_export (const char *path, GType type)
{
  g_autoptr (TwTestReply) csv = tw_company_get (server, TW_INJECTION_USER, "%s/export?format=csv", path);
  g_autoptr (TwTestReply) xlsx = tw_company_get (server, TW_INJECTION_USER, "%s/export?format=xlsx", path);
  g_autofree char *sheet = NULL;

  tw_test_assert_status (csv, 200);
  tw_test_assert_status (xlsx, 200);
  assert_no_formula (path, type, csv);
  sheet = tw_unzip_text (xlsx->text, xlsx->length);
  g_assert_null (strstr (sheet, "<f>"));
  g_assert_null (strstr (sheet, "<f "));
}

/* Everything that can be exported, with formulas where people write. */
static void
test_exports (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *order = tw_company_order_body ("ALFKI", "P-1:1", "\"po_reference\":\"=1+1\"");
  guint n = 0;

  tw_company_create (server, "sales", "/orders", order);
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    add_carrier ("X", i, formulas[i]);
  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->handler != tw_resource_list)
        continue;
      check_export (route->path, ((const TwResource *) route->data)->type ());
      n++;
    }
  g_assert_cmpuint (n, >, 20);
}

/* The log of changes is no resource's list; people write its reasons. */
static void
test_audit_export (void)
{
  static const char *const reasons[] = { "=1+1", "@SUM(1)", "+1", "-1", "=cmd|' /C calc'!A0" };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      gint64 order = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
      g_autoptr (GString) body = g_string_new ("{\"reason\":");
      g_autofree char *guarded = g_strconcat ("'", reasons[i], NULL);
      g_autoptr (TwTestReply) csv = NULL;

      tw_codec_append_string (body, reasons[i]);
      g_string_append_c (body, '}');
      tw_company_do (server, TW_INJECTION_USER, "orders", order, "hold", body->str);
      csv = tw_company_get (server, TW_INJECTION_USER,
                            "/audit/export?format=csv&document=order&action=hold&document_id=%" G_GINT64_FORMAT,
                            order);
      tw_test_assert_status (csv, 200);
      g_assert_nonnull (strstr (csv->text, guarded)); /* it stands there, and as a text */
    }
  check_export ("/audit", tw_change_get_type ());
}

/* What was exported comes back by an import as it was. */
static void
test_round_trip (void)
{
  g_autoptr (TwTestReply) csv = NULL, reply = NULL;
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) file = g_string_new ("code,name\r\n");

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    add_carrier ("Y", i, formulas[i]);
  csv = tw_company_get (server, TW_INJECTION_USER, "/carriers/export?format=csv&sort=code&code.ge=Y0&code.le=Y9");
  rows = tw_csv_read (csv->text, csv->length, NULL);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (formulas) + 1);
  for (guint i = 1; i < rows->len; i++)
    {
      GPtrArray *cells = ((TwSheetRow *) g_ptr_array_index (rows, i))->cells;

      g_string_append_printf (file, "Z%u,", i - 1);
      tw_csv_append (file, g_ptr_array_index (cells, 5)); /* id, version, two times, code, name */
      g_string_append (file, "\r\n");
    }
  reply = tw_test_call (server, token, "POST", "/carriers/import", file->str, "Content-Type", "text/csv", NULL);
  tw_test_assert_status (reply, 200);
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr (TwTestReply) found = tw_company_get (server, TW_INJECTION_USER, "/carriers?code=Z%u", i);
      g_autofree char *name = tw_company_value (found, "items.0.name");

      g_assert_cmpstr (name, ==, formulas[i]);
    }
}

/* ---- The log ---- */

#define FORGED "{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"info\",\"message\":\"forged\"}"
/* Line ends and what a terminal obeys, percent-encoded and in JSON. */
#define FORGED_IN_URL                                                                                                  \
  "x%0D%0A%7B%22time%22%3A%22forged%22%7D%0A%1B%5B2J%C2%9B2J%C2%85%E2%80%A8%E2%80%A9%E2%80%AE%00"
#define FORGED_IN_JSON "x\\r\\n{\\\"time\\\":\\\"forged\\\"}\\u001b[2J\\u009b2J\\u0085\\u2028\\u2029\\u202e"

static void
send_forgeries (void)
{
  static const char *const headers[] = { "Idempotency-Key", "If-Match", "Accept-Language", "Content-Type", "Host",
                                         "User-Agent", "X-Request-Id", "X-Forwarded-For" };
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      /* A header cannot carry a line end past the parser; what else there is may come. */
      g_autoptr (TwTestReply) reply = tw_test_call (server, token, "POST", "/carriers", "{}", headers[i],
                                                    "x\" \xc2\x9b" "2J \xe2\x80\xa8" FORGED, NULL);
    }
  for (guint i = 0; i < 3; i++)
    {
      static const char *const paths[] = { "/" FORGED_IN_URL, "/orders/" FORGED_IN_URL, "/orders?q=" FORGED_IN_URL };
      g_autoptr (TwTestReply) reply = tw_test_get (server, token, paths[i]);
      g_autoptr (TwTestReply) root = tw_test_get (server, token, "//" FORGED_IN_URL);
    }
}

static void
send_forged_bodies (void)
{
  static const char *const bodies[][2] = {
    { "/session", "{\"user\":\"" FORGED_IN_JSON "\",\"password\":\"" FORGED_IN_JSON "\"}" },
    { "/carriers", "{\"code\":\"" FORGED_IN_JSON "\",\"name\":\"x\"}" },
    { "/carriers", "{\"" FORGED_IN_JSON "\":1}" },
    { "/orders/1/actions/" FORGED_IN_URL, "{}" },
    { "/orders/1/actions/hold", "{\"reason\":\"" FORGED_IN_JSON "\"}" },
  };
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (TwTestReply) reply = tw_test_post (server, token, bodies[i][0], bodies[i][1]);

      g_assert_cmpuint (reply->status, <, 500);
    }
}

/* Characters that end a line or move a terminal's cursor, and those that hide the order of others. */
static gboolean
is_quiet (const char *line)
{
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
          || (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }
  return TRUE;
}

static void
assert_line (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || !json_object_has_member (object, "time") || !json_object_has_member (object, "level"))
    g_error ("a line of the log that is none of ours: %s", line);
  if (g_str_equal (json_object_get_string_member (object, "time"), "forged"))
    g_error ("a forged line stands in the log: %s", line);
  if (!g_utf8_validate (line, -1, NULL) || !is_quiet (line))
    g_error ("a line of the log has characters that act: %s", line);
}

static void
test_log (void)
{
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  send_forgeries ();
  send_forged_bodies ();
  log = tw_test_server_read_log (server);
  g_assert_nonnull (strstr (log, "forged"));
  lines = g_strsplit (log, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && ++n > 0)
      assert_line (lines[i]);
  g_assert_cmpuint (n, >, 20);
}

/* ---- Hidden characters ---- */

static const char *const hidden[] = {
  "a\\u0000b", "a\\u0007b", "a\\u001bb", "a\\u007fb", "a\\u0085b", "a\\u009bb",
  "a\\u202ab", "a\\u202bb", "a\\u202cb", "a\\u202db", "a\\u202eb", "a\\u2066b", "a\\u2067b", "a\\u2068b", "a\\u2069b",
};

/* The texts that a body may have at its top, each with the fault that it must get. */
static void
append_texts (GString *body, GType type, const char *value, GPtrArray *pointers)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  g_string_assign (body, "{");
  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if (field->kind != TW_KIND_TEXT || (field->flags & TW_SERVER) != 0)
        continue;
      g_string_append_printf (body, "%s\"%s\":\"%s\"", body->len > 1 ? "," : "", field->name, value);
      g_ptr_array_add (pointers, g_strconcat ("/", field->name, NULL));
    }
  g_string_append_c (body, '}');
}

static gboolean
is_creating (const TwRoute *route)
{
  return route->body != NULL && route->permission != NULL && g_str_equal (route->method, "POST")
         && strchr (route->path, '{') == NULL;
}

/* Each is refused in every text that anybody may write, by the field's name. */
static void
test_hidden (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      for (guint j = 0; is_creating (route) && j < G_N_ELEMENTS (hidden); j += 1 + i % 3)
        {
          g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);
          g_autoptr (GString) body = g_string_new (NULL);
          g_autoptr (TwTestReply) reply = NULL;

          append_texts (body, route->body (), hidden[j], pointers);
          reply = tw_company_post (server, TW_INJECTION_USER, route->path, body->str);
          g_test_message ("%s %s", route->path, body->str);
          if (j == 0) /* a NUL is no text for anybody */
            tw_test_assert_status (reply, 400);
          for (guint k = 0; j > 0 && k < pointers->len; k++, n++)
            tw_test_assert_problem (reply, 422, g_ptr_array_index (pointers, k));
        }
    }
  g_assert_cmpuint (n, >, 200);
}

static void
test_hidden_in_files (void)
{
  static const char *const cells[] = { "a\ab", "a\x1b" "b", "a\xc2\x9b" "b", "a\u202eb", "a\u2066b" };
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *csv = g_strdup_printf ("code,name\r\nH%u,%s\r\n", i, cells[i]);
      g_autoptr (TwTestReply) reply
        = tw_test_call (server, token, "POST", "/carriers/import", csv, "Content-Type", "text/csv", NULL);
      g_autofree char *code = tw_company_value (reply, "errors.0.code");

      tw_test_assert_status (reply, 422);
      g_assert_cmpstr (code, ==, "bad_characters");
    }
}

/* ---- SQL in files ---- */

/* Short enough for a code. */
static const char *const quotes[]
  = { "' OR '1'='1' -- ", "\"; DROP -- `", "\\' UNION --", ") OR (`id` = :id", "?? %s /*!1*/ \\" };

/* A sound row of everything that can be imported; "%u" is the row's number, so that each is a new one. */
static const struct
{
  const char *path;
  const char *header;
  const char *row;
} imports[] = {
  { "/carriers/import", "code,name", "I%u,I" },
  { "/warehouses/import", "code,name", "I%u,I" },
  { "/tax-classes/import", "code,name,rate", "I%u,I,0.05" },
  { "/products/import", "sku,name,unit,tax_class", "I%u,I,pcs,standard" },
  { "/customers/import", "code,name,price_list,payment_term,currency", "I%u,I,STD,NET30,CNY" },
  { "/orders/import", "po_reference,customer,product,quantity", "I%u,ALFKI,P-1,1" },
};

static void
append_cell (GString *csv, const char *cell)
{
  g_auto (GStrv) parts = g_strsplit (cell, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  g_string_append_printf (csv, "\"%s\"", doubled);
}

/* Sound rows, but for @column, which has a payload in each. @n: of imports. (transfer full) */
static char *
make_table (guint n, const char *column)
{
  g_auto (GStrv) names = g_strsplit (imports[n].header, ",", -1);
  g_auto (GStrv) cells = g_strsplit (imports[n].row, ",", -1);
  gboolean more = !g_strv_contains ((const char *const *) names, column);
  GString *csv = g_string_new (imports[n].header);

  if (more)
    g_string_append_printf (csv, ",%s", column);
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      for (guint j = 0; cells[j] != NULL; j++)
        {
          g_auto (GStrv) around = g_strsplit (cells[j], "%u", -1);
          g_autofree char *cell = g_strjoinv (number, around);

          g_string_append (csv, j == 0 ? "\r\n" : ",");
          append_cell (csv, g_str_equal (names[j], column) ? quotes[i] : cell);
        }
      if (more)
        {
          g_string_append_c (csv, ',');
          append_cell (csv, quotes[i]);
        }
    }
  g_string_append (csv, "\r\n");
  return g_string_free (csv, FALSE);
}

/* As far as a file goes without being kept; how many rows were good. */
static gint64
try_table (guint n, const char *column)
{
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autofree char *path = g_strconcat (imports[n].path, "?dry_run=1", NULL);
  g_autofree char *csv = make_table (n, column);
  g_autoptr (TwTestReply) reply
    = tw_test_call (server, token, "POST", path, csv, "Content-Type", "text/csv", NULL);
  g_autofree char *good = tw_company_value (reply, "good");
  g_autofree char *stored = tw_company_value (reply, "stored");

  g_test_message ("%s", csv);
  tw_test_assert_status (reply, 200);
  g_assert_cmpstr (stored, ==, "0");
  return g_ascii_strtoll (good, NULL, 10);
}

/* @type's columns one after the other. */
static void
try_columns_of_import (guint n, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  for (guint i = 0; i < info->n_fields; i++)
    if (tw_import_find_field (type, info->fields[i].name) == &info->fields[i])
      {
        gint64 good = try_table (n, info->fields[i].name);

        /* What is no text is refused; the shortest payload fits all texts that are the record's own. */
        if (info->fields[i].kind != TW_KIND_TEXT)
          g_assert_cmpint (good, ==, 0);
        else if (g_str_equal (info->fields[i].name, "name"))
          g_assert_cmpint (good, ==, G_N_ELEMENTS (quotes));
      }
}

static guint
find_import (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (imports); i++)
    if (g_str_equal (imports[i].path, path))
      return i;
  g_error ("%s: no sound row of it is known here", path);
}

static void
test_columns (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if ((route->flags & TW_ROUTE_RAW_BODY) == 0)
        continue;
      n++;
      if (route->handler == tw_resource_import)
        try_columns_of_import (find_import (route->path), ((const TwResource *) route->data)->type ());
      else
        {
          try_columns_of_import (find_import (route->path), tw_order_get_type ());
          try_columns_of_import (find_import (route->path), tw_order_line_get_type ());
        }
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (imports));
}

void
tw_injection_add_text (TwTestServer *company)
{
  server = company;
  g_test_add_func ("/injection/text/exports", test_exports);
  g_test_add_func ("/injection/text/audit-export", test_audit_export);
  g_test_add_func ("/injection/text/round-trip", test_round_trip);
  g_test_add_func ("/injection/text/log", test_log);
  g_test_add_func ("/injection/text/columns", test_columns);
  g_test_add_func ("/injection/text/hidden", test_hidden);
  g_test_add_func ("/injection/text/hidden-in-files", test_hidden_in_files);
}
