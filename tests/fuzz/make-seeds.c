/* make-seeds.c: inputs and words for the fuzz targets, from the tables of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * make-seeds FOLDER STAMP: FOLDER/codec has each record type once as a whole document, FOLDER/list each list with all
 * its filters, FOLDER/import a table with all columns of everything that can be imported, FOLDER/route each route with
 * a body that fits; FOLDER/TARGET.dict their names. A field, a list or a route that is added is fuzzed from then on.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "server/areas.h"
#include "server/core/import.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "shared/base/codec.h"
#include "shared/base/json-text.h"
#include "shared/document/order.h"
#include "tests/fuzz/documents.h"

static const char *
example (const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return "1";
    case TW_KIND_BOOL:
      return "true";
    case TW_KIND_KEY:
      return field->keys[0].key;
    case TW_KIND_DATE:
      return "2026-11-22";
    case TW_KIND_TIME:
      return "2026-11-22T08:00:00.5Z";
    case TW_KIND_RATE:
      return "0.05";
    case TW_KIND_TEXT:
      return "A";
    default:
      return "12.5";
    }
}

/* ---- Documents ---- */

static void append_object (GString *out, GType type, TwCodecMode mode);

static gboolean
is_taken (const TwField *field, TwCodecMode mode)
{
  if (mode == TW_CODEC_ANSWER)
    return !(field->flags & TW_WRITE_ONLY);
  return !(field->flags & TW_SERVER) && (mode == TW_CODEC_CREATE || !(field->flags & TW_FIXED));
}

static void
append_value (GString *out, const TwField *field, TwCodecMode mode)
{
  if (field->kind == TW_KIND_INT || field->kind == TW_KIND_BOOL)
    g_string_append (out, example (field));
  else if (field->kind == TW_KIND_STRINGS)
    g_string_append (out, "[\"A\"]");
  else if (field->kind == TW_KIND_JSON)
    g_string_append (out, "{\"a\":[1]}");
  else if (field->kind != TW_KIND_LIST)
    tw_json_append_string (out, example (field));
  else
    {
      g_string_append_c (out, '[');
      append_object (out, field->item (), mode == TW_CODEC_ANSWER ? mode : TW_CODEC_CREATE);
      g_string_append_c (out, ']');
    }
}

static void
append_object (GString *out, GType type, TwCodecMode mode)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);
  const char *separator = "";

  g_string_append_c (out, '{');
  for (guint i = 0; i < info->n_fields; i++)
    if (is_taken (&info->fields[i], mode))
      {
        g_string_append_printf (out, "%s\"%s\":", separator, info->fields[i].name);
        append_value (out, &info->fields[i], mode);
        separator = ",";
      }
  g_string_append_c (out, '}');
}

/* ---- Files ---- */

static void
store (const char *folder, const char *target, const char *name, const GString *text)
{
  g_autofree char *path = g_build_filename (folder, target, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
}

static void
store_document (const char *folder, GType type, const char *mode_name, TwCodecMode mode)
{
  g_autoptr (GString) out = g_string_new (g_type_name (type));
  g_autofree char *name = g_strdup_printf ("%s-%s", g_type_name (type), mode_name);

  g_string_append_printf (out, "\n%s\n", mode_name);
  append_object (out, type, mode);
  store (folder, "codec", name, out);
}

static void
store_list (const char *folder, const TwResource *resource)
{
  g_autoptr (GString) out = g_string_new (resource->path);

  g_string_append (out, "\nlimit=5&q=a&fields=id");
  for (const TwListColumn *column = resource->list->columns; column->name != NULL; column++)
    {
      const TwField *field = tw_record_type_find (resource->type (), column->name);

      if (field != NULL && (column->flags & TW_COLUMN_FILTER) != 0)
        g_string_append_printf (out, "&%s.ge=%s", column->name, example (field));
    }
  g_string_append_printf (out, "&sort=%s\ncost\n", resource->list->default_sort);
  store (folder, "list", resource->path, out);
}

static void
append_columns (GString *header, GString *row, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  for (guint i = 0; i < info->n_fields; i++)
    if (tw_import_find_field (type, info->fields[i].name) == &info->fields[i]
        && strstr (header->str, info->fields[i].name) == NULL) /* a column that is there twice is refused */
      {
        g_string_append_printf (header, "%s%s", header->len > 0 ? "," : "", info->fields[i].name);
        g_string_append_printf (row, "%s%s", row->len > 0 ? "," : "", example (&info->fields[i]));
      }
}

/* @lines: the type of what is imported with it, or G_TYPE_INVALID. */
static void
store_import (const char *folder, const char *path, GType type, GType lines)
{
  g_autoptr (GString) header = g_string_new (NULL);
  g_autoptr (GString) row = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (path);

  append_columns (header, row, type);
  if (lines != G_TYPE_INVALID)
    append_columns (header, row, lines);
  g_string_append_printf (out, "\ncost\nstore=good\n%s\n%s\n%s\n", header->str, row->str, row->str);
  store (folder, "import", path, out);
}

static void
append_path (GString *out, const TwRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);
  const TwResource *resource = route->data;

  for (guint i = 0; segments[i] != NULL; i++)
    if (g_str_equal (segments[i], "{action}") && resource->actions != NULL)
      g_string_append_printf (out, "/%s", resource->actions[0].action);
    else
      g_string_append_printf (out, "/%s", segments[i][0] == '{' ? "1" : segments[i]);
}

