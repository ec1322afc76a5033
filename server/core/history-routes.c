/* history-routes.c: GET /X/{id}/history, newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/resource-private.h"

#include "server/core/change-mask.h"
#include "server/core/history-store.h"
#include "shared/document/change.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 500

static gboolean
read_number (TwRequest *request, const char *name, guint64 otherwise, guint64 max, guint64 *value, GError **error)
{
  const char *text = tw_request_query (request, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  *value = otherwise;
  if (!text || g_ascii_string_to_unsigned (text, 10, 1, max, value, NULL))
    return TRUE;
  return tw_error_fault (error, pointer, "out_of_range", _("This is a whole number from 1."));
}

static gboolean
write_page (TwContext *ctx, GListStore *changes, GType type, gint64 total, gboolean more, GString *out, GError **error)
{
  TwSecrets secrets = tw_context_get_secrets (ctx);
  TwChange *last = NULL;

  g_string_append (out, "{\"items\":[");
  for (guint i = 0; i < tw_record_count (changes); i++)
    {
      last = tw_record_nth (changes, i);
      if (!tw_change_mask (last, type, secrets, error))
        return FALSE;
      if (i > 0)
        g_string_append_c (out, ',');
      tw_codec_write (TW_RECORD (last), secrets, out);
    }
  g_string_append (out, "],\"next\":");
  if (more && last)
    g_string_append_printf (out, "\"%" G_GINT64_FORMAT "\"", last->parent.id);
  else
    g_string_append (out, "null");
  g_string_append_printf (out, ",\"total\":%" G_GINT64_FORMAT "}", total);
  return TRUE;
}

gboolean
tw_resource_history (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (GListStore) changes = g_list_store_new (tw_change_get_type ());
  g_autoptr (TwRecord) record = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint64 limit, after;
  gint64 id, total;

  if (!tw_request_param_id (request, "id", &id, error)
      || !read_number (request, "limit", DEFAULT_LIMIT, MAX_LIMIT, &limit, error)
      || !read_number (request, "after", 0, G_MAXINT64, &after, error))
    return FALSE;
  record = resource->load (ctx, id, FALSE, error); /* the record rule */
  if (!record
      || !tw_history_store_count (ctx->db, resource->document, id, &total, error)
      || !tw_history_store_read (ctx->db, resource->document, id, (gint64) after, (guint) limit + 1, changes, error))
    return FALSE;
  if (tw_record_count (changes) > limit)
    {
      g_list_store_remove (changes, (guint) limit);
      if (!write_page (ctx, changes, resource->type (), total, TRUE, out, error))
        return FALSE;
    }
  else if (!write_page (ctx, changes, resource->type (), total, FALSE, out, error))
    return FALSE;
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}
