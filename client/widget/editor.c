/* editor.c: a widget that shows one field of a record and lets people change it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/editor.h"

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (TwEditor, tw_editor, GTK_TYPE_WIDGET)

static void
tw_editor_default_init (TwEditorInterface *iface)
{
  signals[EDITED]
    = g_signal_new ("edited", TW_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

const char *
tw_editor_get_field (TwEditor *self)
{
  return TW_EDITOR_GET_IFACE (self)->get_field (self);
}

void
tw_editor_set_record (TwEditor *self, TwRecord *record)
{
  TW_EDITOR_GET_IFACE (self)->set_record (self, record);
}

void
tw_editor_set_editable (TwEditor *self, gboolean editable)
{
  TW_EDITOR_GET_IFACE (self)->set_editable (self, editable);
}

void
tw_editor_show_fault (TwEditor *self, const char *rest, const char *detail)
{
  TW_EDITOR_GET_IFACE (self)->show_fault (self, rest, detail);
}

gboolean
tw_editor_commit (TwEditor *self)
{
  return TW_EDITOR_GET_IFACE (self)->commit == NULL || TW_EDITOR_GET_IFACE (self)->commit (self);
}

void
tw_editor_emit_edited (TwEditor *self, const char *field)
{
  g_signal_emit (self, signals[EDITED], 0, field);
}

static void
collect (GtkWidget *widget, GPtrArray *found)
{
  if (TW_IS_EDITOR (widget))
    {
      g_ptr_array_add (found, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

GPtrArray *
tw_editor_collect (GtkWidget *root)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, found);
  return found;
}
