/* test-resources.c: every list of every resource: sorted, filtered, searched, paged and exported in every way it offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lists are those that the server registers; what each offers is read from its own declaration.
 */
#include <string.h>

#include "server/areas.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "tests/fixture/company.h"


static TwTestServer *server;

/* The list, asked with @query; its answer has what every list answer has. */
static TwTestReply *
ask (const TwResource *resource, const char *user, const char *query)
{
  return tw_company_get (server, user, "/%s?%s", resource->path, query);
}

static void
assert_page (const TwResource *resource, const char *query)
{
  g_autoptr (TwTestReply) reply = ask (resource, "reader", query);

  if (reply->status != 200)
    g_error ("/%s?%s: %u %s", resource->path, query, reply->status, reply->text);
  g_assert_cmpint (tw_company_count (reply, "items"), >=, 0);
  g_assert_true (json_object_has_member (tw_test_reply_object (reply), "next"));
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (reply), "total"), >=, 0);
}

static void
assert_refused (const TwResource *resource, const char *user, const char *query, const char *pointer)
{
  g_autoptr (TwTestReply) reply = ask (resource, user, query);

  if (reply->status != 422)
    g_error ("/%s?%s: %u %s", resource->path, query, reply->status, reply->text);
  tw_test_assert_problem (reply, 422, pointer);
}

/* ---- Not empty ---- */

static void
test_filled (gconstpointer data)
{
  g_autoptr (TwTestReply) reply = ask (data, "reader", "limit=3");

  tw_test_assert_status (reply, 200);
  g_assert_cmpint (tw_company_count (reply, "items"), >, 0);
}

/* ---- Sorting and paging ---- */

/* Pages of two by cursor up to the fifth row: none twice, each as the first page of five has it. */
static void
walk (const TwResource *resource, const char *sort)
{
  g_autofree char *all_query = g_strdup_printf ("sort=%s&limit=5", sort);
  g_autoptr (TwTestReply) all = ask (resource, "reader", all_query);
  g_autofree char *query = g_strdup_printf ("sort=%s&limit=2", sort);
  gint64 n = tw_company_count (all, "items");
  gint64 seen = 0;

  if (all->status != 200)
    g_error ("/%s?%s: %u %s", resource->path, all_query, all->status, all->text);
  while (seen < n)
    {
      g_autoptr (TwTestReply) page = ask (resource, "reader", query);
      g_autofree char *next = tw_company_value (page, "next");
      gint64 here = tw_company_count (page, "items");

      if (page->status != 200)
        g_error ("/%s?%s: %u %s", resource->path, query, page->status, page->text);
      for (gint64 i = 0; i < here && seen + i < n; i++)
        {
          g_autofree char *wanted_path = g_strdup_printf ("items.%" G_GINT64_FORMAT ".id", seen + i);
          g_autofree char *path = g_strdup_printf ("items.%" G_GINT64_FORMAT ".id", i);
          g_autofree char *wanted = tw_company_value (all, wanted_path);
          g_autofree char *id = tw_company_value (page, path);

          if (!g_str_equal (wanted, id))
            g_error ("/%s sorted by %s: row %" G_GINT64_FORMAT " is %s, not %s", resource->path, sort, seen + i, id,
                     wanted);
        }
      seen += here;
      g_assert_true (here == 2 || seen >= n);
      g_free (query);
      query = g_strdup_printf ("sort=%s&limit=2&after=%s", sort, next);
    }
}

static TwTestReply *
ask_sorted (const TwResource *resource, const char *sort)
{
  g_autofree char *query = g_strdup_printf ("sort=%s&limit=500", sort);

  return ask (resource, "reader", query);
}

static gint64
get_id (TwTestReply *list, gint64 row)
{
  g_autofree char *path = g_strdup_printf ("items.%" G_GINT64_FORMAT ".id", row);
  g_autofree char *id = tw_company_value (list, path);

  return g_ascii_strtoll (id, NULL, 10);
}

