/* csv.h: RFC 4180 text, read and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/sheet/sheet.h"

G_BEGIN_DECLS

/* Splits @text (UTF-8, a byte order mark is passed over, LF or CRLF) into rows of cells; rows without any text are left
 * out, but count. TW_ERROR_MALFORMED names the row. (element-type TwSheetRow) (transfer full) */
GPtrArray *tw_csv_read (const char *text, gsize length, GError **error);

/* Appends one cell, quoted where needed. */
void tw_csv_append (GString *out, const char *cell);
/* The same for text that people wrote: a spreadsheet must never take it for a formula, so a leading = + - @ (also
 * wide) or control character gets an apostrophe before it. */
void tw_csv_append_guarded (GString *out, const char *cell);
/* Takes the apostrophe of tw_csv_append_guarded() off again: borrowed from @cell. */
const char *tw_csv_unguard (const char *cell);

G_END_DECLS
