/* access-entry.c: nobody writes what only the server, or somebody else, decides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every field that the tables give to the server alone is sent to every route that takes a body, in the document and in
 * each of its lines: it is refused by name. Nothing is stored: the change log does not grow.
 */
#include "tests/attack/access.h"

#include "server/core/resource-private.h"

static TwTestServer *server;

/* A value of the right type, so that nothing but the rule refuses it. */
static const char *
get_value (const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return "7";
    case TW_KIND_BOOL:
      return "true";
    case TW_KIND_DATE:
      return "\"2026-11-22\"";
    case TW_KIND_TIME:
      return "\"2026-11-22T08:00:00Z\"";
    case TW_KIND_STRINGS:
      return "[\"admin\"]";
    case TW_KIND_LIST:
      return "[{}]";
    case TW_KIND_JSON:
      return "{}";
    case TW_KIND_TEXT:
      return "\"Mine\"";
    case TW_KIND_KEY:
      return NULL; /* its table has them */
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      break;
    }
  return "\"1.00\"";
}

static void
append_member (GString *body, const TwField *field)
{
  const char *value = get_value (field);

  g_string_append (body, body->str[body->len - 1] == '{' ? "" : ",");
  if (value != NULL)
    g_string_append_printf (body, "\"%s\":%s", field->name, value);
  else
    g_string_append_printf (body, "\"%s\":\"%s\"", field->name, field->keys[0].key);
}

/* ---- What the server sets ---- */

/* In an item the id is its identity. */
static gboolean
is_servers (const TwField *field, gboolean item)
{
  return (field->flags & TW_SERVER) != 0 && !(item && g_str_equal (field->name, "id"));
}

/* An object of all that the server sets of @type, and of an item for each list that people fill. The faults that it
 * must get go to @pointers. */
static void
append_object (GString *body, GType type, const char *at, GPtrArray *pointers)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  g_string_append_c (body, '{');
  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      g_autofree char *inner = g_strdup_printf ("%s/%s/0", at, field->name);

      if (is_servers (field, *at != '\0'))
        {
          append_member (body, field);
          g_ptr_array_add (pointers, g_strconcat (at, "/", field->name, NULL));
        }
      else if (field->kind == TW_KIND_LIST)
        {
          g_string_append_printf (body, "%s\"%s\":[", body->str[body->len - 1] == '{' ? "" : ",", field->name);
          append_object (body, field->item (), inner, pointers);
          g_string_append_c (body, ']');
        }
    }
  g_string_append_c (body, '}');
}

static TwTestReply *
send (const TwRoute *route, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, tw_access_find_role (route->permission));
  g_autofree char *path = tw_access_fill_path (route->path, TW_ACCESS_NO_ID, "none");

  return tw_test_call (server, token, route->method, path, body, "If-Match", "\"1\"", NULL);
}

/* Returns how many fields were refused. */
static guint
try_route (const TwRoute *route)
{
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (TwTestReply) reply = NULL;

  append_object (body, route->body (), "", pointers);
  reply = send (route, body->str);
  g_test_message ("%s %s %s", route->method, route->path, body->str);
  for (guint i = 0; i < pointers->len; i++)
    tw_test_assert_problem (reply, 422, g_ptr_array_index (pointers, i));
  return pointers->len;
}

static char *
count_changes (void)
{
  return tw_company_query (server, "SELECT COUNT(*) FROM change_log WHERE action NOT LIKE 'sign%'");
}

static void
test_server_fields (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = count_changes (), *after = NULL;
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->body != NULL && route->permission != NULL)
        n += try_route (route);
    }
  g_test_message ("%u fields", n);
  g_assert_cmpuint (n, >, 300);
  after = count_changes ();
  g_assert_cmpstr (before, ==, after);
}

/* ---- In the arguments of actions ---- */

