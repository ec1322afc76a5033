/* company.c: see company.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/scenario/company.h"

#include <string.h>

#include "shared/base/date.h"

/* ---- Calls as somebody ---- */

TwTestReply *
tw_company_get (TwTestServer *server, const char *user, const char *format, ...)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *path = NULL;
  va_list values;

  va_start (values, format);
  path = g_strdup_vprintf (format, values);
  va_end (values);
  return tw_test_get (server, token, path);
}

TwTestReply *
tw_company_post (TwTestServer *server, const char *user, const char *path, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);

  return tw_test_post (server, token, path, body);
}

TwTestReply *
tw_company_patch (TwTestServer *server, const char *user, const char *kind, gint64 id, gint64 version,
                  const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT, kind, id);

  return tw_test_patch (server, token, path, version, body);
}

TwTestReply *
tw_company_act (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT "/actions/%s", kind, id, action);

  return tw_company_post (server, user, path, body != NULL ? body : "{}");
}

static void
demand (TwTestReply *reply, guint status, const char *where, const char *what)
{
  if (reply->status != status)
    g_error ("%s: %s: wanted %u, got %u %s", where, what, status, reply->status, reply->text);
}

gint64
tw_company_create_at (TwTestServer *server, const char *user, const char *path, const char *body, const char *where)
{
  g_autoptr (TwTestReply) reply = tw_company_post (server, user, path, body);

  demand (reply, 201, where, path);
  return json_object_get_int_member (tw_test_reply_object (reply), "id");
}

void
tw_company_do_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                  const char *body, const char *where)
{
  g_autoptr (TwTestReply) reply = tw_company_act (server, user, kind, id, action, body);

  demand (reply, 200, where, action);
}

void
tw_company_change_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *body,
                      const char *where)
{
  g_autoptr (TwTestReply) read = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, kind, id);
  g_autoptr (TwTestReply) reply = NULL;

  demand (read, 200, where, kind);
  reply = tw_company_patch (server, user, kind, id,
                            json_object_get_int_member (tw_test_reply_object (read), "version"), body);
  demand (reply, 200, where, body);
}

void
tw_company_refuse_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                      const char *body, guint status, const char *words, const char *where)
{
  g_autoptr (TwTestReply) reply = tw_company_act (server, user, kind, id, action, body);

  demand (reply, status, where, action);
  if (words != NULL && strstr (reply->text, words) == NULL)
    g_error ("%s: %s: no “%s” in %s", where, action, words, reply->text);
}

/* ---- What is so ---- */

static JsonNode *
find_node (JsonNode *node, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);

  for (guint i = 0; node != NULL && parts[i] != NULL; i++)
    if (JSON_NODE_HOLDS_ARRAY (node))
      {
        guint64 index = g_ascii_strtoull (parts[i], NULL, 10);
        JsonArray *array = json_node_get_array (node);

        node = index < json_array_get_length (array) ? json_array_get_element (array, (guint) index) : NULL;
      }
    else
      node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), parts[i]) : NULL;
  return node;
}

char *
tw_company_value (TwTestReply *reply, const char *path)
{
  JsonNode *node = find_node (reply->json, path);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

gint64
tw_company_count (TwTestReply *reply, const char *path)
{
  JsonNode *node = find_node (reply->json, path);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return -1;
  return json_array_get_length (json_node_get_array (node));
}

void
tw_company_assert_at (TwTestServer *server, const char *where, const char *kind, gint64 id, ...)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, kind, id);
  const char *path;
  va_list pairs;

  demand (reply, 200, where, kind);
  va_start (pairs, id);
  while ((path = va_arg (pairs, const char *)) != NULL)
    {
      const char *expected = va_arg (pairs, const char *);
      g_autofree char *value = tw_company_value (reply, path);

      if (g_strcmp0 (value, expected) != 0)
        g_error ("%s: %s of %s %" G_GINT64_FORMAT " is “%s”, not “%s”: %s", where, path, kind, id, value, expected,
                 reply->text);
    }
  va_end (pairs);
}

char *
tw_company_get_stock (TwTestServer *server, const char *sku, const char *warehouse, const char *column)
{
  g_autoptr (TwTestReply) reply
    = tw_company_get (server, "auditor", "/stock?product=%s&warehouse=%s", sku, warehouse);
  g_autofree char *path = g_strconcat ("items.0.", column, NULL);

  demand (reply, 200, G_STRLOC, sku);
  return tw_company_value (reply, path);
}

void
tw_company_assert_stock_at (TwTestServer *server, const char *sku, const char *column, const char *expected,
                            const char *where)
{
  g_autofree char *value = tw_company_get_stock (server, sku, "MAIN", column);

  if (g_strcmp0 (value, expected) != 0)
    g_error ("%s: %s of %s is “%s”, not “%s”", where, column, sku, value, expected);
}

char *
tw_company_query (TwTestServer *server, const char *sql)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autofree char *query = g_strdup_printf ("SELECT CAST((%s) AS CHAR(4000)) AS value", sql);
  g_autoptr (TwStatement) s = tw_db_prepare (db, query);
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return g_strdup (tw_column_text (s, "value"));
}

void
tw_company_test_verify (gconstpointer data)
{
  static const char *const verify[] = { "verify", NULL };
  g_autofree char *output = NULL;

  if (tw_test_server_command ((TwTestServer *) data, verify, NULL, &output) != 0)
    g_error ("verify found:\n%s", output);
}

/* ---- Steps of sales ---- */