/* Downwards the list is what it is upwards, from its end. */
static void
compare_directions (const TwResource *resource, const char *up_name, const char *down_name)
{
  g_autoptr (TwTestReply) up = ask_sorted (resource, up_name);
  g_autoptr (TwTestReply) down = ask_sorted (resource, down_name);
  gint64 n = tw_company_count (up, "items");

  g_assert_cmpint (n, ==, json_object_get_int_member (tw_test_reply_object (up), "total"));
  for (gint64 i = 0; i < n; i++)
    if (get_id (up, i) != get_id (down, n - 1 - i))
      g_error ("/%s sorted by %s is not %s from its end", resource->path, up_name, down_name);
}

static void
test_by_id (gconstpointer data)
{
  g_autoptr (TwTestReply) list = ask_sorted (data, "id");
  gint64 n = tw_company_count (list, "items");

  for (gint64 i = 1; i < n; i++)
    g_assert_cmpint (get_id (list, i - 1), <, get_id (list, i));
  compare_directions (data, "id", "-id");
}

static void
test_sort (gconstpointer data)
{
  const TwResource *resource = data;

  for (const TwListColumn *column = resource->list->columns; column->name != NULL; column++)
    if (column->flags & TW_COLUMN_SORT)
      {
        g_autofree char *down = g_strconcat ("-", column->name, NULL);

        walk (resource, column->name);
        walk (resource, down);
        compare_directions (resource, column->name, down);
      }
  walk (resource, resource->list->default_sort);
}

static void
test_page (gconstpointer data)
{
  assert_page (data, "offset=1&limit=1");
  assert_page (data, "offset=100000");
  assert_page (data, "limit=500");
  assert_page (data, "fields=id");
  assert_refused (data, "reader", "limit=501", "/limit");
  assert_refused (data, "reader", "limit=0", "/limit");
  assert_refused (data, "reader", "offset=-1", "/offset");
  assert_refused (data, "reader", "sort=nonsense", "/sort");
  assert_refused (data, "reader", "sort=id;DROP%20TABLE%20customer", "/sort");
  assert_refused (data, "reader", "nonsense=1", "/nonsense");
  assert_refused (data, "reader", "id.like=1", "/id.like");
  assert_refused (data, "reader", "fields=nonsense", "/fields");
}

/* One field alone, for which columns and joins are left out, is what it is among all. */
static void
compare_field (const TwResource *resource, TwTestReply *all, const char *name)
{
  g_autofree char *query = g_strconcat ("limit=5&fields=", name, NULL);
  g_autoptr (TwTestReply) alone = ask (resource, "reader", query);
  gint64 n = tw_company_count (all, "items");

  if (alone->status != 200)
    g_error ("/%s?%s: %u %s", resource->path, query, alone->status, alone->text);
  g_assert_cmpint (tw_company_count (alone, "items"), ==, n);
  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("items.%" G_GINT64_FORMAT ".%s", i, name);
      g_autofree char *wanted = tw_company_value (all, path);
      g_autofree char *value = tw_company_value (alone, path);

      if (!g_str_equal (wanted, value))
        g_error ("/%s?%s: row %" G_GINT64_FORMAT " has “%s”, not “%s”", resource->path, query, i, value, wanted);
    }
}

static void
test_fields (gconstpointer data)
{
  g_autoptr (TwTestReply) all = ask (data, "reader", "limit=5");
  JsonObject *item
    = json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (all), "items"), 0);
  g_autoptr (GList) names = json_object_get_members (item);

  for (GList *name = names; name; name = name->next)
    compare_field (data, all, name->data);
}

/* ---- Filters ---- */