/* An action takes its own fields; what belongs to the document is unknown to it. */
static void
try_action (const TwResource *resource, const char *action)
{
  static const char *const members[] = { "total", "state", "author_id", "version", "number", "id", "approval_status",
                                         NULL };
  g_autofree char *path = g_strdup_printf ("/%s/" TW_ACCESS_NO_ID "/actions/%s", resource->path, action);
  g_autofree char *many = g_strdup_printf ("/%s/actions/%s", resource->path, action);
  g_autofree char *read = g_strconcat (resource->document, ".read", NULL);
  g_autofree char *list = g_strjoinv ("\":1,\"", (char **) members);
  g_autofree char *body = g_strdup_printf ("{\"%s\":1}", list);
  g_autofree char *crowd = g_strdup_printf ("{\"ids\":[1],\"%s\":1}", list);
  g_autoptr (TwTestReply) one = tw_company_post (server, tw_access_find_role (read), path, body);
  g_autoptr (TwTestReply) all = tw_company_post (server, tw_access_find_role (read), many, crowd);

  for (guint i = 0; members[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strconcat ("/", members[i], NULL);

      tw_test_assert_problem (one, 422, pointer);
      tw_test_assert_problem (all, 422, pointer);
    }
}

static void
test_arguments (void)
{
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    if (row->from != NULL && !(row->flags & TW_ACTION_SYSTEM)
        && g_hash_table_add (tried, g_strdup_printf ("%s %s", row->document, row->action)))
      try_action (tw_resource_find (row->document), row->action);
  g_assert_cmpuint (g_hash_table_size (tried), >, 30);
}

/* ---- In files ---- */

static TwTestReply *
import (const char *user, const char *path, const char *csv)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);

  return tw_test_call (server, token, "POST", path, csv, "Content-Type", "text/csv", NULL);
}

/* A column that the server fills is no column of a file. */
static void
try_columns (const TwRoute *route, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  for (guint i = 0; i < info->n_fields; i++)
    if (is_servers (&info->fields[i], FALSE))
      {
        g_autofree char *csv = g_strdup_printf ("%s\r\n1\r\n", info->fields[i].name);
        g_autofree char *pointer = g_strconcat ("/", info->fields[i].name, NULL);
        g_autoptr (TwTestReply) reply = import (tw_access_find_role (route->permission), route->path, csv);

        g_test_message ("%s %s", route->path, info->fields[i].name);
        tw_test_assert_problem (reply, 422, pointer);
      }
}

static void
test_columns (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      g_auto (GStrv) words = g_strsplit (route->path, "/", -1);

      if (!g_str_has_suffix (route->path, "/import"))
        continue;
      for (guint j = 0; j < routes->len; j++)
        {
          const TwRoute *list = g_ptr_array_index (routes, j);

          if (list->handler == tw_resource_list && g_str_equal (list->path + 1, words[1]))
            try_columns (route, ((const TwResource *) list->data)->type ());
        }
      n++;
    }
  g_assert_cmpuint (n, >=, 3);
}

/* ---- What others decide ---- */

/* One of the ways in which a contact writes an order. */
typedef struct
{
  const char *method;
  const char *path;
  const char *line; /* members of the line that it writes */
} OrderRoute;

/* @more: further members of the order; @line: of its only line. */
static void
assert_entry_refused (const OrderRoute *route, const char *more, const char *line, const char *pointer)
{
  gboolean changes = g_str_equal (route->method, "PATCH"); /* whose order it is cannot be changed */
  g_autofree char *token = tw_test_server_sign_in (server, "customer");
  g_autofree char *body = g_strdup_printf ("{%s%s\"lines\":[{%s%s}]}", changes ? "" : "\"customer\":\"ALFKI\",",
                                           more, route->line, line);
  g_autoptr (TwTestReply) reply
    = tw_test_call (server, token, route->method, route->path, body, changes ? "If-Match" : NULL, "\"1\"", NULL);

  g_test_message ("%s %s %s", route->method, route->path, body);
  tw_test_assert_problem (reply, 422, pointer);
}

