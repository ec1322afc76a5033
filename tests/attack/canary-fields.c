/* canary-fields.c: see canary-fields.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from the route table and the field tables: a hidden field that comes later has to be planted or to be excepted
 * here, and is asked for without a line here.
 */
#include "tests/attack/canary-fields.h"

#include <string.h>

#include "server/core/resource-private.h"
#include "server/sheet/csv.h"
#include "server/sheet/xlsx.h"
#include "tests/attack/access.h"

/* ---- Every hidden field is planted ---- */

typedef struct
{
  const char *field; /* "order.special" */
  const char *reason;
} Exception;

static const Exception exceptions[] = {
  { "order.special", "true or false: no value that nothing else has; looked for by its name" },
  { "shipment.has_exception", "true or false: no value that nothing else has; looked for by its name" },
  { "user.password", "never answered to anybody; the stored hash is looked for in all bytes" },
};

static gboolean
is_excepted (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (g_str_equal (exceptions[i].field, name))
      return TRUE;
  return FALSE;
}

static gboolean
is_hidden (const TwField *field)
{
  return field->secret != TW_SECRET_NONE || (field->flags & TW_WRITE_ONLY) != 0;
}

/* Adds the hidden fields of @type and of the records in its lists to @hidden. */
static void
collect_hidden (GType type, GHashTable *seen, GHashTable *hidden)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  if (!g_hash_table_add (seen, (gpointer) info))
    return;
  for (guint i = 0; i < info->n_fields; i++)
    {
      if (is_hidden (&info->fields[i]))
        g_hash_table_add (hidden, g_strdup_printf ("%s.%s", info->document, info->fields[i].name));
      if (info->fields[i].kind == TW_KIND_LIST)
        collect_hidden (info->fields[i].item (), seen, hidden);
    }
}

/* (element-type utf8) (transfer full) */
static GHashTable *
list_hidden (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  GHashTable *hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      const TwResource *resource = route->handler == tw_resource_list ? route->data : NULL;

      if (route->answer != NULL)
        collect_hidden (route->answer (), seen, hidden);
      if (resource != NULL && resource->type != NULL)
        collect_hidden (resource->type (), seen, hidden);
      if (resource != NULL)
        collect_hidden (resource->list->type (), seen, hidden);
    }
  return hidden;
}

void
tw_canary_assert_planted (GHashTable *planted)
{
  g_autoptr (GHashTable) hidden = list_hidden ();
  g_autoptr (GString) missing = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, hidden);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (planted, name) && !is_excepted (name))
      g_string_append_printf (missing, " %s", (const char *) name);
  if (missing->len > 0)
    g_error ("hidden, and neither planted nor excepted:%s", missing->str);
  /* An exception that has outlived its reason would hide what comes after it. */
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (!g_hash_table_contains (hidden, exceptions[i].field) || g_hash_table_contains (planted, exceptions[i].field))
      g_error ("%s needs no exception (%s)", exceptions[i].field, exceptions[i].reason);
}

/* ---- No list is asked by it ---- */

#define NO_FIELD "no_such_field"

/* Each with the field's name and a value. */
static const char *const ways[] = {
  "?sort=%s", "?sort=-%s", "?fields=id,%s", "?%s=%s", "?%s.ne=null", "?%s.lt=%s", "?%s.ge=%s", "?%s.in=%s",
  "/export?format=csv&sort=%s", "/export?format=csv&fields=%s", "/export?format=csv&%s=%s",
  "/export?format=xlsx&%s.gt=%s",
};

static const char *
pick_value (const TwField *field)
{
  if (field->kind == TW_KIND_KEY)
    return field->keys[0].key;
  return field->kind == TW_KIND_BOOL ? "true" : "1";
}

/* (transfer full) */
static char *
make_path (const char *list, const char *way, const char *name, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (way, "%s", 3);
  gboolean has_value = parts[1] != NULL && parts[2] != NULL;

  return g_strconcat (list, parts[0], name, parts[1], has_value ? value : "", has_value ? parts[2] : "", NULL);
}

