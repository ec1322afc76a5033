/* import-dialog.h: reads a table into the server, after showing what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is first tried: every bad row is shown with its number, column and reason, and nothing is stored. Then all
 * rows are imported, or the good ones when the person wants that.
 */
#pragma once

#include <adwaita.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

#define TW_TYPE_IMPORT_DIALOG (tw_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwImportDialog, tw_import_dialog, TW, IMPORT_DIALOG, AdwWindow)

/* Signal: "imported" (guint stored): before it closes. */

/* @route: "/customers"; @type: the record of a row. */
TwImportDialog *tw_import_dialog_new (GtkWindow *parent, const char *route, GType type);
/* As if the file had been chosen: tries it. */
void tw_import_dialog_load (TwImportDialog *self, GFile *file);
/* As if the button had been pressed. */
void tw_import_dialog_import (TwImportDialog *self);

/* A bad row as the dialog lists it. */
struct _TwImportFault
{
  TwRecord parent;
  gint64 row; /* 1 is the first after the heading; 0: the heading or the whole file */
  char *column;
  char *detail;
};
TW_DECLARE_RECORD (TwImportFault, tw_import_fault)

G_END_DECLS
