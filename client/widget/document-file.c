/* document-file.c: a document of the server as a file, opened in the program that the desktop has for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/document-file.h"

#include <string.h>

#include "client/net/session.h"
#include "client/window.h"
#include "shared/base/text.h"

/* ---- Fetching ------------------------------------------------------------------------------------------------ */

/* A folder that only this person can look into. */
static GFile *
make_file (const char *name, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("tradewind-XXXXXX", error);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return NULL;
  path = g_build_filename (folder, name, NULL);
  return g_file_new_for_path (path);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
downloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  g_autoptr (GFile) file = reply != NULL ? make_file (g_task_get_task_data (task), &error) : NULL;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_file_replace_contents_bytes_async (file, reply->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

void
tw_document_file_fetch_async (const char *path, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (strchr (name, G_DIR_SEPARATOR) == NULL);

  g_task_set_source_tag (task, tw_document_file_fetch_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path, cancellable, downloaded_cb, task);
}

GFile *
tw_document_file_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Opening ------------------------------------------------------------------------------------------------- */

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    tw_window_notify (widget, _("There is no program on this computer to show the document."));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = tw_document_file_fetch_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *uri = NULL;

  if (file == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tw_window_notify (widget, error->message);
      return;
    }
  if (root == NULL)
    return;
  uri = g_file_get_uri (file);
  gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (widget));
}

void
tw_document_file_open (GtkWidget *widget, const char *path, const char *name)
{
  tw_document_file_fetch_async (path, name, NULL, fetched_cb, g_object_ref (widget));
}