/* Two values that a column of the kind can be compared with. */
static const char *const *
get_values (const TwField *field)
{
  static const char *const numbers[] = { "1", "2" }, *const dates[] = { "2026-11-22", "2020-01-01" },
                    *const times[] = { "2026-11-22T08:00:00Z", "2026-11-22" }, *const texts[] = { "a'b\\", "100%_" },
                    *const truths[] = { "true", "false" };

  switch (field->kind)
    {
    case TW_KIND_INT:
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return numbers;
    case TW_KIND_DATE:
      return dates;
    case TW_KIND_TIME:
      return times;
    case TW_KIND_BOOL:
      return truths;
    default:
      return texts;
    }
}

static void
filter_by (const TwResource *resource, const TwField *field)
{
  static const char *const operators[] = { "", ".ne", ".lt", ".le", ".gt", ".ge" };
  const char *const *values = get_values (field);
  const char *one = field->kind == TW_KIND_KEY ? field->keys[0].key : values[0];
  const char *other = field->kind == TW_KIND_KEY ? field->keys[1].key : values[1];
  g_autofree char *escaped = g_uri_escape_string (one, NULL, FALSE);
  g_autofree char *other_escaped = g_uri_escape_string (other, NULL, FALSE);
  g_autofree char *in = g_strdup_printf ("%s.in=%s,%s", field->name, escaped, other_escaped);
  g_autofree char *null = g_strconcat (field->name, "=null", NULL);
  g_autofree char *not_null = g_strconcat (field->name, ".ne=null", NULL);
  g_autofree char *empty = g_strconcat (field->name, "=", NULL);
  g_autofree char *pointer = g_strconcat ("/", field->name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      g_autofree char *query = g_strconcat (field->name, operators[i], "=", escaped, "&limit=2", NULL);

      assert_page (resource, query);
    }
  assert_page (resource, in);
  assert_page (resource, null);
  assert_page (resource, not_null);
  assert_refused (resource, "reader", empty, pointer);
  if (field->kind == TW_KIND_KEY)
    {
      g_autofree char *unknown = g_strconcat (field->name, "=nonsense", NULL);

      assert_refused (resource, "reader", unknown, pointer);
    }
}

/* What is not null and what is are all there is. */
static void
assert_complete (const TwResource *resource, const char *name)
{
  gint64 totals[3];
  static const char *const conditions[] = { "", "%s=null", "%s.ne=null" };

  for (guint i = 0; i < 3; i++)
    {
      g_auto (GStrv) parts = g_strsplit (conditions[i], "%s", 2);
      g_autofree char *query = g_strjoinv (name, parts);
      g_autoptr (TwTestReply) reply = ask (resource, "reader", i == 0 ? "limit=1" : query);

      totals[i] = json_object_get_int_member (tw_test_reply_object (reply), "total");
    }
  if (totals[0] != totals[1] + totals[2])
    g_error ("/%s: %s is null in %" G_GINT64_FORMAT " and not in %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " rows",
             resource->path, name, totals[1], totals[2], totals[0]);
}

static void
test_filter (gconstpointer data)
{
  const TwResource *resource = data;

  for (const TwListColumn *column = resource->list->columns; column->name != NULL; column++)
    if (column->flags & TW_COLUMN_FILTER)
      {
        filter_by (resource, tw_record_type_find (resource->list->type (), column->name));
        assert_complete (resource, column->name);
      }
}

static void
test_search (gconstpointer data)
{
  assert_page (data, "q=a");
  assert_page (data, "q=100%25_%27%20%5C%22%20%E5%8C%97%E4%BA%AC");
}

/* ---- Export ---- */

