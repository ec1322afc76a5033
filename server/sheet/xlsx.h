/* xlsx.h: the cells of a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of Office Open XML (ISO/IEC 29500) only what carries values is read: no formulas (their stored results count), no
 * macros, no links, no DTD. Cells become what they mean: numbers plain decimals with the 15 digits that a spreadsheet
 * keeps, dates ISO, truth values true and false.
 */
#pragma once

#include "server/sheet/sheet.h"

G_BEGIN_DECLS

/* See tw_sheet_read(). */
GPtrArray *tw_xlsx_read (GBytes *contents, GError **error);

G_END_DECLS
