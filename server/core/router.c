/* router.c: see router.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/router.h"

/* One segment of paths: where its literal children and its parameter child lead. */
typedef struct _Node Node;
struct _Node
{
  GHashTable *children; /* literal → Node */
  Node *parameter;      /* nullable */
  GPtrArray *routes;    /* rows that end here, one a method */
};

/* Filled at start by one thread, constant afterwards. */
static Node *root;
static GPtrArray *all;

static void
node_free (gpointer data)
{
  Node *node = data;

  g_hash_table_unref (node->children);
  g_ptr_array_unref (node->routes);
  if (node->parameter)
    node_free (node->parameter);
  g_free (node);
}

static Node *
node_new (void)
{
  Node *node = g_new0 (Node, 1);

  node->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_free);
  node->routes = g_ptr_array_new ();
  return node;
}

static Node *
node_descend (Node *node, const char *segment)
{
  Node *child;

  if (segment[0] == '{')
    {
      if (!node->parameter)
        node->parameter = node_new ();
      return node->parameter;
    }
  child = g_hash_table_lookup (node->children, segment);
  if (!child)
    {
      child = node_new ();
      g_hash_table_insert (node->children, g_strdup (segment), child);
    }
  return child;
}

static const TwRoute *
node_find_method (Node *node, const char *method)
{
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;

  for (guint i = 0; i < node->routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (node->routes, i);

      if (g_str_equal (route->method, wanted))
        return route;
    }
  return NULL;
}

/* The node with rows for @segments from @at on; @values gets what parameters stood for. */
static Node *
node_walk (Node *node, GPtrArray *segments, guint at, GPtrArray *values)
{
  const char *segment;
  Node *next, *end = NULL;

  if (at == segments->len)
    return node->routes->len > 0 ? node : NULL;
  segment = g_ptr_array_index (segments, at);
  next = g_hash_table_lookup (node->children, segment);
  if (next)
    end = node_walk (next, segments, at + 1, values);
  if (end || !node->parameter || *segment == '\0')
    return end;
  g_ptr_array_add (values, (gpointer) segment);
  end = node_walk (node->parameter, segments, at + 1, values);
  if (!end)
    g_ptr_array_set_size (values, values->len - 1);
  return end;
}

static char *
list_methods (Node *node)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < node->routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (node->routes, i);

      if (out->len > 0)
        g_string_append (out, ", ");
      g_string_append (out, route->method);
    }
  return g_string_free (out, FALSE);
}

void
tw_router_add (const TwRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);
  TwRoute *copy = g_memdup2 (route, sizeof *route);
  Node *node;

  if (!root)
    root = node_new ();
  if (!all)
    all = g_ptr_array_new_with_free_func (g_free);
  node = root;
  for (guint i = 0; segments[i]; i++)
    node = node_descend (node, segments[i]);
  g_assert (!node_find_method (node, route->method));
  g_assert (route->permission || (route->flags & (TW_ROUTE_PUBLIC | TW_ROUTE_ANY_USER)));
  g_ptr_array_add (node->routes, copy);
  g_ptr_array_add (all, copy);
}

void
tw_router_add_table (const TwRoute *routes)
{
  for (; routes->method; routes++)
    tw_router_add (routes);
}

const TwRoute *
tw_router_find (TwRequest *request, char **allow, GError **error)
{
  g_autoptr (GPtrArray) segments = tw_request_split_path (request);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  const TwRoute *route;
  Node *node;

  *allow = NULL;
  node = segments && root ? node_walk (root, segments, 0, values) : NULL;
  if (!node)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is nothing at this address."));
      return NULL;
    }
  route = node_find_method (node, tw_request_get_method (request));
  if (!route)
    {
      *allow = list_methods (node);
      tw_error_set (error, TW_ERROR_METHOD, _("This address does not take the method %s."),
                    tw_request_get_method (request));
      return NULL;
    }
  tw_request_set_params (request, route->path, values);
  return route;
}

const GPtrArray *
tw_router_get_routes (void)
{
  if (!all)
    all = g_ptr_array_new_with_free_func (g_free);
  return all;
}

void
tw_router_clear (void)
{
  g_clear_pointer (&root, node_free);
  g_clear_pointer (&all, g_ptr_array_unref);
}
