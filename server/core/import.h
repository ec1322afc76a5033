/* import.h: records from tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header names the fields. Every row goes through the same strict codec and the same rules as a POST would.
 */
#pragma once

#include "server/core/resource.h"
#include "server/sheet/sheet.h"

G_BEGIN_DECLS

typedef struct
{
  guint row;    /* as a spreadsheet counts: the header is row 1 */
  char *column; /* "" when the whole row is meant */
  char *code;
  char *detail;
} TwImportFault;

typedef struct
{
  guint rows;         /* below the header */
  guint good;         /* could be stored */
  GPtrArray *faults;  /* (element-type TwImportFault) */
} TwImportResult;

TwImportResult *tw_import_result_new (void);
/* All text is copied. */
void tw_import_result_add (TwImportResult *result, guint row, const char *column, const char *code, const char *detail);
void tw_import_result_free (TwImportResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwImportResult, tw_import_result_free)

/* The field of @type that a column headed @name means: by its name or, as people read it, by its label; NULL when there
 * is none that can be imported. */
const TwField *tw_import_find_field (GType type, const char *name);

/* What makes records of the rows of a table, the first of which is the header, in ctx's transaction: every one that can
 * be made; bad ones leave no trace but their faults. NULL when the header is wrong or the database fails. */
typedef TwImportResult *(*TwImportFunc) (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error);

/* The whole of a POST …/import[?dry_run=1][&store=good]: reads the CSV or XLSX body, has @func import it, and
 * answers. */
gboolean tw_import_serve (TwContext *ctx, TwRequest *request, TwReply *reply, TwImportFunc func, gconstpointer data,
                          GError **error);
/* The TwImportFunc of a resource (@data): one record a row. */
TwImportResult *tw_import_rows (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error);

G_END_DECLS
