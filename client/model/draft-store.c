/* draft-store.c: a journal of what was typed and not yet saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/model/draft-store.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Half a second of typing is what a crash may cost. */
#define WRITE_DELAY_MS 500

struct _TwDraftStore
{
  GObject parent_instance;

  char *directory;
  GHashTable *waiting; /* key → JSON text not yet on disk */
  guint write_source;
};

static TwDraftStore *default_store; /* main thread only */

G_DEFINE_FINAL_TYPE (TwDraftStore, tw_draft_store, G_TYPE_OBJECT)

static char *
make_path (TwDraftStore *self, const char *key)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strconcat (hash, ".json", NULL);

  return g_build_filename (self->directory, name, NULL);
}

static gboolean
write_cb (gpointer user_data)
{
  TwDraftStore *self = user_data;
  g_autoptr (GError) error = NULL;

  self->write_source = 0;
  if (!tw_draft_store_flush (self, &error))
    g_warning ("drafts are not safe: %s", error->message);
  return G_SOURCE_REMOVE;
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_ref (json_node_get_object (node));
}

static void
tw_draft_store_dispose (GObject *object)
{
  TwDraftStore *self = TW_DRAFT_STORE (object);

  g_clear_handle_id (&self->write_source, g_source_remove);
  if (self->waiting != NULL && g_hash_table_size (self->waiting) > 0)
    write_cb (self);
  G_OBJECT_CLASS (tw_draft_store_parent_class)->dispose (object);
}

static void
tw_draft_store_finalize (GObject *object)
{
  TwDraftStore *self = TW_DRAFT_STORE (object);

  g_hash_table_unref (self->waiting);
  g_free (self->directory);
  G_OBJECT_CLASS (tw_draft_store_parent_class)->finalize (object);
}

static void
tw_draft_store_class_init (TwDraftStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tw_draft_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_draft_store_finalize;
}

static void
tw_draft_store_init (TwDraftStore *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

TwDraftStore *
tw_draft_store_new (const char *directory)
{
  TwDraftStore *self = g_object_new (TW_TYPE_DRAFT_STORE, NULL);

  self->directory = directory != NULL ? g_strdup (directory)
                                      : g_build_filename (g_get_user_data_dir (), "tradewind", "drafts", NULL);
  return self;
}

TwDraftStore *
tw_draft_store_get_default (void)
{
  if (default_store == NULL)
    default_store = tw_draft_store_new (NULL);
  return default_store;
}

char *
tw_draft_store_make_key (const char *server, const char *user, const char *document, gint64 id)
{
  return g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT, server, user != NULL ? user : "", document, id);
}

void
tw_draft_store_keep (TwDraftStore *self, const char *key, const char *draft)
{
  g_hash_table_insert (self->waiting, g_strdup (key), g_strdup (draft));
  if (self->write_source == 0)
    self->write_source = g_timeout_add (WRITE_DELAY_MS, write_cb, self);
}

JsonObject *
tw_draft_store_recall (TwDraftStore *self, const char *key)
{
  const char *waiting = g_hash_table_lookup (self->waiting, key);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (waiting != NULL)
    return parse (waiting);
  path = make_path (self, key);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return parse (text);
}

void
tw_draft_store_forget (TwDraftStore *self, const char *key)
{
  g_autofree char *path = make_path (self, key);

  g_hash_table_remove (self->waiting, key);
  if (g_unlink (path) != 0 && errno != ENOENT)
    g_warning ("%s: %s", path, g_strerror (errno));
}

gboolean
tw_draft_store_flush (TwDraftStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer key, text;

  g_clear_handle_id (&self->write_source, g_source_remove);
  if (g_hash_table_size (self->waiting) > 0 && g_mkdir_with_parents (self->directory, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", self->directory,
                   g_strerror (errno));
      return FALSE;
    }
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      g_autofree char *path = make_path (self, key);

      if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return FALSE;
      g_hash_table_iter_remove (&iter);
    }
  return TRUE;
}
