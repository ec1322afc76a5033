/* list-page.c: a page that lists the server's records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/list-page-private.h"

#include "client/application.h"
#include "client/widget/format.h"
#include "shared/base/text.h"

/* Browsing with the arrow keys opens what one stops at. */
#define CHOOSE_DELAY_MS 120

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_ROUTE,
  PROP_RECORD_TYPE,
  PROP_SEARCH_HINT,
  PROP_FILTER_FIELD,
  PROP_NEW_PERMISSION,
  PROP_DOCUMENT_FIELD,
  PROP_SORT,
  PROP_MORE_FIELDS,
  PROP_EMPTY_TITLE,
  PROP_EMPTY_TEXT,
  PROP_FOLDED,
  PROP_NARROW,
  N_PROPERTIES
};

enum
{
  RECORD_CHOSEN,
  RECORD_ACTIVATED,
  NEW_WANTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (TwListPage, tw_list_page, ADW_TYPE_BIN,
                         G_ADD_PRIVATE (TwListPage) G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

TwListPagePrivate *
tw_list_page_private (TwListPage *self)
{
  return tw_list_page_get_instance_private (self);
}

#define PRIV(self) (tw_list_page_private (self))

/* ---- What is shown: rows, or why there are none -------------------------------------------------------------- */

static gboolean
has_chip_down (TwListPagePrivate *priv)
{
  for (guint i = 0; i < priv->chips->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (priv->chips, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_narrowed_down (TwListPagePrivate *priv)
{
  const char *search = tw_record_list_get_search (priv->model);

  return (search != NULL && *search != '\0') || has_chip_down (priv)
         || (priv->filter_field != NULL && tw_record_list_get_filter (priv->model, priv->filter_field) != NULL);
}

static void
update_count (TwListPagePrivate *priv)
{
  guint total = tw_record_list_get_total (priv->model);
  g_autofree char *number = tw_format_decimal (tw_decimal_from_int (total), 0);
  g_autofree char *text = g_strdup_printf (tw_text_plural ("%s entry", "%s entries", total), number);

  gtk_label_set_label (priv->count, tw_record_list_get_status (priv->model) == TW_LIST_READY ? text : "");
}

/* A status page reads markup. */
static void
show_failure (TwListPagePrivate *priv, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (priv->failed_page, text);
  gtk_stack_set_visible_child_name (priv->stack, "failed");
}

static void
update_state_cb (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);
  const GError *error = tw_record_list_get_error (priv->model);

  update_count (priv);
  switch (tw_record_list_get_status (priv->model))
    {
    case TW_LIST_LOADING:
      gtk_stack_set_visible_child_name (priv->stack, "loading");
      break;
    case TW_LIST_FAILED:
      show_failure (priv, error);
      break;
    case TW_LIST_READY:
      gtk_stack_set_visible_child_name (priv->stack, tw_record_list_get_total (priv->model) > 0 ? "rows"
                                                     : is_narrowed_down (priv)                  ? "nothing-found"
                                                                                                : "empty");
      break;
    default:
      g_assert_not_reached ();
    }
}

/* ---- Selecting ----------------------------------------------------------------------------------------------- */

static void
choose_selected (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);
  TwRecord *record = tw_list_page_get_selected (self);

  g_clear_handle_id (&priv->choose_source, g_source_remove);
  if (record == NULL || record->id == 0)
    return;
  priv->selected_id = record->id;
  g_signal_emit (self, signals[RECORD_CHOSEN], 0, record);
}

static gboolean
choose_cb (gpointer user_data)
{
  PRIV (user_data)->choose_source = 0;
  choose_selected (user_data);
  return G_SOURCE_REMOVE;
}

static void
selected_cb (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);

  if (priv->quiet)
    return;
  g_clear_handle_id (&priv->choose_source, g_source_remove);
  priv->choose_source = g_timeout_add (CHOOSE_DELAY_MS, choose_cb, self);
}

static void
activated_cb (GtkColumnView *view, guint position, gpointer user_data)
{
  TwListPage *self = user_data;
  TwRecord *record;

  /* The cursor may stand on a row that is not selected. */
  gtk_single_selection_set_selected (PRIV (self)->selection, position);
  choose_selected (self);
  record = tw_list_page_get_selected (self);
  if (record != NULL && record->id != 0)
    g_signal_emit (self, signals[RECORD_ACTIVATED], 0, record);
}

/* Rows were filled anew in place: the mark follows its record. */
static void
refreshed_cb (TwListPage *self)
{
  tw_list_page_select (self, PRIV (self)->selected_id);
}

static void
retry_cb (TwListPage *self)
{
  tw_record_list_retry (PRIV (self)->model);
}

static void
new_clicked_cb (TwListPage *self)
{
  g_signal_emit (self, signals[NEW_WANTED], 0);
}

/* ---- Building ------------------------------------------------------------------------------------------------ */

static void
update_panes (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);

  gtk_header_bar_set_show_title_buttons (priv->header, priv->folded);
  gtk_widget_set_visible (GTK_WIDGET (priv->sidebar_button), priv->narrow);
}

static void
tw_list_page_constructed (GObject *object)
{
  TwListPage *self = TW_LIST_PAGE (object);
  TwListPagePrivate *priv = PRIV (self);
  TwColumnFit *fit;

  G_OBJECT_CLASS (tw_list_page_parent_class)->constructed (object);
  g_return_if_fail (priv->route != NULL && g_type_is_a (priv->record_type, TW_TYPE_RECORD));

  fit = tw_column_fit_new (priv->view, priv->scroller);
  priv->model = tw_record_list_new (tw_session_get_default (), priv->record_type, priv->route);
  tw_list_page_choose_fields (priv);
  tw_record_list_set_sort (priv->model, priv->sort);
  for (guint i = 0; i < priv->columns->len; i++)
    tw_list_page_add_column (self, fit, g_ptr_array_index (priv->columns, i));
  tw_list_page_build_filter (priv);
  g_object_set (priv->search, "placeholder-text", priv->search_hint != NULL ? priv->search_hint : _("Search"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (priv->new_button), tw_list_page_can_create (self));
  gtk_single_selection_set_model (priv->selection, G_LIST_MODEL (priv->model));
  g_signal_connect_object (gtk_column_view_get_sorter (priv->view), "changed",
                           G_CALLBACK (tw_list_page_sort_changed_cb), self, 0);
  g_signal_connect_object (priv->model, "notify::status", G_CALLBACK (update_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->model, "notify::total", G_CALLBACK (update_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->model, "refreshed", G_CALLBACK (refreshed_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (priv->model, "busy", priv->spinner, "spinning", G_BINDING_SYNC_CREATE);
  update_state_cb (self);
  update_panes (self);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TwListPagePrivate *priv = PRIV (TW_LIST_PAGE (buildable));

  if (TW_IS_LIST_COLUMN (child))
    g_ptr_array_add (priv->columns, g_object_ref (child));
  else if (TW_IS_FILTER_CHIP (child))
    tw_list_page_add_chip (TW_LIST_PAGE (buildable), TW_FILTER_CHIP (child));
  else if (g_strcmp0 (type, "start") == 0)
    gtk_header_bar_pack_start (priv->header, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    gtk_header_bar_pack_end (priv->header, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
tw_list_page_dispose (GObject *object)
{
  TwListPagePrivate *priv = PRIV (TW_LIST_PAGE (object));

  g_clear_handle_id (&priv->choose_source, g_source_remove);
  g_ptr_array_set_size (priv->chips, 0);
  for (guint i = 0; priv->columns != NULL && i < priv->columns->len; i++)
    g_object_set_data (g_ptr_array_index (priv->columns, i), "list-page", NULL);
  g_clear_object (&priv->model);
  g_clear_object (&priv->first_sentinel);
  g_clear_object (&priv->second_sentinel);
  G_OBJECT_CLASS (tw_list_page_parent_class)->dispose (object);
}

static void
tw_list_page_finalize (GObject *object)
{
  TwListPagePrivate *priv = PRIV (TW_LIST_PAGE (object));

  g_ptr_array_unref (priv->columns);
  g_ptr_array_unref (priv->chips);
  g_free (priv->route);
  g_free (priv->search_hint);
  g_free (priv->filter_field);
  g_free (priv->new_permission);
  g_free (priv->document_field);
  g_free (priv->sort);
  g_free (priv->more_fields);
  G_OBJECT_CLASS (tw_list_page_parent_class)->finalize (object);
}

static void
take_string (char **member, const GValue *value)
{
  g_free (*member);
  *member = g_value_dup_string (value);
}

static void
tw_list_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwListPage *self = TW_LIST_PAGE (object);
  TwListPagePrivate *priv = PRIV (self);

  switch (id)
    {
    case PROP_TITLE:
      adw_window_title_set_title (priv->window_title, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_ROUTE:
      take_string (&priv->route, value);
      break;
    case PROP_RECORD_TYPE:
      priv->record_type = g_value_get_gtype (value);
      break;
    case PROP_SEARCH_HINT:
      take_string (&priv->search_hint, value);
      break;
    case PROP_FILTER_FIELD:
      take_string (&priv->filter_field, value);
      break;
    case PROP_NEW_PERMISSION:
      take_string (&priv->new_permission, value);
      break;
    case PROP_DOCUMENT_FIELD:
      take_string (&priv->document_field, value);
      break;
    case PROP_SORT:
      take_string (&priv->sort, value);
      break;
    case PROP_MORE_FIELDS:
      take_string (&priv->more_fields, value);
      break;
    case PROP_EMPTY_TITLE:
      adw_status_page_set_title (priv->empty_page, g_value_get_string (value));
      break;
    case PROP_EMPTY_TEXT:
      adw_status_page_set_description (priv->empty_page, g_value_get_string (value));
      break;
    case PROP_FOLDED:
      tw_list_page_set_folded (self, g_value_get_boolean (value));
      break;
    case PROP_NARROW:
      tw_list_page_set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_list_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwListPagePrivate *priv = PRIV (TW_LIST_PAGE (object));

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (priv->window_title));
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, priv->folded);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags write = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, both);
  properties[PROP_ROUTE] = g_param_spec_string ("route", NULL, NULL, NULL, write);
  properties[PROP_RECORD_TYPE] = g_param_spec_gtype ("record-type", NULL, NULL, TW_TYPE_RECORD, write);
  properties[PROP_SEARCH_HINT] = g_param_spec_string ("search-hint", NULL, NULL, NULL, write);
  properties[PROP_FILTER_FIELD] = g_param_spec_string ("filter-field", NULL, NULL, NULL, write);
  properties[PROP_NEW_PERMISSION] = g_param_spec_string ("new-permission", NULL, NULL, NULL, write);
  properties[PROP_DOCUMENT_FIELD] = g_param_spec_string ("document-field", NULL, NULL, NULL, write);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, NULL, write);
  properties[PROP_MORE_FIELDS] = g_param_spec_string ("more-fields", NULL, NULL, NULL, write);
  properties[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, NULL, write);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, write);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, both);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_list_page_class_init (TwListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tw_list_page_constructed;
  object_class->dispose = tw_list_page_dispose;
  object_class->finalize = tw_list_page_finalize;
  object_class->set_property = tw_list_page_set_property;
  object_class->get_property = tw_list_page_get_property;
  install_properties (object_class);
  signals[RECORD_CHOSEN] = g_signal_new ("record-chosen", TW_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, TW_TYPE_RECORD);
  signals[RECORD_ACTIVATED] = g_signal_new ("record-activated", TW_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, TW_TYPE_RECORD);
  signals[NEW_WANTED]
    = g_signal_new ("new-wanted", TW_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, header);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, window_title);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, sidebar_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, new_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, search);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, filter);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, chip_scroller);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, chip_box);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, view);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, selection);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, empty_page);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, failed_page);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, count);
  gtk_widget_class_bind_template_child_private (widget_class, TwListPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_list_page_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_list_page_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_list_page_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_list_page_clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_start);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_stop);
}