void
tw_company_add_product (TwTestServer *server, const char *sku, const char *price)
{
  g_autofree char *body = g_strdup_printf ("{\"sku\":\"%s\",\"name\":\"%s\",\"unit\":\"box\",\"price\":\"%s\","
                                           "\"cost\":\"0.50\",\"tax_class\":\"standard\",\"weight\":\"1\"}",
                                           sku, sku, price);

  tw_company_create (server, "planner", "/products", body);
}

static void
append_line (GString *out, const char *line)
{
  g_auto (GStrv) parts = g_strsplit_set (line, ":@%", -1);
  guint n = g_strv_length (parts);

  g_assert_cmpuint (n, >=, 2);
  g_string_append_printf (out, "%s{\"product\":\"%s\",\"quantity\":\"%s\"", out->str[out->len - 1] == '[' ? "" : ",",
                          parts[0], parts[1]);
  if (strchr (line, '@') != NULL)
    g_string_append_printf (out, ",\"price\":\"%s\"", parts[2]);
  if (strchr (line, '%') != NULL)
    g_string_append_printf (out, ",\"discount\":\"%s\"", parts[n - 1]);
  g_string_append_c (out, '}');
}

char *
tw_company_order_body (const char *customer, const char *lines, const char *more)
{
  g_auto (GStrv) items = g_strsplit (lines, " ", -1);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\"customer\":\"%s\",%s%s\"lines\":[", customer, more != NULL ? more : "",
                          more != NULL ? "," : "");
  for (guint i = 0; items[i] != NULL; i++)
    append_line (out, items[i]);
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

gint64
tw_company_enter (TwTestServer *server, const char *user, const char *customer, const char *lines)
{
  g_autofree char *body = tw_company_order_body (customer, lines, NULL);

  return tw_company_create (server, user, "/orders", body);
}

gint64
tw_company_release (TwTestServer *server, const char *lines)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", lines);

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "released");
  return id;
}

/* ---- Steps of warehouse and delivery ---- */

void
tw_company_receive (TwTestServer *server, const char *sku, const char *quantity)
{
  g_autofree char *body = g_strdup_printf ("{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"lines\":[{"
                                           "\"product\":\"%s\",\"quantity\":\"%s\"}]}",
                                           sku, quantity);

  tw_company_create (server, "warehouse", "/receipts", body);
}

gint64
tw_company_find_shipment (TwTestServer *server, gint64 order_id)
{
  g_autoptr (TwTestReply) reply
    = tw_company_get (server, "warehouse", "/shipments?order_id=%" G_GINT64_FORMAT "&sort=-id", order_id);
  g_autofree char *id = tw_company_value (reply, "items.0.id");

  demand (reply, 200, G_STRLOC, "shipments");
  g_assert_cmpstr (id, !=, "");
  return g_ascii_strtoll (id, NULL, 10);
}

void
tw_company_make_ready (TwTestServer *server, gint64 shipment_id)
{
  static const char *const steps[] = { "start_picking", "pick", "pack", "ready" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    tw_company_do (server, "warehouse", "shipments", shipment_id, steps[i], NULL);
}

void
tw_company_deliver (TwTestServer *server, gint64 shipment_id)
{
  tw_company_do (server, "dispatcher", "shipments", shipment_id, "dispatch",
                 "{\"carrier\":\"SPEEDY\",\"tracking_number\":\"SP 1\"}");
  tw_company_do (server, "dispatcher", "shipments", shipment_id, "deliver", "{\"receiver\":\"Maria Anders\"}");
}

gint64
tw_company_fulfil (TwTestServer *server, gint64 order_id)
{
  gint64 shipment = tw_company_find_shipment (server, order_id);

  tw_company_make_ready (server, shipment);
  tw_company_deliver (server, shipment);
  return shipment;
}

gint64
tw_company_add_trip (TwTestServer *server, const char *driver, gint64 shipment_id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "dispatcher", "/shipments/%" G_GINT64_FORMAT, shipment_id);
  g_autofree char *number = tw_company_value (reply, "number");
  g_autofree char *today = tw_date_format (tw_date_today ());
  g_autofree char *body = g_strdup_printf ("{\"trip_date\":\"%s\",\"driver\":\"%s\",\"stops\":[{\"shipment\":\"%s\"}]}",
                                           today, driver, number);

  return tw_company_create (server, "dispatcher", "/trips", body);
}

/* ---- Steps of finance ---- */

gint64
tw_company_draft_invoice (TwTestServer *server, gint64 order_id)
{
  g_autoptr (TwTestReply) order = tw_company_get (server, "finance", "/orders/%" G_GINT64_FORMAT, order_id);
  g_autofree char *number = tw_company_value (order, "number");
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);

  return tw_company_create (server, "finance", "/invoices", body);
}

gint64
tw_company_invoice (TwTestServer *server, gint64 order_id)
{
  gint64 id = tw_company_draft_invoice (server, order_id);

  tw_company_do (server, "finance", "invoices", id, "post", NULL);
  return id;
}

gint64
tw_company_record_payment (TwTestServer *server, const char *customer, const char *amount)
{
  g_autofree char *body = g_strdup_printf ("{\"customer\":\"%s\",\"method\":\"bank\",\"amount\":\"%s\","
                                           "\"reference\":\"B 1\"}",
                                           customer, amount);

  return tw_company_create (server, "finance", "/payments", body);
}

gint64
tw_company_take_money (TwTestServer *server, const char *customer, const char *amount)
{
  gint64 id = tw_company_record_payment (server, customer, amount);

  tw_company_do (server, "finance", "payments", id, "receive", NULL);
  return id;
}
