/* change-dialog.h: one entry of the audit log, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/change.h"

G_BEGIN_DECLS

#define TW_TYPE_CHANGE_DIALOG (tw_change_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwChangeDialog, tw_change_dialog, TW, CHANGE_DIALOG, AdwWindow)

TwChangeDialog *tw_change_dialog_new (GtkWindow *parent, TwChange *change);

/* A field as the dialog shows it. */
struct _TwFieldChange
{
  TwRecord parent;
  char *field;
  char *before;
  char *after;
};
TW_DECLARE_RECORD (TwFieldChange, tw_field_change)

G_END_DECLS
