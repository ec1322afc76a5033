/* table.c: records under a document, to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/table.h"

#include "client/application.h"
#include "client/widget/cell.h"
#include "client/widget/column-fit.h"

struct _TwTable
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkSingleSelection *selection;

  char *field;
  GType record_type;
  int max_height;
  gboolean hide_empty;
  GPtrArray *columns; /* TwListColumn */
  GListModel *model;  /* nullable */
};

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_RECORD_TYPE,
  PROP_TITLE,
  PROP_HIDE_EMPTY,
  PROP_MAX_HEIGHT,
  N_PROPERTIES
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);
static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwTable, tw_table, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init)
                                 G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

static void
update_visible (TwTable *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), !self->hide_empty
                                               || (self->model != NULL && g_list_model_get_n_items (self->model) > 0));
}

static void
activated_cb (GtkColumnView *view, guint position, gpointer user_data)
{
  TwTable *self = user_data;
  g_autoptr (TwRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, record);
}

static void
tw_table_constructed (GObject *object)
{
  TwTable *self = TW_TABLE (object);

  G_OBJECT_CLASS (tw_table_parent_class)->constructed (object);
  update_visible (self);
}

/* ---- Declared in a template ---------------------------------------------------------------------------------- */

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TwTable *self = TW_TABLE (buildable);

  if (TW_IS_LIST_COLUMN (child))
    g_ptr_array_add (self->columns, g_object_ref (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

/* Only now is it certain that every property and column has been read. The end of the table's own template comes here,
 * too, when there are none yet. */
static void
parser_finished (GtkBuildable *buildable, GtkBuilder *builder)
{
  TwTable *self = TW_TABLE (buildable);
  TwColumnFit *fit;

  if (parent_buildable->parser_finished != NULL)
    parent_buildable->parser_finished (buildable, builder);
  if (self->columns->len == 0)
    return;
  fit = tw_column_fit_new (self->view, self->scroller);
  for (guint i = 0; i < self->columns->len; i++)
    {
      TwListColumn *column = g_ptr_array_index (self->columns, i);

      tw_column_fit_add (fit, column, self->record_type, tw_cell_factory_new (column, self->record_type), NULL);
    }
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
  iface->parser_finished = parser_finished;
}

/* ---- As a part of a detail page ------------------------------------------------------------------------------ */

/* Nothing is edited here, so no fault has its place here. */
static const char *
tw_table_get_field (TwEditor *editor)
{
  return NULL;
}

static void
tw_table_set_record (TwEditor *editor, TwRecord *record)
{
  TwTable *self = TW_TABLE (editor);
  const TwField *field = record != NULL && self->field != NULL ? tw_record_find (record, self->field) : NULL;

  if (self->field != NULL)
    tw_table_set_model (self, field != NULL ? G_LIST_MODEL (tw_record_at (record, field, GListStore *)) : NULL);
}

static void
tw_table_set_editable (TwEditor *editor, gboolean editable)
{
}

static void
tw_table_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_table_get_field;
  iface->set_record = tw_table_set_record;
  iface->set_editable = tw_table_set_editable;
  iface->show_fault = tw_table_show_fault;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
set_title (TwTable *self, const char *title)
{
  gtk_label_set_label (self->heading, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->heading), title != NULL);
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
set_max_height (TwTable *self, int height)
{
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_AUTOMATIC,
                                  height > 0 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_max_content_height (self->scroller, height > 0 ? height : -1);
}

static void
tw_table_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwTable *self = TW_TABLE (object);

  switch (id)
    {
    case PROP_FIELD:
      g_free (self->field);
      self->field = g_value_dup_string (value);
      break;
    case PROP_RECORD_TYPE:
      self->record_type = g_value_get_gtype (value);
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_HIDE_EMPTY:
      self->hide_empty = g_value_get_boolean (value);
      update_visible (self);
      break;
    case PROP_MAX_HEIGHT:
      set_max_height (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_table_dispose (GObject *object)
{
  TwTable *self = TW_TABLE (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (tw_table_parent_class)->dispose (object);
}

static void
tw_table_finalize (GObject *object)
{
  TwTable *self = TW_TABLE (object);

  g_ptr_array_unref (self->columns);
  g_free (self->field);
  G_OBJECT_CLASS (tw_table_parent_class)->finalize (object);
}

static void
tw_table_class_init (TwTableClass *klass)
{
  const GParamFlags write = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tw_table_constructed;
  object_class->dispose = tw_table_dispose;
  object_class->finalize = tw_table_finalize;
  object_class->set_property = tw_table_set_property;
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, write);
  properties[PROP_RECORD_TYPE] = g_param_spec_gtype ("record-type", NULL, NULL, TW_TYPE_RECORD, write);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, write);
  properties[PROP_HIDE_EMPTY] = g_param_spec_boolean ("hide-empty", NULL, NULL, FALSE, write);
  properties[PROP_MAX_HEIGHT] = g_param_spec_int ("max-height", NULL, NULL, 0, 4000, 0, write);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ACTIVATED] = g_signal_new ("activated", TW_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     TW_TYPE_RECORD);

  g_type_ensure (TW_TYPE_LIST_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/table.ui");
  gtk_widget_class_bind_template_child (widget_class, TwTable, heading);
  gtk_widget_class_bind_template_child (widget_class, TwTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, TwTable, view);
  gtk_widget_class_bind_template_child (widget_class, TwTable, selection);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
tw_table_init (TwTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_table_set_model (TwTable *self, GListModel *model)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, model);
  update_visible (self);
}