/* What is answered there, but for the id of the request, and with @name as that of no field. (transfer full) */
static char *
ask (TwTestServer *server, const char *role, const char *path, const char *name, guint *status)
{
  g_autofree char *pointer = g_strconcat ("\"/", name, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *rest = NULL;
  const char *text;
  GString *problem;

  *status = tw_access_call (server, role, "GET", path, NULL, &text);
  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (text);
  json_object_remove_member (json_node_get_object (node), "instance");
  rest = json_to_string (node, FALSE);
  problem = g_string_new (rest);
  g_string_replace (problem, pointer, "\"/" NO_FIELD, 0);
  return g_string_free (problem, FALSE);
}

static void
assert_same_answer (TwTestServer *server, const char *role, const char *list, const char *way, const TwField *field)
{
  g_autofree char *path = make_path (list, way, field->name, pick_value (field));
  g_autofree char *nowhere = make_path (list, way, NO_FIELD, pick_value (field));
  guint status, wanted;
  g_autofree char *answer = ask (server, role, path, field->name, &status);
  g_autofree char *refusal = ask (server, role, nowhere, NO_FIELD, &wanted);

  g_assert_cmpuint (wanted, ==, 422);
  if (status != wanted || !g_str_equal (answer, refusal))
    g_error ("%s is answered %u %s to %s and %u %s to %s", role, status, answer, path, wanted, refusal, nowhere);
}

/* What is refused to the others is there to be asked: the list has the column. */
static void
assert_answered (TwTestServer *server, const char *role, const char *list, const TwListColumn *column,
                 const TwField *field)
{
  g_autofree char *sort = make_path (list, "?sort=%s", field->name, NULL);
  g_autofree char *filter = make_path (list, "?%s=%s", field->name, pick_value (field));

  if (column->flags & TW_COLUMN_SORT)
    g_assert_cmpuint (tw_access_call (server, role, "GET", sort, NULL, NULL), ==, 200);
  if (column->flags & TW_COLUMN_FILTER)
    g_assert_cmpuint (tw_access_call (server, role, "GET", filter, NULL, NULL), ==, 200);
}

static void
ask_for_secrets (TwTestServer *server, const char *role, const TwRoute *route, const TwList *list)
{
  const TwRecordInfo *info = tw_record_type_get_info (list->type ());
  TwSecrets secrets = tw_role_get_secrets (tw_role_from_key (role));

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].secret & ~secrets) != 0)
      for (guint j = 0; j < G_N_ELEMENTS (ways); j++)
        assert_same_answer (server, role, route->path, ways[j], &info->fields[i]);
  for (const TwListColumn *column = list->columns; column->name != NULL; column++)
    {
      const TwField *field = tw_record_type_find (list->type (), column->name);

      if (field != NULL && field->secret != TW_SECRET_NONE && (field->secret & ~secrets) == 0)
        assert_answered (server, role, route->path, column, field);
    }
}

void
tw_canary_assert_no_side_ways (TwTestServer *server, const char *role)
{
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->handler == tw_resource_list && tw_role_may (tw_role_from_key (role), route->permission))
        ask_for_secrets (server, role, route, ((const TwResource *) route->data)->list);
    }
}

/* ---- The columns of sheets ---- */

GPtrArray *
tw_canary_read_columns (const char *role, const char *path, GType type, const char *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tw_csv_read (csv, strlen (csv), &error);
  TwSecrets secrets = tw_role_get_secrets (tw_role_from_key (role));
  GPtrArray *names;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >, 0);
  names = g_ptr_array_ref (((TwSheetRow *) g_ptr_array_index (rows, 0))->cells);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const TwField *field = tw_record_type_find (type, name);

      if (field == NULL || (field->secret & ~secrets) != 0 || (field->flags & TW_WRITE_ONLY) != 0)
        g_error ("%s is shown the column %s in %s", role, name, path);
    }
  return names;
}

void
tw_canary_assert_same_columns (const char *role, const char *path, GType type, GPtrArray *names, TwTestReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (reply->text, reply->length);
  g_autoptr (GPtrArray) rows = tw_xlsx_read (bytes, &error);
  GPtrArray *labels;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >, 0);
  labels = ((TwSheetRow *) g_ptr_array_index (rows, 0))->cells;
  if (labels->len != names->len)
    g_error ("%s is shown %u columns in the workbook of %s and %u in its CSV", role, labels->len, path, names->len);
  for (guint i = 0; i < names->len; i++)
    {
      const TwField *field = tw_record_type_find (type, g_ptr_array_index (names, i));

      if (g_strcmp0 (field->label, g_ptr_array_index (labels, i)) != 0)
        g_error ("%s is shown the column “%s” for %s in the workbook of %s", role,
                 (const char *) g_ptr_array_index (labels, i), field->name, path);
    }
}

/* ---- Events ---- */

void
tw_canary_assert_event (const char *role, const char *text)
{
  static const char *const members[] = { "seq", "kind", "id", "version", "change", NULL };
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *event = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (event);
  const char *kind = json_object_get_string_member_with_default (event, "kind", "");
  g_autofree char *permission = g_strconcat (kind, ".read", NULL);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data))
      g_error ("%s hears the member %s in %s", role, (const char *) l->data, text);
  if (*kind != '\0' && !tw_role_may (tw_role_from_key (role), permission))
    g_error ("%s hears of a %s: %s", role, kind, text);
}
