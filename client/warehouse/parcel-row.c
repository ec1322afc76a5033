/* parcel-row.c: one parcel of a packing: weight, size, contents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/parcel-row.h"

#include <string.h>

#include "client/application.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/line-editor.h"
#include "shared/base/text.h"

struct _TwParcelRow
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkButton *remove_button;
  TwLineEditor *contents;
  GtkLabel *fault;

  TwParcel *parcel;
  GPtrArray *editors; /* borrowed */
};

enum
{
  REMOVED,
  CONTENTS_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwParcelRow, tw_parcel_row, ADW_TYPE_BIN)

static void
remove_clicked_cb (TwParcelRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
contents_edited_cb (TwParcelRow *self)
{
  g_signal_emit (self, signals[CONTENTS_EDITED], 0);
}

static void
tw_parcel_row_dispose (GObject *object)
{
  g_clear_object (&TW_PARCEL_ROW (object)->parcel);
  G_OBJECT_CLASS (tw_parcel_row_parent_class)->dispose (object);
}

static void
tw_parcel_row_finalize (GObject *object)
{
  g_clear_pointer (&TW_PARCEL_ROW (object)->editors, g_ptr_array_unref);
  G_OBJECT_CLASS (tw_parcel_row_parent_class)->finalize (object);
}

static void
tw_parcel_row_class_init (TwParcelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_parcel_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_parcel_row_finalize;
  signals[REMOVED]
    = g_signal_new ("removed", TW_TYPE_PARCEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONTENTS_EDITED]
    = g_signal_new ("contents-edited", TW_TYPE_PARCEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/warehouse/parcel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TwParcelRow, title);
  gtk_widget_class_bind_template_child (widget_class, TwParcelRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, TwParcelRow, contents);
  gtk_widget_class_bind_template_child (widget_class, TwParcelRow, fault);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, contents_edited_cb);
}

static void
tw_parcel_row_init (TwParcelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->editors = tw_editor_collect (GTK_WIDGET (self));
}

TwParcelRow *
tw_parcel_row_new (TwParcel *parcel)
{
  TwParcelRow *self = g_object_new (TW_TYPE_PARCEL_ROW, NULL);

  self->parcel = g_object_ref (parcel);
  for (guint i = 0; i < self->editors->len; i++)
    {
      tw_editor_set_editable (g_ptr_array_index (self->editors, i), TRUE);
      tw_editor_set_record (g_ptr_array_index (self->editors, i), TW_RECORD (parcel));
    }
  return self;
}

TwParcel *
tw_parcel_row_get_parcel (TwParcelRow *self)
{
  return self->parcel;
}

void
tw_parcel_row_set_place (TwParcelRow *self, guint number, gboolean several)
{
  g_autofree char *title = NULL;

  if (several)
    title = g_strdup_printf (_("Parcel %u"), number);
  gtk_label_set_label (self->title, several ? title : _("One parcel with everything"));
  gtk_widget_set_visible (GTK_WIDGET (self->remove_button), several);
  gtk_widget_set_visible (GTK_WIDGET (self->contents), several);
}

gboolean
tw_parcel_row_commit (TwParcelRow *self)
{
  gboolean good = TRUE;

  for (guint i = 0; i < self->editors->len; i++)
    good = tw_editor_commit (g_ptr_array_index (self->editors, i)) && good;
  return good;
}

static gboolean
show_at_editor (TwParcelRow *self, const char *rest, const char *detail)
{
  const char *name = rest[0] == '/' ? rest + 1 : rest;
  gsize length = strcspn (name, "/");

  for (guint i = 0; length > 0 && i < self->editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (self->editors, i);
      const char *field = tw_editor_get_field (editor);

      if (strlen (field) == length && strncmp (field, name, length) == 0)
        {
          tw_editor_show_fault (editor, name + length, detail);
          return TRUE;
        }
    }
  return FALSE;
}

void
tw_parcel_row_show_fault (TwParcelRow *self, const char *rest, const char *detail)
{
  gboolean placed = FALSE;

  if (detail == NULL)
    for (guint i = 0; i < self->editors->len; i++)
      tw_editor_show_fault (g_ptr_array_index (self->editors, i), "", NULL);
  else
    placed = show_at_editor (self, rest, detail);
  gtk_label_set_label (self->fault, detail != NULL && !placed ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), detail != NULL && !placed);
}
