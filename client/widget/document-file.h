/* document-file.h: a document of the server as a file, opened in the program that the desktop has for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Reads @path ("/invoices/3/pdf") into a file of its own below the user's temporary files and opens it. @name without
 * folders: "INV-000012.pdf". What goes wrong is told in @widget's window; nothing happens when the widget is gone by
 * then. */
void tw_document_file_open (GtkWidget *widget, const char *path, const char *name);

/* Only fetches it. The finish function gives the file. (transfer full) */
void tw_document_file_fetch_async (const char *path, const char *name, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GFile *tw_document_file_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