static void
tw_list_page_init (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);

  priv->columns = g_ptr_array_new_with_free_func (g_object_unref);
  priv->chips = g_ptr_array_new ();
  priv->first_sentinel = g_object_new (G_TYPE_OBJECT, NULL);
  priv->second_sentinel = g_object_new (G_TYPE_OBJECT, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_list_page_class_set_template (GtkWidgetClass *klass, const char *resource, GType record_type)
{
  g_autofree char *path = g_strconcat (TW_RESOURCE_PATH "/ui/", resource, NULL);

  g_type_ensure (record_type);
  g_type_ensure (TW_TYPE_LIST_COLUMN);
  g_type_ensure (TW_TYPE_FILTER_CHIP);
  gtk_widget_class_set_template_from_resource (klass, path);
}

TwRecordList *
tw_list_page_get_model (TwListPage *self)
{
  return PRIV (self)->model;
}

TwRecord *
tw_list_page_get_selected (TwListPage *self)
{
  return gtk_single_selection_get_selected_item (PRIV (self)->selection);
}

void
tw_list_page_select (TwListPage *self, gint64 id)
{
  TwListPagePrivate *priv = PRIV (self);

  priv->selected_id = id;
  priv->quiet = TRUE;
  g_clear_handle_id (&priv->choose_source, g_source_remove);
  gtk_single_selection_set_selected (priv->selection, tw_record_list_find (priv->model, id));
  priv->quiet = FALSE;
}

gint64
tw_list_page_get_document_id (TwListPage *self, TwRecord *record)
{
  const char *name = PRIV (self)->document_field;

  return name != NULL ? tw_record_at (record, tw_record_find (record, name), gint64) : record->id;
}

void
tw_list_page_select_document (TwListPage *self, gint64 id)
{
  TwRecord *selected = tw_list_page_get_selected (self);

  if (PRIV (self)->document_field == NULL)
    tw_list_page_select (self, id);
  else
    tw_list_page_select (self, selected != NULL && tw_list_page_get_document_id (self, selected) == id ? selected->id
                                                                                                       : 0);
}

gboolean
tw_list_page_choose_next (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->model));
  guint at = gtk_single_selection_get_selected (priv->selection);

  if (n == 0 || (at != GTK_INVALID_LIST_POSITION && n == 1))
    return FALSE;
  at = at == GTK_INVALID_LIST_POSITION ? 0 : at + 1 < n ? at + 1 : at - 1;
  gtk_single_selection_set_selected (priv->selection, at);
  choose_selected (self);
  return TRUE;
}

void
tw_list_page_set_folded (TwListPage *self, gboolean folded)
{
  PRIV (self)->folded = folded;
  update_panes (self);
}

void
tw_list_page_set_narrow (TwListPage *self, gboolean narrow)
{
  PRIV (self)->narrow = narrow;
  update_panes (self);
}

void
tw_list_page_focus_search (TwListPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (PRIV (self)->search));
}

void
tw_list_page_focus_rows (TwListPage *self)
{
  GtkWidget *view = GTK_WIDGET (PRIV (self)->view);

  /* A list where the cursor never was does not take it by itself; its rows, the last child, do. */
  if (!gtk_widget_grab_focus (view))
    gtk_widget_child_focus (gtk_widget_get_last_child (view), GTK_DIR_TAB_FORWARD);
}

gboolean
tw_list_page_can_create (TwListPage *self)
{
  const char *permission = PRIV (self)->new_permission;

  return permission != NULL && tw_session_may (tw_session_get_default (), permission);
}
