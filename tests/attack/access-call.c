/* access-call.c: thousands of requests, on a kept connection for as long as one person asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/access.h"

#include <string.h>

#include "tests/bench/wire.h"

#define BEARER "Bearer "

static BenchWire *wire;
static char *wire_user;

static void
connect_as (TwTestServer *server, const char *user)
{
  g_autofree char *token = g_str_has_prefix (user, BEARER) ? g_strdup (user + strlen (BEARER))
                                                           : tw_test_server_sign_in (server, user);

  tw_access_end_calls ();
  wire = bench_wire_new (tw_test_server_get_port (server), token);
  wire_user = g_strdup (user);
}

guint
tw_access_call (TwTestServer *server, const char *user, const char *method, const char *path, const char *body,
                const char **text)
{
  g_autofree char *full = g_strconcat ("/api/v1", path, NULL);
  guint status = 0;

  if (g_strcmp0 (user, wire_user) == 0)
    status = bench_wire_call (wire, method, full, body, NULL);
  if (status == 0) /* somebody else, or the server has closed an idle connection */
    {
      connect_as (server, user);
      status = bench_wire_call (wire, method, full, body, NULL);
    }
  if (status == 0)
    g_error ("no answer to %s %s", method, path);
  if (text != NULL)
    *text = bench_wire_get_body (wire);
  return status;
}

void
tw_access_end_calls (void)
{
  g_clear_pointer (&wire, bench_wire_free);
  g_clear_pointer (&wire_user, g_free);
}

const char *
tw_access_find_role (const char *permission)
{
  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    if (permission == NULL || tw_role_may (tw_role_from_key (tw_role_keys[i].key), permission))
      return tw_role_keys[i].key;
  return NULL;
}

char *
tw_access_fill_path (const char *path, const char *id, const char *word)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  for (guint i = 0; segments[i] != NULL; i++)
    if (segments[i][0] == '{')
      {
        const char *value = g_str_equal (segments[i], "{id}") ? id : word;

        g_free (segments[i]);
        segments[i] = g_strdup (value);
      }
  return g_strjoinv ("/", segments);
}
