/* access-routes.c: every route × role answers as the permission table says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/access.h"

#include <string.h>

static TwTestServer *server;

/* With a body that no route takes: whoever is let in is told what it lacks. */
static guint
knock (const TwRoute *route, const char *user, const char **text)
{
  g_autofree char *path = tw_access_fill_path (route->path, TW_ACCESS_NO_ID, "none");
  gboolean writes = !g_str_equal (route->method, "GET") && !g_str_equal (route->method, "DELETE");

  return tw_access_call (server, user, route->method, path, writes ? "{\"none\":1}" : NULL, text);
}

/* ---- By role ---- */

static gboolean
is_whole_list (const TwRoute *route)
{
  return g_str_equal (route->method, "GET") && route->answers_list && strchr (route->path, '{') == NULL;
}

static void
assert_answer (const TwRoute *route, const char *role)
{
  const char *text;
  guint status = knock (route, role, &text);
  gboolean may = tw_role_may (tw_role_from_key (role), route->permission);
  gboolean right;

  if (!may)
    right = status == 403 && strstr (text, route->permission) != NULL;
  else if (is_whole_list (route))
    right = status == 200;
  else if (strstr (route->path, "{id}") != NULL && g_str_equal (route->method, "GET"))
    right = status == 404;
  else
    right = status != 401 && status != 403 && status < 500;
  if (!right)
    g_error ("%s %s as %s, who %s %s: %u %s", route->method, route->path, role, may ? "has" : "lacks",
             route->permission, status, text);
}

static void
test_role (gconstpointer role)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->permission == NULL)
        continue;
      assert_answer (route, role);
      n++;
    }
  g_assert_cmpuint (n, >, 100);
}

/* ---- Nobody ---- */

static void
assert_closed (const TwRoute *route, const char *user)
{
  const char *text;
  guint status = knock (route, user, &text);

  if (status != 401)
    g_error ("%s %s as “%s”: %u %s", route->method, route->path, user, status, text);
}

/* Without a session only what is public answers, and that is two routes. */
static void
test_nobody (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n_public = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->flags & TW_ROUTE_PUBLIC)
        {
          n_public++;
          continue;
        }
      assert_closed (route, "Bearer ");
      assert_closed (route, "Bearer 0000000000000000000000000000000000000000000");
    }
  g_assert_cmpuint (n_public, ==, 2); /* signing in, and the description of the API */
}

/* ---- The route table itself ---- */

static gboolean
is_permission (const char *name)
{
  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    if (g_str_equal (row->permission, name))
      return TRUE;
  return FALSE;
}

/* Reading needs the permission to read, writing one to write. An action is the gate's to judge, by its own row. */
static gboolean
is_fitting (const TwRoute *route)
{
  gboolean reads = g_str_has_suffix (route->permission, ".read");

  if (g_str_equal (route->method, "GET") || strstr (route->path, "/actions/") != NULL)
    return reads;
  return !reads;
}

static void
test_table (void)
{
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->permission == NULL)
        continue;
      if (!is_permission (route->permission))
        g_error ("%s %s asks for %s, which no role has", route->method, route->path, route->permission);
      if (!is_fitting (route))
        g_error ("%s %s asks for no more than %s", route->method, route->path, route->permission);
    }
}

void
tw_access_add_routes (TwTestServer *company)
{
  server = company;
  g_test_add_func ("/access/routes/table", test_table);
  g_test_add_func ("/access/routes/nobody", test_nobody);
  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/access/routes/", tw_role_keys[i].key, NULL);

      g_test_add_data_func (path, tw_role_keys[i].key, test_role);
    }
}