static void
store_route (const char *folder, const TwRoute *route, guint n)
{
  g_autoptr (GString) out = g_string_new (route->method);
  g_autofree char *name = g_strdup_printf ("%03u", n);
  GType type = route->body != NULL ? route->body () : G_TYPE_INVALID;

  g_string_append_c (out, ' ');
  append_path (out, route);
  g_string_append (out, "?limit=1\nContent-Type: application/json\nIf-Match: \"1\"\nIdempotency-Key: a\n"
                        "Authorization: Bearer a\nAccept-Language: zh-CN,en;q=0.5\nIf-None-Match: \"1\"\n\n");
  if (type != G_TYPE_INVALID)
    append_object (out, type, g_str_equal (route->method, "PATCH") ? TW_CODEC_PATCH : TW_CODEC_CREATE);
  store (folder, "route", name, out);
}

/* ---- Words ---- */

static void
add_word (GHashTable *words, const char *word)
{
  g_hash_table_add (words, g_strdup (word));
}

static void
add_fields (GHashTable *words, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  for (guint i = 0; i < info->n_fields; i++)
    {
      add_word (words, info->fields[i].name);
      for (const TwKey *key = info->fields[i].keys; key != NULL && key->key != NULL; key++)
        add_word (words, key->key);
    }
}

static void
add_segments (GHashTable *words, const TwRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);

  add_word (words, route->method);
  for (guint i = 0; segments[i] != NULL; i++)
    if (segments[i][0] != '{')
      add_word (words, segments[i]);
}

static void
store_words (const char *folder, const char *name, GHashTable *words, const char *const *more)
{
  g_autoptr (GList) sorted = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *more != NULL; more++)
    add_word (words, *more);
  sorted = g_list_sort (g_hash_table_get_keys (words), (GCompareFunc) strcmp);
  for (GList *word = sorted; word != NULL; word = word->next)
    {
      g_autofree char *escaped = g_strescape (word->data, NULL);

      g_string_append_printf (out, "\"%s\"\n", escaped);
    }
  store (folder, "", name, out);
}

/* ---- All of them ---- */

static const char *const list_words[]
  = { "limit=", "offset=", "after=", "sort=-", "fields=", "&q=", ".in=", ".le=", ".ge=", ".ne=", ".lt=", ".gt=", "=null",
      "%00", "%2C", "%25", "%26", "2026-11-22", "2026-11-22T08:00:00Z", "cost", NULL };
static const char *const codec_words[]
  = { "\"2026-11-22\"", "\"2026-11-22T08:00:00Z\"", "\"0.000001\"", "\"-1\"", "null", "true", "[]", "{}", "[{", "}]", "\":",
      "\\\\u0000", "\\\\ud83d", "\\\\u202e", "9223372036854775807", "create", "answer", NULL };
static const char *const import_words[]
  = { "orders", "cost", "store=good", "dry_run=1", ",", "\"", "\"\"", "'=", ";", "2026-11-22", "true", "0.05", NULL };
static const char *const route_words[]
  = { "Content-Type: ", "application/json", "application/merge-patch+json", "text/csv", "If-Match: ", "W/\"1\"",
      "If-None-Match: ", "Idempotency-Key: ", "Authorization: Bearer ", "Accept-Language: zh-CN,zh;q=0.9", "%2F", "%00",
      "%FF", "..", "HEAD ", "/1/", "9223372036854775807", "format=pdf", "format=xlsx", "language=zh_CN", "from=2026-11-22",
      "to=2026-11-22", "currency=", "limit=5", "after=1", "order=1", "dry_run=1", "store=good", NULL };

static void
make_documents (const char *folder)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < tw_fuzz_count_types (); i++)
    {
      GType type = tw_fuzz_get_type (i);

      store_document (folder, type, "create", TW_CODEC_CREATE);
      store_document (folder, type, "patch", TW_CODEC_PATCH);
      store_document (folder, type, "answer", TW_CODEC_ANSWER);
      add_word (words, g_type_name (type));
      add_fields (words, type);
    }
  store_words (folder, "codec.dict", words, codec_words);
}

static void
make_imports (const char *folder)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      const TwResource *resource = route->data;

      if (route->handler != tw_resource_import)
        continue;
      store_import (folder, resource->path, resource->type (), G_TYPE_INVALID);
      add_word (words, resource->path);
      add_fields (words, resource->type ());
    }
  store_import (folder, "orders", tw_order_get_type (), tw_order_line_get_type ());
  add_fields (words, tw_order_get_type ());
  add_fields (words, tw_order_line_get_type ());
  store_words (folder, "import.dict", words, import_words);
}

static void
make_routes (const char *folder)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      store_route (folder, route, i);
      add_segments (words, route);
      if (route->handler != tw_resource_list)
        continue;
      store_list (folder, route->data);
      add_word (names, ((const TwResource *) route->data)->path);
      add_fields (names, ((const TwResource *) route->data)->type ());
    }
  store_words (folder, "list.dict", names, list_words);
  store_words (folder, "route.dict", words, route_words);
}

int
main (int argc, char **argv)
{
  static const char *const targets[] = { "codec", "import", "list", "route" };

  g_assert_cmpint (argc, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *folder = g_build_filename (argv[1], targets[i], NULL);

      g_mkdir_with_parents (folder, 0755);
    }
  tw_areas_register ();
  make_documents (argv[1]);
  make_imports (argv[1]);
  make_routes (argv[1]);
  return g_file_set_contents (argv[2], "", 0, NULL) ? 0 : 1;
}