/* Of an order a contact writes what is wanted and where to: neither prices nor terms nor what we say of it. */
static void
try_terms (const OrderRoute *route)
{
  static const char *const head[][2] = {
    { "channel", "\"phone\"" },  { "order_date", "\"2026-01-01\"" }, { "promised_date", "\"2026-12-01\"" },
    { "currency", "\"CNY\"" },   { "price_list", "\"STD\"" },        { "payment_term", "\"NET30\"" },
    { "freight", "\"0.00\"" },   { "special", "true" },              { "special_reason", "\"Cheap\"" },
    { "notes", "\"Cheap\"" },      { "valid_until", "\"2099-12-31\"" }, { "warehouse", "\"EAST\"" },
  };
  static const char *const line[][2] = {
    { "price", "\"0.01\"" },       { "discount", "\"1\"" },
    { "tax_class", "\"zero\"" },   { "promised_date", "\"2026-12-01\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    {
      g_autofree char *more = g_strdup_printf ("\"%s\":%s,", head[i][0], head[i][1]);
      g_autofree char *pointer = g_strconcat ("/", head[i][0], NULL);

      assert_entry_refused (route, more, "", pointer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (line); i++)
    {
      g_autofree char *more = g_strdup_printf (",\"%s\":%s", line[i][0], line[i][1]);
      g_autofree char *pointer = g_strconcat ("/lines/0/", line[i][0], NULL);

      assert_entry_refused (route, "", more, pointer);
    }
}

static char *
read_as_auditor (gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT, id);

  tw_test_assert_status (reply, 200);
  return g_strdup (reply->text);
}

/* Neither in a new order, nor by a change of an own one, be it of a line that it has or of a line put in its place, nor
 * to see what it would cost. */
static void
test_price_authority (void)
{
  static const char fresh[] = "\"product\":\"P-1\",\"quantity\":\"2\"";
  gint64 id = tw_company_enter (server, "customer", "ALFKI", "P-1:1");
  g_autoptr (TwTestReply) draft = tw_company_get (server, "customer", "/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *line_id = tw_company_value (draft, "lines.0.id");
  g_autofree char *known = g_strdup_printf ("\"id\":%s,%s", line_id, fresh);
  g_autofree char *own = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *own_check = g_strdup_printf ("/orders/check?order=%" G_GINT64_FORMAT, id);
  g_autofree char *log = count_changes (), *order = read_as_auditor (id);
  g_autofree char *log_after = NULL, *order_after = NULL;
  const OrderRoute routes[] = {
    { "POST", "/orders", fresh },         { "POST", "/orders/check", fresh }, { "POST", own_check, fresh },
    { "POST", own_check, known },         { "PATCH", own, fresh },            { "PATCH", own, known },
  };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    try_terms (&routes[i]);
  order_after = read_as_auditor (id);
  g_assert_cmpstr (order, ==, order_after);
  log_after = count_changes ();
  g_assert_cmpstr (log, ==, log_after);
  tw_company_change (server, "customer", "orders", id, "{\"po_reference\":\"Mine\"}"); /* it was open to change */
}

#define CUSTOMER "\"code\":\"GREED\",\"name\":\"Greed\",\"price_list\":\"STD\",\"payment_term\":\"NET30\",\"currency\":\"CNY\""

/* A rep says neither how much a customer may owe nor whose the customer is; by a file no more than by hand. */
static void
test_credit_authority (void)
{
  static const char csv[] = "code,name,price_list,payment_term,currency,credit_limit,sales_rep\r\n"
                            "GREED,Greed,STD,NET30,CNY,9999999,\r\n"
                            "GREED2,Greed,STD,NET30,CNY,,sales2\r\n";
  g_autoptr (TwTestReply) limit
    = tw_company_post (server, "sales", "/customers", "{" CUSTOMER ",\"credit_limit\":\"9999999\"}");
  g_autoptr (TwTestReply) rep
    = tw_company_post (server, "sales", "/customers", "{" CUSTOMER ",\"sales_rep\":\"sales2\"}");
  g_autoptr (TwTestReply) file = import ("sales", "/customers/import?store=good", csv);
  g_autofree char *stored = NULL;

  tw_test_assert_problem (limit, 422, "/credit_limit");
  tw_test_assert_problem (rep, 422, "/sales_rep");
  tw_test_assert_status (file, 200);
  g_assert_cmpint (tw_company_count (file, "errors"), ==, 2);
  stored = tw_company_query (server, "SELECT COUNT(*) FROM customer WHERE code LIKE 'GREED%'");
  g_assert_cmpstr (stored, ==, "0");
}

/* Nobody gives a role to themselves on the way to a new password. */
static void
test_own_roles (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, "warehouse");
  g_autoptr (TwTestReply) reply
    = tw_test_call (server, token, "PUT", "/session/password",
                    "{\"password\":\"" TW_TEST_PASSWORD "\",\"new_password\":\"" TW_TEST_PASSWORD "2\","
                    "\"roles\":[\"admin\"]}", NULL);
  g_autoptr (TwTestReply) session = tw_test_get (server, token, "/session");

  tw_test_assert_problem (reply, 422, "/roles");
  g_assert_null (strstr (session->text, "admin"));
}

void
tw_access_add_entry (TwTestServer *company)
{
  server = company;
  g_test_add_func ("/access/entry/server-fields", test_server_fields);
  g_test_add_func ("/access/entry/arguments", test_arguments);
  g_test_add_func ("/access/entry/columns", test_columns);
  g_test_add_func ("/access/entry/price-authority", test_price_authority);
  g_test_add_func ("/access/entry/credit-authority", test_credit_authority);
  g_test_add_func ("/access/entry/own-roles", test_own_roles);
}
