/* json-scan.h: the strict check of JSON text before any parser sees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 8259 and nothing more. json-glib 1.6 accepts comments and single quotes, cuts strings at
 * \u0000, keeps the last of duplicate keys, wraps 2^63 and overflows its stack on nesting; what
 * passes here has none of these.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TW_JSON_MAX_DEPTH 32
#define TW_JSON_MAX_MEMBERS 256

/* Checks: one value, UTF-8, depth, members an object, no duplicate key, no U+0000, integers within
 * int64, numbers finite. Linear in time, no allocation but the key set. TW_ERROR_MALFORMED with
 * the byte offset otherwise. */
gboolean tw_json_scan (const char *text, gsize length, GError **error);

G_END_DECLS
