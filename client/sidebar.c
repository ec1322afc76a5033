/* sidebar.c: the areas that the user's roles open, with what waits in each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sidebar.h"

#include "client/net/session.h"
#include "client/application.h"
#include "client/widget/format.h"
#include "shared/policy/role.h"

/* A burst of events counts once. */
#define COUNT_DELAY_MS 400

struct _TwSidebar
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkHeaderBar *header;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkMenuButton *menu_button;

  GListStore *items;
  GCancellable *counting;
  guint count_source;
  gboolean folded;
  gboolean quiet; /* a selection made by the program */
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPERTIES
};

enum
{
  AREA_CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwSidebar, tw_sidebar, ADW_TYPE_BIN)

/* ---- What waits ---------------------------------------------------------------------------------------------- */

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwAreaItem) item = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;

  /* A count is an extra: without it the old one stays, and a lost server has its own banner. */
  if (object != NULL)
    tw_area_item_set_waiting (item, (guint) CLAMP (json_object_get_int_member_with_default (object, "total", 0), 0,
                                                   G_MAXINT));
  else if (error != NULL)
    g_debug ("count of %s: %s", tw_area_item_get_area (item)->id, error->message);
}

static gboolean
count_cb (gpointer user_data)
{
  TwSidebar *self = user_data;
  TwSession *session = tw_session_get_default ();

  self->count_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (TwAreaItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const TwArea *area = tw_area_item_get_area (item);
      const char *waiting = tw_area_get_waiting (area);
      g_autoptr (GString) path = g_string_new (waiting);

      if (waiting == NULL)
        continue;
      tw_api_append_query (path, "limit", "1");
      tw_api_get_async (tw_session_get_api (session), path->str, self->counting, counted_cb, g_object_ref (item));
    }
  return G_SOURCE_REMOVE;
}

static void
count_soon (TwSidebar *self)
{
  if (self->count_source == 0)
    self->count_source = g_timeout_add (COUNT_DELAY_MS, count_cb, self);
}

static void
changed_cb (TwEvents *events, const char *kind, gint64 id, gint64 version, gpointer user_data)
{
  count_soon (user_data);
}

/* ---- Choosing ------------------------------------------------------------------------------------------------ */

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, gpointer user_data)
{
  TwSidebar *self = user_data;
  TwAreaItem *item = gtk_single_selection_get_selected_item (selection);

  if (item != NULL && !self->quiet)
    g_signal_emit (self, signals[AREA_CHOSEN], 0, tw_area_item_get_area (item)->id);
}

/* Choosing the chosen one again leads back to it in a narrow window. */
static void
activated_cb (GtkListView *list, guint position, gpointer user_data)
{
  TwSidebar *self = user_data;
  const char *id = tw_sidebar_get_nth (self, position);

  if (id != NULL)
    g_signal_emit (self, signals[AREA_CHOSEN], 0, id);
}

static void
apply_folded (TwSidebar *self)
{
  gtk_header_bar_set_show_title_buttons (self->header, self->folded);
}

static void
tw_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwSidebar *self = TW_SIDEBAR (object);

  if (id != PROP_FOLDED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->folded = g_value_get_boolean (value);
  apply_folded (self);
}

static void
tw_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, TW_SIDEBAR (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_sidebar_dispose (GObject *object)
{
  TwSidebar *self = TW_SIDEBAR (object);

  g_clear_handle_id (&self->count_source, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (tw_sidebar_parent_class)->dispose (object);
}

static void
tw_sidebar_class_init (TwSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_sidebar_dispose;
  object_class->set_property = tw_sidebar_set_property;
  object_class->get_property = tw_sidebar_get_property;
  properties[PROP_FOLDED]
    = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[AREA_CHOSEN] = g_signal_new ("area-chosen", TW_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TW_TYPE_AREA_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sidebar.ui");
  tw_format_bind_closures (widget_class);
  gtk_widget_class_bind_template_child (widget_class, TwSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, TwSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, TwSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, TwSidebar, selection);
  gtk_widget_class_bind_template_child (widget_class, TwSidebar, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
tw_sidebar_init (TwSidebar *self)
{
  TwEvents *events = tw_session_get_events (tw_session_get_default ());

  self->items = g_list_store_new (TW_TYPE_AREA_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
  g_signal_connect_object (events, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (events, "missed", G_CALLBACK (count_soon), self, G_CONNECT_SWAPPED);
  apply_folded (self);
}

static char *
format_roles (TwSession *session)
{
  const char *const *keys = tw_session_get_roles (session);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) tw_key_get_label (tw_role_keys, keys[i]));
  g_ptr_array_add (names, NULL);
  return tw_format_list ((const char *const *) names->pdata);
}

void
tw_sidebar_rebuild (TwSidebar *self)
{
  TwSession *session = tw_session_get_default ();
  g_autofree char *roles = NULL;
  const char *group = NULL;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  self->quiet = TRUE;
  g_list_store_remove_all (self->items);
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    {
      g_autoptr (TwAreaItem) item = NULL;

      if (!tw_area_is_open (area))
        continue;
      item = tw_area_item_new (area, area->group != NULL && g_strcmp0 (group, area->group) != 0);
      group = area->group;
      g_list_store_append (self->items, item);
    }
  self->quiet = FALSE;
  roles = format_roles (session);
  adw_window_title_set_title (self->title, tw_session_is_signed_in (session) ? tw_session_get_user_name (session) : "");
  adw_window_title_set_subtitle (self->title, roles);
  if (tw_session_is_signed_in (session))
    count_soon (self);
}

gboolean
tw_sidebar_select (TwSidebar *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    if (g_strcmp0 (tw_sidebar_get_nth (self, i), id) == 0)
      {
        self->quiet = TRUE;
        gtk_single_selection_set_selected (self->selection, i);
        self->quiet = FALSE;
        return TRUE;
      }
  return FALSE;
}

const char *
tw_sidebar_get_nth (TwSidebar *self, guint n)
{
  g_autoptr (TwAreaItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), n);

  return item != NULL ? tw_area_item_get_area (item)->id : NULL;
}

void
tw_sidebar_open_menu (TwSidebar *self)
{
  gtk_menu_button_popup (self->menu_button);
}
