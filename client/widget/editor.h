/* editor.h: a widget that shows one field of a record and lets people change it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A detail page finds the editors in its body by this interface: form rows, line editors, and an area's own.
 */
#pragma once

#include <gtk/gtk.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

#define TW_TYPE_EDITOR (tw_editor_get_type ())
G_DECLARE_INTERFACE (TwEditor, tw_editor, TW, EDITOR, GtkWidget)

/* Signal: "edited" (const char *field): the person changed the record's field; the record has the new value already. */
struct _TwEditorInterface
{
  GTypeInterface parent_iface;

  const char *(*get_field) (TwEditor *self); /* NULL: none at present */
  /* Shows @record (nullable) and follows it; writes go into it. */
  void (*set_record) (TwEditor *self, TwRecord *record);
  void (*set_editable) (TwEditor *self, gboolean editable);
  /* What the server refused; @rest is the pointer below the field ("" or "/0/quantity"); @detail NULL clears all. */
  void (*show_fault) (TwEditor *self, const char *rest, const char *detail);
  /* Takes over what is typed and not yet in the record; FALSE when it makes no sense (it then shows why). Nullable. */
  gboolean (*commit) (TwEditor *self);
};

const char *tw_editor_get_field (TwEditor *self);
void tw_editor_set_record (TwEditor *self, TwRecord *record);
void tw_editor_set_editable (TwEditor *self, gboolean editable);
void tw_editor_show_fault (TwEditor *self, const char *rest, const char *detail);
gboolean tw_editor_commit (TwEditor *self);
void tw_editor_emit_edited (TwEditor *self, const char *field);

/* All editors below @root, in the order of the widgets. (element-type TwEditor) (transfer container) */
GPtrArray *tw_editor_collect (GtkWidget *root);

G_END_DECLS
