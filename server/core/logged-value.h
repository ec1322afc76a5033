/* logged-value.h: a value of a document as a change of the audit log keeps it, without parsing the whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Millions of changes are looked through, of which most do not have what is looked for.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a member begins after its first quote: TW_LOGGED_KEY ("state"). */
#define TW_LOGGED_KEY(name) name "\":"

/* Where the value of the member @key of the JSON object @json (nullable) begins: of the object itself, not of one
 * inside. NULL when it has none. */
const char *tw_logged_value_find (const char *json, const char *key);

/* Copies the text or number that begins at @value, shortened to @size; FALSE when it is null. Keys and numbers have
 * nothing escaped. */
gboolean tw_logged_value_copy (const char *value, char *text, gsize size);

G_END_DECLS
