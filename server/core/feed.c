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

gboolean
tw_feed_decide (TwPrincipal *who, const TwFeedEvent *event, gboolean *visible)
{
  const TwResource *resource = tw_resource_find (event->kind);
  g_autofree char *permission = g_strconcat (event->kind, ".read", NULL);

  *visible = tw_role_may (who->roles, permission);
  return !*visible || !resource || !resource->restrict_list || !resource->load;
}

gboolean
tw_feed_may_see (TwContext *ctx, const TwFeedEvent *event)
{
  const TwResource *resource;
  g_autoptr (TwRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gboolean visible;

  if (tw_feed_decide (ctx->who, event, &visible))
    return visible;
  resource = tw_resource_find (event->kind);
  record = resource->load (ctx, event->id, FALSE, &error);
  if (!record && !g_error_matches (error, TW_ERROR, TW_ERROR_NOT_FOUND)
      && !g_error_matches (error, TW_ERROR, TW_ERROR_FORBIDDEN))
    g_warning ("event %" G_GINT64_FORMAT " is not shown: %s", event->seq, error->message);
  return record != NULL;
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
