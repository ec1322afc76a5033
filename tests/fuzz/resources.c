/* resources.c: see resources.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/resources.h"

#include "server/areas.h"
#include "server/core/router.h"

GPtrArray *
tw_fuzz_list_resources (TwHandler handler)
{
  GPtrArray *resources = g_ptr_array_new ();
  const GPtrArray *routes;

  tw_areas_register ();
  routes = tw_router_get_routes ();
  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->handler == handler)
        g_ptr_array_add (resources, (gpointer) route->data);
    }
  return resources;
}

const TwResource *
tw_fuzz_find_resource (GPtrArray *resources, const char *path)
{
  for (guint i = 0; i < resources->len; i++)
    if (g_str_equal (((const TwResource *) g_ptr_array_index (resources, i))->path, path))
      return g_ptr_array_index (resources, i);
  return g_ptr_array_index (resources, g_str_hash (path) % resources->len);
}
