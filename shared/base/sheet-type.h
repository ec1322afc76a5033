/* sheet-type.h: what kind of table a file is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TW_SHEET_CSV "text/csv"
#define TW_SHEET_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* The media type of @contents by how it begins, whatever it is called: a workbook (also one that cannot be read: old or
 * with a password), else CSV. */
const char *tw_sheet_type_guess (GBytes *contents);
/* Whether @contents is a workbook of before 2007 or one with a password: neither can be read. */
gboolean tw_sheet_type_is_closed (GBytes *contents);

G_END_DECLS
