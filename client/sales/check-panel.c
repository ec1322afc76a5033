/* check-panel.c: what the server found when it looked at an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/check-panel.h"

#include "client/application.h"
#include "client/widget/status-pill.h"
#include "shared/base/text.h"
#include "shared/document/order-check.h"

/* A check of each of a thousand lines can fail: rows are made of so many, and of as many more as are asked for. */
#define FEW 12
#define MORE 50

struct _TwCheckPanel
{
  AdwBin parent_instance;

  GtkLabel *summary;
  GtkToggleButton *all_button;
  GtkListBox *rows;
  GtkButton *more_button;

  GListModel *checks; /* nullable */
  GtkFilterListModel *shown;
  GtkSliceListModel *first; /* of them, in which those about the whole order lead */
  GtkCustomFilter *filter;
};

enum
{
  PROP_0,
  PROP_CHECKS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwCheckPanel, tw_check_panel, ADW_TYPE_BIN)

static gboolean
is_passed (TwOrderCheck *check)
{
  return g_strcmp0 (check->result, "pass") == 0;
}

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  return !is_passed (item) || gtk_toggle_button_get_active (TW_CHECK_PANEL (user_data)->all_button);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const TwOrderCheck *first = a, *second = b;

  return (first->line != 0) - (second->line != 0);
}

static const char *
get_icon (TwOrderCheck *check)
{
  const char *tone = tw_status_pill_get_tone (check->result);

  return g_str_equal (tone, "danger")                        ? "dialog-error-symbolic"
         : g_strcmp0 (check->result, "needs_signature") == 0 ? "document-edit-symbolic"
         : g_str_equal (tone, "warning")                     ? "dialog-warning-symbolic"
                                                             : "emblem-ok-symbolic";
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwOrderCheck *check = item;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/sales/check-row.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  GtkWidget *icon = GTK_WIDGET (gtk_builder_get_object (builder, "icon"));
  const char *about = tw_key_get_label (tw_check_keys, check->check);
  const char *result = tw_key_get_label (tw_check_result_keys, check->result);
  const char *detail = check->detail != NULL ? check->detail : about;

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), get_icon (check));
  gtk_widget_add_css_class (icon, tw_status_pill_get_tone (check->result));
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "detail")), detail);
  gtk_widget_set_tooltip_text (row, about);
  tw_status_pill_set (TW_STATUS_PILL (gtk_builder_get_object (builder, "result")), is_passed (check) ? NULL
                                                                                               : check->result, result);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, detail,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, result, -1);
  return g_object_ref_sink (row);
}

static guint
count_passed (GListModel *checks)
{
  guint passed = 0;

  for (guint i = 0; checks != NULL && i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TwOrderCheck) check = g_list_model_get_item (checks, i);

      passed += is_passed (check) ? 1 : 0;
    }
  return passed;
}

static void
update_more (TwCheckPanel *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  guint more = n - MIN (n, gtk_slice_list_model_get_size (self->first));
  /* Translators: a button below the first checks of an order: so many more are shown when it is pressed */
  g_autofree char *text = g_strdup_printf (tw_text_plural ("%u more check", "%u more checks", more), more);

  gtk_button_set_label (self->more_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), more > 0);
}

static void
more_clicked_cb (TwCheckPanel *self)
{
  gtk_slice_list_model_set_size (self->first, gtk_slice_list_model_get_size (self->first) + MORE);
  update_more (self);
}

static void
update (TwCheckPanel *self)
{
  guint total = self->checks != NULL ? g_list_model_get_n_items (self->checks) : 0;
  guint passed = count_passed (self->checks);
  g_autofree char *text = NULL;

  /* Translators: checks of an order that found nothing wrong */
  text = passed == total ? g_strdup (_("Everything is in order"))
                         : g_strdup_printf (tw_text_plural ("%u check in order", "%u checks in order", passed), passed);
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button), passed > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), total > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0);
  update_more (self);
}

static void
all_toggled_cb (TwCheckPanel *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

void
tw_check_panel_set_checks (TwCheckPanel *self, GListModel *checks)
{
  if (!g_set_object (&self->checks, checks))
    return;
  gtk_filter_list_model_set_model (self->shown, checks);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKS]);
}

static void
tw_check_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHECKS)
    tw_check_panel_set_checks (TW_CHECK_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_check_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHECKS)
    g_value_set_object (value, TW_CHECK_PANEL (object)->checks);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_check_panel_dispose (GObject *object)
{
  TwCheckPanel *self = TW_CHECK_PANEL (object);

  if (self->shown != NULL)
    {
      gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
      gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
    }
  g_clear_object (&self->first);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->checks);
  G_OBJECT_CLASS (tw_check_panel_parent_class)->dispose (object);
}

static void
tw_check_panel_class_init (TwCheckPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_check_panel_dispose;
  object_class->set_property = tw_check_panel_set_property;
  object_class->get_property = tw_check_panel_get_property;
  properties[PROP_CHECKS] = g_param_spec_object ("checks", NULL, NULL, G_TYPE_LIST_MODEL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (TW_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sales/check-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TwCheckPanel, summary);
  gtk_widget_class_bind_template_child (widget_class, TwCheckPanel, all_button);
  gtk_widget_class_bind_template_child (widget_class, TwCheckPanel, rows);
  gtk_widget_class_bind_template_child (widget_class, TwCheckPanel, more_button);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
}

static void
tw_check_panel_init (TwCheckPanel *self)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, NULL, NULL));
  GListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  sorted = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->shown)), sorter));
  self->first = gtk_slice_list_model_new (sorted, 0, FEW);
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->first), create_row_cb, NULL, NULL);
  update (self);
}
