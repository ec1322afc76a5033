/* api-reply.h: what the server answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

/* A successful answer (2xx, 304). Immutable; shared by reference. */
typedef struct
{
  gatomicrefcount ref_count;
  guint status;
  char *etag;         /* nullable */
  char *location;     /* nullable */
  char *content_type; /* nullable, without parameters */
  JsonNode *json;     /* NULL when the body was empty or not JSON */
  GBytes *bytes;      /* the body as it came */
} TwApiReply;

/* Reads the body; takes nothing. NULL with TW_ERROR_INTERNAL when JSON was promised and did not come. */
TwApiReply *tw_api_reply_new (guint status, const char *content_type, GBytes *bytes, GError **error);
TwApiReply *tw_api_reply_ref (TwApiReply *reply);
void tw_api_reply_unref (TwApiReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwApiReply, tw_api_reply_unref)

/* The body's root object; NULL when it is none. (transfer none) */
JsonObject *tw_api_reply_get_object (TwApiReply *reply);
/* The body as a record of @type. (transfer full) */
TwRecord *tw_api_reply_read (TwApiReply *reply, GType type, GError **error);

/* Turns an answer of status >= 400 into the error it means: code by the problem's type, its sentence, its faults. */
void tw_api_reply_set_problem (guint status, const char *content_type, GBytes *bytes, GError **error);

G_END_DECLS
