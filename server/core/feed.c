/* feed.c: see feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/feed.h"

#include "server/core/feed-store.h"
#include "server/core/resource.h"
#include "server/core/seal.h"

void
tw_feed_event_free (TwFeedEvent *event)
{
  g_free (event->kind);
  g_free (event->change);
  g_free (event);
}

gboolean
tw_feed_fetch (TwDb *db, gint64 seq, guint limit, GPtrArray *events, GError **error)
{
  return tw_feed_store_read (db, seq, limit, events, error);
}

gboolean
tw_feed_get_last (TwDb *db, gint64 *seq, GError **error)
{
  TwSealHead head;

  if (!tw_seal_get_head (db, &head, error))
    return FALSE;
  *seq = head.seq;
  return TRUE;
}

/* ---- Who may see what ---- */

struct _TwFeedSight
{
  GPtrArray *events;
  GHashTable *kinds; /* kind → GHashTable of the ids that are visible, NULL: all of them */
};

static void
free_visible (gpointer visible)
{
  if (visible)
    g_hash_table_unref (visible);
}

TwFeedSight *
tw_feed_sight_new (GPtrArray *events)
{
  TwFeedSight *sight = g_new0 (TwFeedSight, 1);

  sight->events = events;
  sight->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_visible);
  return sight;
}

void
tw_feed_sight_free (TwFeedSight *sight)
{
  g_hash_table_unref (sight->kinds);
  g_free (sight);
}

static GArray *
collect_ids (TwFeedSight *sight, const char *kind)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < sight->events->len; i++)
    {
      const TwFeedEvent *event = g_ptr_array_index (sight->events, i);

      if (g_str_equal (event->kind, kind))
        g_array_append_val (ids, event->id);
    }
  return ids;
}

/* As the person's list would show them. What cannot be found out is not shown. */
static GHashTable *
find_visible (TwContext *ctx, TwFeedSight *sight, const TwResource *resource, const char *kind)
{
  GHashTable *visible = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) narrow = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ids = collect_ids (sight, kind);
  g_autoptr (TwListQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (narrow, (gpointer) "fields", (gpointer) "id");
  query = tw_list_query_parse (resource->list, narrow, tw_context_get_secrets (ctx), &error);
  if (query)
    resource->restrict_list (ctx, query);
  if (!query || !tw_list_find_visible (ctx->db, resource->list, query, ids, visible, &error))
    g_warning ("events of %s are not shown: %s", kind, error->message);
  return visible;
}

static GHashTable *
look_at (TwContext *ctx, TwFeedSight *sight, const char *kind)
{
  const TwResource *resource = tw_resource_find (kind);
  g_autofree char *permission = g_strconcat (kind, ".read", NULL);

  if (!tw_role_may (ctx->who->roles, permission))
    return g_hash_table_new (g_int64_hash, g_int64_equal);
  if (!resource || !resource->restrict_list || !resource->load)
    return NULL;
  return find_visible (ctx, sight, resource, kind);
}

gboolean
tw_feed_sight_has (TwContext *ctx, TwFeedSight *sight, const TwFeedEvent *event)
{
  gpointer visible;

  if (!g_hash_table_lookup_extended (sight->kinds, event->kind, NULL, &visible))
    {
      visible = look_at (ctx, sight, event->kind);
      g_hash_table_insert (sight->kinds, event->kind, visible);
    }
  return visible == NULL || g_hash_table_contains (visible, &event->id);
}

void
tw_feed_event_write (const TwFeedEvent *event, GString *out)
{
  g_string_append_printf (out, "{\"seq\":%" G_GINT64_FORMAT ",\"kind\":", event->seq);
  tw_codec_append_string (out, event->kind);
  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT ",\"version\":%" G_GINT64_FORMAT ",\"change\":", event->id,
                          event->version);
  tw_codec_append_string (out, event->change);
  g_string_append_c (out, '}');
}
