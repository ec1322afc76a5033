/* json-text.h: JSON text written piece by piece into a GString
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A string literal with its quotes; @text is UTF-8. */
void tw_json_append_string (GString *out, const char *text);

/* An array of strings; NULL is the empty array. */
void tw_json_append_strings (GString *out, const char *const *strings);

G_END_DECLS
