/* api.h: the one way to the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SoupSession with a token and a base URL. Paths are below /api/v1 and begin with '/': "/orders/1".
 * Everything here belongs to the main thread. Errors of the finish functions:
 *  - TW_ERROR with the server's sentence and, for TW_ERROR_INVALID, its faults (tw_error_get_faults());
 *  - TW_ERROR_UNAVAILABLE with a plain sentence when the server cannot be reached;
 *  - TW_ERROR_STALE when If-Match named an old version;
 *  - G_IO_ERROR_CANCELLED, which is never shown.
 */
#pragma once

#include "client/net/api-reply.h"

G_BEGIN_DECLS

#define TW_TYPE_API (tw_api_get_type ())
G_DECLARE_FINAL_TYPE (TwApi, tw_api, TW, API, GObject)

/* Signals: "session-expired" () after a 401 to a call that carried a token.
 * Properties: "reachable" (boolean): whether the last call got through to the server. */
TwApi *tw_api_new (const char *server);

/* "http://127.0.0.1:8080", without a trailing slash. */
const char *tw_api_get_server (TwApi *self);
/* FALSE with TW_ERROR_INVALID when @server is no http or https URL, or plain http to another machine. */
gboolean tw_api_set_server (TwApi *self, const char *server, GError **error);
void tw_api_set_token (TwApi *self, const char *token);
/* For messages in the reader's language: "zh_CN". */
void tw_api_set_language (TwApi *self, const char *language);
gboolean tw_api_is_reachable (TwApi *self);
/* Calls under way: what a test waits for to be none. */
guint tw_api_count_pending (TwApi *self);

/* @body: JSON, nullable, copied. @version: sent as If-Match, 0 for none. @key: the Idempotency-Key of a POST, PATCH
 * or DELETE; NULL makes a new one. Give the same key again when the same is tried again after TW_ERROR_UNAVAILABLE.
 * A broken connection is tried once more with the same key before it is reported. */
void tw_api_call_async (TwApi *self, const char *method, const char *path, GString *body, gint64 version,
                        const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* POST a table, CSV or XLSX; finished by tw_api_call_finish() like any call. */
void tw_api_upload_sheet_async (TwApi *self, const char *path, GBytes *sheet, const char *key,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
TwApiReply *tw_api_call_finish (TwApi *self, GAsyncResult *result, GError **error);

void tw_api_get_async (TwApi *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);

/* One document: GET @path as a record of @type. @raw (nullable, transfer full): the answer, for what is no field. */
void tw_api_get_record_async (TwApi *self, GType type, const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* Stores: POST @path when record->id is 0, else PATCH @path/ID with If-Match of record->version.
 * @fields: NULL-terminated names to send, NULL for all that a client may set. */
void tw_api_write_async (TwApi *self, TwRecord *record, const char *path, const char *const *fields, const char *key,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* POST @path with a body that is no record of what it makes (a request to invoice); the answer is a record of @type. */
void tw_api_create_async (TwApi *self, GType type, const char *path, GString *body, const char *key,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* POST @path/@id/actions/@action. @arguments: JSON object, nullable, copied. The answer is a record of @type. */
void tw_api_act_async (TwApi *self, GType type, const char *path, gint64 id, const char *action, GString *arguments,
                       const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Of those above: the document as the server now has it. (transfer full) */
TwRecord *tw_api_record_finish (TwApi *self, GAsyncResult *result, TwApiReply **raw, GError **error);

/* Appends `?name=value` or `&name=value` with @value escaped; does nothing when @value is NULL or "". */
void tw_api_append_query (GString *path, const char *name, const char *value);

G_END_DECLS
