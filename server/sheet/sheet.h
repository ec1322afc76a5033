/* sheet.h: rows of cells, whatever kind of file they came in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file from outside may hold anything, so every reader keeps to the limits here.
 */
#pragma once

#include "shared/base/error.h"
#include "shared/base/sheet-type.h"

G_BEGIN_DECLS

#define TW_SHEET_MAX_ROWS 200000
#define TW_SHEET_MAX_COLUMNS 200
#define TW_SHEET_MAX_CELLS 2000000 /* in all: about 100 MB */
#define TW_SHEET_MAX_TEXT (64 * 1024 * 1024)

typedef struct
{
  guint number;     /* 1 is the first row of the file, its header */
  GPtrArray *cells; /* (element-type utf8), never NULL */
} TwSheetRow;

/* Whether an import takes a body of this media type. */
gboolean tw_sheet_is_type (const char *content_type);

/* The rows of the CSV text or of the first visible worksheet of the workbook; those without any text are left out, but
 * count. TW_ERROR_MALFORMED, TW_ERROR_TOO_LARGE. (element-type TwSheetRow) (transfer full) */
GPtrArray *tw_sheet_read (const char *content_type, GBytes *contents, GError **error);

/* ---- For readers ---- */

/* How much has been read. */
typedef struct
{
  gsize cells;
  gsize text;
} TwSheetSize;

GPtrArray *tw_sheet_new (void);
TwSheetRow *tw_sheet_row_new (guint number);
void tw_sheet_row_free (TwSheetRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSheetRow, tw_sheet_row_free)
/* Adds @row unless it is blank. Takes it in any case. TW_ERROR_TOO_LARGE. */
gboolean tw_sheet_take_row (GPtrArray *sheet, TwSheetRow *row, TwSheetSize *size, GError **error);

G_END_DECLS
