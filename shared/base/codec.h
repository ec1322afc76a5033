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
  TW_CODEC_ANSWER, /* from our server: every field is taken without limits, unknown keys are passed over */
} TwCodecMode;

/* Reads @object into @record and marks the fields that were present. Every fault is
 * collected, each with its JSON pointer ("/lines/0/quantity"), before it returns FALSE; what
 * @record then holds is unspecified. A list in a patch replaces the list; its items are
 * read as CREATE, an item may name an `id` (an integer > 0) to keep its identity. null, "" and [] are
 * none: in a CREATE as if the key were not there, else they clear the field and mark it present. */
gboolean tw_codec_read (TwRecord *record, JsonObject *object, TwCodecMode mode, GError **error);

/* Appends @record as a JSON object. Write-only fields and fields whose secret is not in @secrets are not
 * there; none is null, no strings are []. Written straight from the table: no tree is built. */
void tw_codec_write (TwRecord *record, TwSecrets secrets, GString *out);
/* Fields of a record type, chosen once for many records. */
typedef struct
{
  guint64 chosen[(TW_MAX_FIELDS + 63) / 64];
} TwFieldSet;
/* What an item of a list answer has: no TW_ABSENT fields, none whose secret is not in @secrets, and with @fields
 * (NULL-terminated names, or NULL) only those and id. */
void tw_field_set_init (TwFieldSet *set, GType type, TwSecrets secrets, const char *const *fields);
/* Appends the chosen fields of @record as a JSON object. */
void tw_codec_write_chosen (TwRecord *record, const TwFieldSet *set, TwSecrets secrets, GString *out);
/* Both, for a single record. */
void tw_codec_write_item (TwRecord *record, TwSecrets secrets, const char *const *fields, GString *out);

/* A JSON string literal with its quotes; what a GString writer needs. */
void tw_codec_append_string (GString *out, const char *text);

/* Checks the text by tw_json_scan() and parses it; the root must be an object. TW_ERROR_MALFORMED
 * otherwise. (transfer full) */
JsonNode *tw_codec_parse (const char *text, gssize length, GError **error);

G_END_DECLS