static void
test_export (gconstpointer data)
{
  const TwResource *resource = data;
  g_autoptr (TwTestReply) csv
    = tw_company_get (server, "reader", "/%s/export?format=csv&sort=%s", resource->path, resource->list->default_sort);
  g_autoptr (TwTestReply) xlsx = tw_company_get (server, "reader", "/%s/export?format=xlsx&q=a", resource->path);
  g_autoptr (TwTestReply) list = ask (resource, "reader", "limit=1");
  gint64 total = json_object_get_int_member (tw_test_reply_object (list), "total"), lines = 0;

  tw_test_assert_status (csv, 200);
  for (const char *p = csv->text; (p = strstr (p, "\r\n")) != NULL; p++)
    lines++;
  g_assert_cmpint (lines, ==, total + 1);
  tw_test_assert_status (xlsx, 200);
  g_assert_cmpint (xlsx->length, >, 1000);
}

/* ---- Secrets ---- */

/* Somebody who may read the list and not @secret; NULL when there is nobody. */
static const char *
find_outsider (const TwResource *resource, TwSecrets secret)
{
  g_autofree char *permission = g_strconcat (resource->document, ".read", NULL);

  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    {
      TwRoles role = tw_role_from_key (tw_role_keys[i].key);

      if (tw_role_may (role, permission) && (tw_role_get_secrets (role) & secret) == 0)
        return tw_role_keys[i].key;
    }
  return NULL;
}

static gboolean
has_secrets (const TwResource *resource)
{
  const TwRecordInfo *info = tw_record_type_get_info (resource->list->type ());

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].secret != TW_SECRET_NONE && find_outsider (resource, info->fields[i].secret) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_closed (const TwResource *resource, const char *outsider, const char *name)
{
  g_autofree char *sort = g_strconcat ("sort=", name, NULL);
  g_autofree char *greater = g_strconcat (name, ".gt=1", NULL);
  g_autofree char *greater_pointer = g_strconcat ("/", name, ".gt", NULL);
  g_autofree char *fields = g_strconcat ("fields=id,", name, NULL);

  assert_refused (resource, outsider, sort, "/sort");
  assert_refused (resource, outsider, greater, greater_pointer);
  assert_refused (resource, outsider, fields, "/fields");
}

static void
assert_not_exported (const TwResource *resource, const char *outsider, const char *name)
{
  g_autoptr (TwTestReply) csv = tw_company_get (server, outsider, "/%s/export?format=csv", resource->path);
  g_auto (GStrv) lines = g_strsplit (csv->text, "\r\n", 2);
  g_auto (GStrv) columns = g_strsplit (lines[0], ",", -1);

  tw_test_assert_status (csv, 200);
  g_assert_false (g_strv_contains ((const char *const *) columns, name));
}

/* No secret orders or filters a list, or is asked for by name, or stands in what is exported. */
static void
test_secrets (gconstpointer data)
{
  const TwResource *resource = data;
  const TwRecordInfo *info = tw_record_type_get_info (resource->list->type ());

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      const char *outsider = field->secret != TW_SECRET_NONE ? find_outsider (resource, field->secret) : NULL;

      if (outsider == NULL)
        continue;
      assert_closed (resource, outsider, field->name);
      assert_not_exported (resource, outsider, field->name);
    }
}

/* ---- All of them ---- */

static void
add (const TwResource *resource, const char *name, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/resources/%s/%s", resource->path, name);

  g_test_add_data_func (path, resource, function);
}

static void
add_all (const TwResource *resource)
{
  add (resource, "filled", test_filled);
  add (resource, "by-id", test_by_id);
  add (resource, "sort", test_sort);
  add (resource, "page", test_page);
  add (resource, "fields", test_fields);
  add (resource, "filter", test_filter);
  add (resource, "search", test_search);
  add (resource, "export", test_export);
  if (has_secrets (resource))
    add (resource, "secrets", test_secrets);
}

int
main (int argc, char **argv)
{
  const GPtrArray *routes;
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_company_fill (server);
  tw_test_server_add_user (server, "reader",
                           "sales_manager,approver,planner,warehouse,quality,dispatcher,finance_manager,auditor,admin");
  routes = tw_router_get_routes ();
  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->handler == tw_resource_list)
        add_all (route->data);
    }
  g_test_add_data_func ("/resources/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
