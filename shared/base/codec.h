/* codec.h: records to and from JSON, strictly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

typedef enum
{
  TW_CODEC_CREATE, /* a request body: unknown keys, server fields and missing required ones are faults */
  TW_CODEC_PATCH,  /* RFC 7396 merge patch: as CREATE, fixed fields refused, nothing required; null clears */
  TW_CODEC_ANSWER, /* from our server: every field is taken, unknown keys are passed over */
} TwCodecMode;

/* Reads @object into @record and marks the fields that were present. Every fault is
 * collected, each with its JSON pointer ("/lines/0/quantity"), before it returns FALSE; what
 * @record then holds is unspecified. A list in a patch replaces the list; its items are
 * read as CREATE, an item may name an `id` to keep its identity. */
gboolean tw_codec_read (TwRecord *record, JsonObject *object, TwCodecMode mode, GError **error);

/* Appends @record as a JSON object. Write-only fields and fields whose secret is not in @secrets are not
 * there; none is null. With @fields (NULL-terminated names) only those and id; @list leaves out
 * TW_ABSENT fields. Written straight from the table: no tree is built. */
void tw_codec_write (TwRecord *record, TwSecrets secrets, GString *out);
void tw_codec_write_item (TwRecord *record, TwSecrets secrets, const char *const *fields, GString *out);

/* A JSON string literal with its quotes; what a GString writer needs. */
void tw_codec_append_string (GString *out, const char *text);

/* Parses text that has passed json-scan; the root must be an object. (transfer full) */
JsonNode *tw_codec_parse (const char *text, gssize length, GError **error);

G_END_DECLS
