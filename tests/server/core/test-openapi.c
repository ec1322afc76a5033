/* test-openapi.c: the description of the API, the numbers about the server, and its configuration
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <string.h>

#include "server/core/config.h"
#include "server/core/metrics.h"
#include "server/core/openapi.h"
#include "server/core/router.h"
#include "server/core/session.h"

static JsonNode *
describe (void)
{
  g_autofree char *text = tw_openapi_write ();
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (text, &error);

  g_assert_no_error (error);
  return root;
}

/* Every "$ref" below @node leads somewhere. */
static void
assert_references (JsonNode *node, JsonObject *schemas)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        assert_references (json_array_get_element (array, i), schemas);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *l = names; l; l = l->next)
        if (g_str_equal (l->data, "$ref"))
          g_assert_true (json_object_has_member (
            schemas, json_object_get_string_member (object, "$ref") + strlen ("#/components/schemas/")));
        else
          assert_references (json_object_get_member (object, l->data), schemas);
    }
}

static void
test_references (void)
{
  g_autoptr (JsonNode) root = describe ();
  JsonObject *components = json_object_get_object_member (json_node_get_object (root), "components");

  assert_references (root, json_object_get_object_member (components, "schemas"));
}

static void
test_every_route (void)
{
  g_autoptr (JsonNode) root = describe ();
  JsonObject *paths = json_object_get_object_member (json_node_get_object (root), "paths");
  const GPtrArray *routes = tw_router_get_routes ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (routes->len, >, 10);
  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      g_autofree char *method = g_ascii_strdown (route->method, -1);
      JsonObject *operation
        = json_object_get_object_member (json_object_get_object_member (paths, route->path), method);

      g_assert_nonnull (operation);
      g_assert_true (g_hash_table_add (ids, (gpointer) json_object_get_string_member (operation, "operationId")));
    }
}

static void
test_schema (void)
{
  g_autoptr (JsonNode) root = describe ();
  JsonObject *components = json_object_get_object_member (json_node_get_object (root), "components");
  JsonObject *schemas = json_object_get_object_member (components, "schemas");
  JsonObject *sample = json_object_get_object_member (schemas, "order");
  JsonObject *properties = json_object_get_object_member (sample, "properties");
  JsonObject *code = json_object_get_object_member (properties, "code");

  g_assert_cmpint (json_object_get_int_member (code, "maxLength"), ==, 20);
  g_assert_true (
    json_object_get_boolean_member (json_object_get_object_member (properties, "state"), "readOnly"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (sample, "required")), ==, 2);
}

static void
test_metrics (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  tw_metrics_reset ();
  tw_metrics_count ("requests_total", "status=\"200\"", 2);
  tw_metrics_count ("requests_total", "status=\"200\"", 1);
  tw_metrics_set ("connections", NULL, 7);
  tw_metrics_observe ("duration_seconds", NULL, 3000);
  tw_metrics_observe ("duration_seconds", NULL, 60000000);
  tw_metrics_write (out);
  g_assert_nonnull (strstr (out->str, "# TYPE requests_total counter\nrequests_total{status=\"200\"} 3\n"));
  g_assert_nonnull (strstr (out->str, "# TYPE connections gauge\nconnections{} 7\n"));
  g_assert_nonnull (strstr (out->str, "duration_seconds_bucket{le=\"0.002500\"} 0\n"));
  g_assert_nonnull (strstr (out->str, "duration_seconds_bucket{le=\"0.005000\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "duration_seconds_bucket{le=\"+Inf\"} 2\n"));
  g_assert_nonnull (strstr (out->str, "duration_seconds_sum{} 60.003000\nduration_seconds_count{} 2\n"));
}

/* ---- Configuration ---- */

static gboolean
load (const char *text, TwConfig *config, GError **error)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "server.conf", NULL);
  gboolean loaded;

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  loaded = tw_config_load (config, file, error);
  tw_test_folder_remove (folder);
  return loaded;
}

static void
test_config (void)
{
  g_autoptr (TwConfig) config = tw_config_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (load ("[server]\nlisten = 127.0.0.1:9\nworkers = 3\n[session]\nidle_minutes = 5\n"
                       "[database]\nurl = mariadb://a:b@c/d\n", config, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (config->listen, ==, "127.0.0.1:9");
  g_assert_cmpuint (config->workers, ==, 3);
  g_assert_cmpint (config->session_idle, ==, 300);
  g_assert_cmpstr (config->database, ==, "mariadb://a:b@c/d");
  g_assert_true (tw_config_check (config, &error));
}

static void
test_config_refused (void)
{
  static const char *const bad[] = { "[server]\nlistem = x\n", "[server]\nworkers = 0\n", "[server]\nworkers = many\n",
                                     "[sever]\nlisten = x\n", "listen\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (TwConfig) config = tw_config_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (load (bad[i], config, &error));
      g_assert_nonnull (error);
    }
}

static void
test_config_needs_tls (void)
{
  static const struct
  {
    const char *listen;
    gboolean fine;
  } cases[] = { { "127.0.0.1:1", TRUE }, { "[::1]:1", TRUE },   { "localhost:1", TRUE },
                { "0.0.0.0:1", FALSE },  { "10.1.1.1:1", FALSE }, { "example.org:1", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TwConfig) config = tw_config_new ();
      g_autoptr (GError) error = NULL;

      g_free (config->listen);
      config->listen = g_strdup (cases[i].listen);
      g_assert_cmpint (tw_config_check (config, &error), ==, cases[i].fine);
      g_clear_error (&error);
      config->tls_certificate = g_strdup ("cert.pem");
      g_assert_false (tw_config_check (config, &error)); /* half a pair */
      g_clear_error (&error);
      config->tls_key = g_strdup ("key.pem");
      g_assert_true (tw_config_check (config, &error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tw_sample_add_routes ();
  tw_session_add_routes ();
  tw_openapi_add_routes ();
  g_test_add_func ("/openapi/references", test_references);
  g_test_add_func ("/openapi/every-route", test_every_route);
  g_test_add_func ("/openapi/schema", test_schema);
  g_test_add_func ("/metrics/text", test_metrics);
  g_test_add_func ("/config/read", test_config);
  g_test_add_func ("/config/refused", test_config_refused);
  g_test_add_func ("/config/needs-tls", test_config_needs_tls);
  return g_test_run ();
}
