/* idempotency.c: see idempotency.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/idempotency.h"

#include "server/core/idempotency-store.h"

#include <string.h>

/* The keys that this process is working on. Twins that meet in different processes wait for each other on the row. */
static GMutex running_mutex;
static GHashTable *running;

static char *
running_name (TwPrincipal *who, const char *key)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", who->user_id, key);
}

static void
add_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
}

/* What makes two requests the same: where to, of which version, and with what; of a password, no quick digest may lie
 * about. */
static void
digest (const TwRoute *route, TwRequest *request, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GHashTable *query = tw_request_get_query (request);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (query), (GCompareFunc) strcmp);
  GBytes *body = tw_request_get_body (request);
  gint64 version = tw_request_get_version (request);
  gsize length = TW_HASH_BYTES;

  add_text (sum, tw_request_get_method (request));
  add_text (sum, tw_request_get_path (request));
  for (GList *l = names; l; l = l->next)
    {
      add_text (sum, l->data);
      add_text (sum, g_hash_table_lookup (query, l->data));
    }
  add_text (sum, "");
  if (version != 0)
    g_checksum_update (sum, (const guchar *) &version, sizeof version);
  if (body && !(route->flags & TW_ROUTE_HASHING))
    g_checksum_update (sum, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_checksum_get_digest (sum, hash, &length);
}

gboolean
tw_idempotency_concerns (const TwRoute *route)
{
  return !(route->flags & (TW_ROUTE_READ | TW_ROUTE_PUBLIC)) && !g_str_equal (route->method, "PUT");
}

gboolean
tw_idempotency_enter (TwPrincipal *who, const char *key, GError **error)
{
  char *name = running_name (who, key);
  gboolean first;

  g_mutex_lock (&running_mutex);
  if (!running)
    running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  first = g_hash_table_add (running, name);
  g_mutex_unlock (&running_mutex);
  return first
         || tw_error_set (error, TW_ERROR_IN_PROGRESS,
                          _("The first request with this Idempotency-Key is still running."));
}

void
tw_idempotency_leave (TwPrincipal *who, const char *key)
{
  g_autofree char *name = running_name (who, key);

  g_mutex_lock (&running_mutex);
  g_hash_table_remove (running, name);
  g_mutex_unlock (&running_mutex);
}

gboolean
tw_idempotency_keep (TwContext *ctx, const TwRoute *route, TwRequest *request, TwReply *reply, GError **error)
{
  guint8 hash[TW_HASH_BYTES];
  g_autofree char *headers = NULL;

  if (tw_reply_get_refusal (reply))
    return TRUE;
  digest (route, request, hash);
  headers = tw_reply_dump_headers (reply);
  return tw_idempotency_store_insert (ctx, tw_request_get_key (request), hash, tw_reply_get_status (reply), headers,
                                      tw_reply_get_body (reply), error);
}

gboolean
tw_idempotency_recall (TwContext *ctx, const TwRoute *route, TwRequest *request, TwReply *reply, gboolean *found,
                       GError **error)
{
  guint8 hash[TW_HASH_BYTES], kept[TW_HASH_BYTES];
  g_autofree char *headers = NULL;
  g_autoptr (GBytes) body = NULL;
  guint status = 0;

  if (!tw_idempotency_store_find (ctx, tw_request_get_key (request), found, kept, &status, &headers, &body, error))
    return FALSE;
  if (!*found)
    return TRUE;
  digest (route, request, hash);
  if (memcmp (kept, hash, TW_HASH_BYTES) != 0)
    return tw_error_set (error, TW_ERROR_KEY_REUSED,
                         _("This Idempotency-Key was used before, for another request."));
  tw_reply_reset (reply);
  tw_reply_restore (reply, status, headers, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return TRUE;
}
