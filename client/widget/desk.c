/* desk.c: an area's list beside its detail page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/desk.h"

#include "client/application.h"

/* What the lines of a document need. */
#define DETAIL_WIDTH 560

struct _TwDesk
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  AdwBin *list_bin;
  AdwBin *detail_bin;
  AdwLeafletPage *separator;

  TwListPage *list;
  TwDetailPage *detail; /* nullable */
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwDesk, tw_desk, ADW_TYPE_BIN)

static void
show_detail (TwDesk *self)
{
  if (self->detail != NULL)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->detail_bin));
}

static void
record_chosen_cb (TwDesk *self, TwRecord *record)
{
  gint64 id = tw_list_page_get_document_id (self->list, record);
  TwRecord *shown;

  if (self->detail == NULL)
    return;
  shown = tw_detail_page_get_record (self->detail);
  if (shown == NULL || shown->id != id)
    tw_detail_page_load (self->detail, id);
  show_detail (self);
}

static void
record_activated_cb (TwDesk *self, TwRecord *record)
{
  if (self->detail == NULL)
    return;
  show_detail (self);
  gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
new_wanted_cb (TwDesk *self)
{
  tw_desk_open (self, 0);
  if (self->detail != NULL)
    tw_detail_page_focus_form (self->detail);
}

static void
stored_cb (TwDesk *self, TwRecord *record)
{
  tw_record_list_refresh (tw_list_page_get_model (self->list));
  tw_list_page_select_document (self->list, record->id);
}

/* Back in a narrow window: nothing stays marked, so that the same row can be chosen again. */
static void
closed_cb (TwDesk *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list_bin));
  if (adw_leaflet_get_folded (self->leaflet))
    tw_list_page_select (self->list, 0);
  tw_list_page_focus_rows (self->list);
}

static void
folded_cb (TwDesk *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  if (self->list == NULL)
    return;
  tw_list_page_set_folded (self->list, folded || self->detail == NULL);
  if (self->detail != NULL)
    tw_detail_page_set_folded (self->detail, folded);
}

/* ---- Shortcuts ----------------------------------------------------------------------------------------------- */

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list_bin));
  tw_list_page_focus_search (self->list);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  if (tw_list_page_can_create (self->list))
    g_signal_emit_by_name (self->list, "new-wanted");
  else
    gtk_widget_error_bell (widget);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (TW_DESK (widget)->detail != NULL)
    tw_detail_page_save (TW_DESK (widget)->detail);
}

/* What the highlighted button does. A page that knows better has its own key. */
static void
proceed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  if (self->detail == NULL || !tw_detail_page_proceed (self->detail))
    gtk_widget_error_bell (widget);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  tw_record_list_refresh (tw_list_page_get_model (self->list));
  if (self->detail != NULL)
    tw_detail_page_reload (self->detail);
}

static void
next_record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  if (tw_list_page_choose_next (self->list))
    return;
  if (self->detail != NULL)
    tw_detail_page_clear (self->detail);
  closed_cb (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);

  if (adw_leaflet_get_folded (self->leaflet)
      && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->detail_bin))
    closed_cb (self);
  else if (self->narrow)
    gtk_widget_activate_action (widget, "win.sidebar", NULL);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwDesk *self = TW_DESK (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_bin)) && self->detail != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
  else if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->detail_bin)))
    gtk_widget_activate_action (widget, "win.sidebar", NULL);
  else
    tw_list_page_focus_rows (self->list);
}

static void
tw_desk_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwDesk *self = TW_DESK (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  if (self->list != NULL)
    tw_list_page_set_narrow (self->list, self->narrow);
}

static void
tw_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TW_DESK (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_desk_dispose (GObject *object)
{
  TW_DESK (object)->list = NULL;
  TW_DESK (object)->detail = NULL;
  G_OBJECT_CLASS (tw_desk_parent_class)->dispose (object);
}

static void
tw_desk_class_init (TwDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_desk_dispose;
  object_class->set_property = tw_desk_set_property;
  object_class->get_property = tw_desk_get_property;
  properties[PROP_NARROW]
    = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/desk.ui");
  gtk_widget_class_bind_template_child (widget_class, TwDesk, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TwDesk, list_bin);
  gtk_widget_class_bind_template_child (widget_class, TwDesk, detail_bin);
  gtk_widget_class_bind_template_child (widget_class, TwDesk, separator);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "page.proceed", NULL, proceed_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "page.proceed", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "page.proceed", NULL);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.next-record", NULL, next_record_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "page.next-pane", NULL, next_pane_action);
}

/* ---- Room ---------------------------------------------------------------------------------------------------- */

static GtkSizeRequestMode
get_detail_mode (GtkWidget *bin)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* However long its texts, the detail asks for no more than its lines need, so that the list keeps its columns. */
static void
measure_detail (GtkWidget *bin, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *first,
                int *last)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, first, last);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MIN (*natural, MAX (*minimum, DETAIL_WIDTH));
}

static void
allocate_detail (GtkWidget *bin, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
tw_desk_init (TwDesk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->detail_bin),
                                 gtk_custom_layout_new (get_detail_mode, measure_detail, allocate_detail));
}

GtkWidget *
tw_desk_new (GType list, GType detail)
{
  TwDesk *self = g_object_new (TW_TYPE_DESK, NULL);

  self->list = g_object_new (list, NULL);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "record-chosen", G_CALLBACK (record_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "record-activated", G_CALLBACK (record_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "new-wanted", G_CALLBACK (new_wanted_cb), self, G_CONNECT_SWAPPED);
  if (detail != G_TYPE_INVALID)
    {
      self->detail = g_object_new (detail, NULL);
      adw_bin_set_child (self->detail_bin, GTK_WIDGET (self->detail));
      g_signal_connect_object (self->detail, "stored", G_CALLBACK (stored_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->detail, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      gtk_widget_set_hexpand (GTK_WIDGET (self->list), TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self->detail_bin), FALSE);
      gtk_widget_set_visible (adw_leaflet_page_get_child (self->separator), FALSE);
    }
  folded_cb (self);
  return GTK_WIDGET (self);
}

TwListPage *
tw_desk_get_list (TwDesk *self)
{
  return self->list;
}

TwDetailPage *
tw_desk_get_detail (TwDesk *self)
{
  return self->detail;
}

void
tw_desk_open (TwDesk *self, gint64 id)
{
  if (self->detail == NULL)
    return;
  tw_list_page_select_document (self->list, id);
  tw_detail_page_load (self->detail, id);
  show_detail (self);
}
