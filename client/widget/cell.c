/* cell.c: one field of one record, to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/cell.h"

#include "client/widget/status-pill.h"

/* A row of a list that has not come yet. Records without an id of their own (a tax of a document) always have. */
static gboolean
is_placeholder (TwRecord *record)
{
  return record->id == 0 && record->version == 0 && tw_record_find (record, "id") != NULL;
}

/* A column that takes the rest still says something where there is no rest. */
#define LEAST_CHARS 8

struct _TwCell
{
  GtkWidget parent_instance;

  GtkWidget *face; /* NULL until the cell is first shown */

  TwListColumn *column;
  const TwField *field;
  TwRecord *record;
  gulong handler;
};

G_DEFINE_FINAL_TYPE (TwCell, tw_cell, GTK_TYPE_WIDGET)

gboolean
tw_field_is_status (const TwField *field)
{
  return field->kind == TW_KIND_KEY
         && (g_str_equal (field->name, "state") || g_str_equal (field->name, "status") || g_str_equal (field->name,
                                                                                                       "hold")
             || g_str_equal (field->name, "result") || g_str_has_suffix (field->name, "_status"));
}

/* ---- The face ------------------------------------------------------------------------------------------------ */

static GtkWidget *
create_label (TwListColumn *column, const TwField *field)
{
  gboolean number = field != NULL && tw_field_is_number (field);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", number ? 1.0 : 0.0,
                                   "single-line-mode", TRUE, NULL);

  if (number || (field != NULL && (field->kind == TW_KIND_DATE || field->kind == TW_KIND_TIME)))
    gtk_widget_add_css_class (label, "numeric");
  if (tw_list_column_get_expand (column))
    gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARS);
  if (tw_list_column_get_strong (column))
    gtk_widget_add_css_class (label, "strong");
  if (tw_list_column_get_dim (column))
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

GtkWidget *
tw_cell_face_new (GtkWidget *cell, TwListColumn *column, const TwField *field)
{
  GtkWidget *face = field != NULL && tw_field_is_status (field) ? g_object_new (TW_TYPE_STATUS_PILL, NULL)
                                                                : create_label (column, field);

  gtk_widget_set_parent (face, cell);
  return face;
}

void
tw_cell_face_show (GtkWidget *face, TwRecord *record, const TwField *field, const char *text)
{
  if (GTK_IS_LABEL (face))
    gtk_label_set_label (GTK_LABEL (face), text);
  else if (record != NULL)
    tw_status_pill_set (TW_STATUS_PILL (face), tw_record_at (record, field, const char *), text);
  else
    tw_status_pill_set (TW_STATUS_PILL (face), NULL, NULL);
}

/* ---- The cell ------------------------------------------------------------------------------------------------ */

static void
update_cb (TwCell *self)
{
  g_autofree char *text = NULL;

  if (self->face == NULL)
    return;
  /* A placeholder: nothing is known yet. */
  if (self->record == NULL || self->field == NULL || is_placeholder (self->record))
    {
      tw_cell_face_show (self->face, NULL, self->field, "");
      return;
    }
  text = tw_list_column_show (self->column, self->record, self->field);
  tw_cell_face_show (self->face, self->record, self->field, text);
}

void
tw_cell_set_record (TwCell *self, TwRecord *record)
{
  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  g_set_object (&self->record, record);
  if (record != NULL)
    self->handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (update_cb), self);
  update_cb (self);
}

static void
tw_cell_show (GtkWidget *widget)
{
  TwCell *self = TW_CELL (widget);

  if (self->face == NULL)
    {
      self->face = tw_cell_face_new (widget, self->column, self->field);
      update_cb (self);
    }
  GTK_WIDGET_CLASS (tw_cell_parent_class)->show (widget);
}

static void
tw_cell_dispose (GObject *object)
{
  TwCell *self = TW_CELL (object);

  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  g_clear_object (&self->record);
  g_clear_object (&self->column);
  g_clear_pointer (&self->face, gtk_widget_unparent);
  G_OBJECT_CLASS (tw_cell_parent_class)->dispose (object);
}

static void
tw_cell_class_init (TwCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_cell_dispose;
  widget_class->show = tw_cell_show;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tw_cell_init (TwCell *self)
{
}

/* ---- The factory --------------------------------------------------------------------------------------------- */

typedef struct
{
  TwListColumn *column;
  const TwField *field;
} CellKind;

static void
cell_kind_free (gpointer data, GClosure *closure)
{
  CellKind *kind = data;

  g_object_unref (kind->column);
  g_free (kind);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CellKind *kind = user_data;
  TwCell *cell = g_object_new (TW_TYPE_CELL, "visible", FALSE, NULL);

  cell->column = g_object_ref (kind->column);
  cell->field = kind->field;
  gtk_list_item_set_child (item, GTK_WIDGET (cell));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  tw_cell_set_record (TW_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  tw_cell_set_record (TW_CELL (gtk_list_item_get_child (item)), NULL);
}

GtkListItemFactory *
tw_cell_factory_new (TwListColumn *column, GType type)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellKind *kind = g_new0 (CellKind, 1);

  kind->column = g_object_ref (column);
  kind->field = tw_list_column_find (column, type);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), kind, cell_kind_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
