/* import.h: records from CSV text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header names the fields. Every row goes through the same strict codec and the same rules as a POST would.
 */
#pragma once

#include "server/core/resource.h"

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

/* Creates every row that can be created, in ctx's transaction; bad ones leave no trace but their faults. The caller
 * decides whether to keep the good ones. NULL when the text is no CSV, the header is wrong or the database fails. */
TwImportResult *tw_import_csv (TwContext *ctx, const TwResource *resource, const char *text, gsize length,
                               GError **error);

/* What makes records of a text, in ctx's transaction. */
typedef TwImportResult *(*TwImportFunc) (TwContext *ctx, gconstpointer data, const char *text, gsize length,
                                         GError **error);

/* The whole of a POST …/import[?dry_run=1][&store=good]: reads the CSV body, has @func import it, and answers. */
gboolean tw_import_serve (TwContext *ctx, TwRequest *request, TwReply *reply, TwImportFunc func, gconstpointer data,
                          GError **error);

G_END_DECLS
