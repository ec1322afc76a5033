/* lookup-entry.c: a reference to another record, found while typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/lookup-entry.h"

#include <string.h>

#include "client/application.h"
#include "client/net/session.h"
#include "client/widget/lookup-item.h"

/* A pause in typing asks; what a person can take in at a glance is shown. */
#define ASK_DELAY_MS 120
#define MAX_FOUND "8"

struct _TwLookupEntry
{
  TwValueEntry parent_instance;

  char *route;
  char *key_field;
  char *name_field;
  char *detail_field;
  char *name; /* of the value */

  GtkPopover *popover;
  GtkSingleSelection *selection;
  GListStore *found;
  GCancellable *asking;
  guint ask_source;
  gboolean take_first; /* Enter came before the answer */
  gboolean take_match; /* Tab did: what is meant is the one of this key, or the only one */
  gboolean focused;
  gboolean quiet;
};

enum
{
  PROP_0,
  PROP_ROUTE,
  PROP_KEY_FIELD,
  PROP_NAME_FIELD,
  PROP_DETAIL_FIELD,
  N_PROPERTIES
};

enum
{
  PICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwLookupEntry, tw_lookup_entry, TW_TYPE_VALUE_ENTRY)

static void
stop_asking (TwLookupEntry *self)
{
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->take_first = FALSE;
  self->take_match = FALSE;
}

static void
pick (TwLookupEntry *self, TwLookupItem *item)
{
  g_autoptr (TwLookupItem) kept = g_object_ref (item);
  g_autofree char *before = g_strdup (tw_value_entry_get_value (TW_VALUE_ENTRY (self)));

  stop_asking (self);
  gtk_popover_popdown (self->popover);
  g_free (self->name);
  self->name = g_strdup (tw_lookup_item_get_name (kept));
  g_signal_emit (self, signals[PICKED], 0, tw_lookup_item_get_record (kept));
  self->quiet = TRUE;
  tw_value_entry_take (TW_VALUE_ENTRY (self), tw_lookup_item_get_key (kept));
  self->quiet = FALSE;
  /* The text had been taken as it was typed; now it is known whom it means. */
  if (g_str_equal (before, tw_lookup_item_get_key (kept)))
    g_signal_emit_by_name (self, "committed");
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
}

/* ---- Asking -------------------------------------------------------------------------------------------------- */

static void
show_found (TwLookupEntry *self, JsonArray *items)
{
  g_list_store_remove_all (self->found);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      g_autoptr (TwLookupItem) item
        = tw_lookup_item_new (json_array_get_object_element (items, i), self->key_field, self->name_field,
                              self->detail_field);

      g_list_store_append (self->found, item);
    }
  gtk_single_selection_set_selected (self->selection, 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0 || !self->focused)
    gtk_popover_popdown (self->popover);
  else
    gtk_popover_popup (self->popover);
}

/* (transfer full) */
static TwLookupItem *
find_match (TwLookupEntry *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TwLookupItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      if (n == 1 || g_ascii_strcasecmp (tw_lookup_item_get_key (item), typed) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwLookupEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;
  gboolean take_first = self->take_first;
  gboolean take_match = self->take_match;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->take_first = FALSE;
  self->take_match = FALSE;
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      if (error != NULL)
        tw_value_entry_show_fault (TW_VALUE_ENTRY (self), error->message);
      return;
    }
  show_found (self, json_node_get_array (items));
  if (take_match)
    {
      g_autoptr (TwLookupItem) match = find_match (self);

      if (match != NULL)
        pick (self, match);
    }
  if (take_first && g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0)
    {
      g_autoptr (TwLookupItem) first = g_list_model_get_item (G_LIST_MODEL (self->found), 0);

      pick (self, first);
      g_signal_emit_by_name (self, "activate");
    }
}

static void
ask (TwLookupEntry *self)
{
  g_autoptr (GString) path = g_string_new (self->route);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  tw_api_append_query (path, "q", gtk_editable_get_text (GTK_EDITABLE (self)));
  tw_api_append_query (path, "limit", MAX_FOUND);
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path->str, self->asking, found_cb,
                    g_object_ref (self));
}

static gboolean
ask_cb (gpointer user_data)
{
  TwLookupEntry *self = user_data;

  self->ask_source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TwLookupEntry *self)
{
  if (self->quiet || !self->focused || !gtk_editable_get_editable (GTK_EDITABLE (self)))
    return;
  stop_asking (self);
  g_list_store_remove_all (self->found);
  if (*gtk_editable_get_text (GTK_EDITABLE (self)) == '\0')
    gtk_popover_popdown (self->popover);
  else
    self->ask_source = g_timeout_add (ASK_DELAY_MS, ask_cb, self);
}

/* ---- Keys ---------------------------------------------------------------------------------------------------- */

static void
move (TwLookupEntry *self, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (n > 0)
    gtk_single_selection_set_selected (self->selection, (at + n + (guint) by) % n);
}

static gboolean
pick_selected (TwLookupEntry *self)
{
  TwLookupItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!tw_lookup_entry_is_open (self) || item == NULL)
    return FALSE;
  pick (self, item);
  return TRUE;
}

/* Enter takes it and goes on, as in any entry. */
static gboolean
enter_selected (TwLookupEntry *self)
{
  g_autoptr (TwLookupEntry) kept = g_object_ref (self);

  if (!pick_selected (self))
    return FALSE;
  g_signal_emit_by_name (self, "activate");
  return TRUE;
}

/* Whether what was typed is still being looked for; then it is asked at once. */
static gboolean
hurry (TwLookupEntry *self)
{
  if (tw_lookup_entry_is_open (self) || (self->ask_source == 0 && self->asking == NULL)
      || g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0)
    return FALSE;
  if (self->ask_source != 0)
    ask (self);
  return TRUE;
}

static gboolean
key_pressed_cb (TwLookupEntry *self, guint key, guint code, GdkModifierType state)
{
  gboolean open = tw_lookup_entry_is_open (self);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (open)
        move (self, 1);
      else if ((state & GDK_ALT_MASK) != 0)
        ask (self);
      return open || (state & GDK_ALT_MASK) != 0;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (open)
        move (self, -1);
      return open;
    case GDK_KEY_Escape:
      if (open)
        gtk_popover_popdown (self->popover);
      return open;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* A scanner types a barcode and Enter faster than the answer comes: the first that is found is meant. */
      if (!hurry (self))
        return enter_selected (self);
      self->take_first = TRUE;
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      if (hurry (self))
        self->take_match = TRUE;
      else
        pick_selected (self);
      return FALSE;
    default:
      return FALSE;
    }
}

static void
row_activated_cb (GtkListView *list, guint position, gpointer user_data)
{
  TwLookupEntry *self = user_data;
  g_autoptr (TwLookupItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (item != NULL)
    pick (self, item);
}

/* With the cursor in it the key is shown, since that is what one types; elsewhere the name. */
static void
show_reference (TwLookupEntry *self)
{
  g_autofree char *value = g_strdup (tw_value_entry_get_value (TW_VALUE_ENTRY (self)));

  self->quiet = TRUE;
  tw_value_entry_set_value (TW_VALUE_ENTRY (self), value);
  self->quiet = FALSE;
}

static void
entered_cb (TwLookupEntry *self)
{
  self->focused = TRUE;
  if (!gtk_editable_get_editable (GTK_EDITABLE (self)))
    return;
  show_reference (self);
  gtk_editable_select_region (GTK_EDITABLE (self), 0, -1);
}

static void
left_cb (TwLookupEntry *self)
{
  self->focused = FALSE;
  gtk_popover_popdown (self->popover);
  if (!self->take_match)
    stop_asking (self);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), "error"))
    show_reference (self);
}

/* ---- As a value entry ---------------------------------------------------------------------------------------- */

static char *
tw_lookup_entry_format (TwValueEntry *entry, const char *value)
{
  TwLookupEntry *self = TW_LOOKUP_ENTRY (entry);

  if (*value != '\0' && self->name != NULL && *self->name != '\0' && !self->focused)
    return g_strdup (self->name);
  return g_strdup (value);
}

/* Text that was not picked: the one found whose key it is, or the text itself, which the server will judge. */
static char *
tw_lookup_entry_parse (TwValueEntry *entry, const char *typed, GError **error)
{
  TwLookupEntry *self = TW_LOOKUP_ENTRY (entry);
  g_autofree char *text = g_strstrip (g_strdup (typed));

  g_clear_pointer (&self->name, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (TwLookupItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      if (g_ascii_strcasecmp (tw_lookup_item_get_key (item), text) != 0
          && g_strcmp0 (tw_lookup_item_get_name (item), text) != 0)
        continue;
      self->name = g_strdup (tw_lookup_item_get_name (item));
      g_signal_emit (self, signals[PICKED], 0, tw_lookup_item_get_record (item));
      return g_strdup (tw_lookup_item_get_key (item));
    }
  return g_steal_pointer (&text);
}

static void
tw_lookup_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TwLookupEntry *self = TW_LOOKUP_ENTRY (widget);

  GTK_WIDGET_CLASS (tw_lookup_entry_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), MAX (width, 320), -1);
  gtk_popover_present (self->popover);
}

static void
tw_lookup_entry_dispose (GObject *object)
{
  TwLookupEntry *self = TW_LOOKUP_ENTRY (object);

  stop_asking (self);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  g_clear_object (&self->popover);
  G_OBJECT_CLASS (tw_lookup_entry_parent_class)->dispose (object);
}

static void
tw_lookup_entry_finalize (GObject *object)
{
  TwLookupEntry *self = TW_LOOKUP_ENTRY (object);

  g_clear_object (&self->found);
  g_free (self->route);
  g_free (self->key_field);
  g_free (self->name_field);
  g_free (self->detail_field);
  g_free (self->name);
  G_OBJECT_CLASS (tw_lookup_entry_parent_class)->finalize (object);
}

static char **
string_member (TwLookupEntry *self, guint id)
{
  return id == PROP_ROUTE        ? &self->route
         : id == PROP_KEY_FIELD  ? &self->key_field
         : id == PROP_NAME_FIELD ? &self->name_field
                                 : &self->detail_field;
}

static void
tw_lookup_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  char **member = string_member (TW_LOOKUP_ENTRY (object), id);

  g_free (*member);
  *member = g_value_dup_string (value);
}

static void
tw_lookup_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, *string_member (TW_LOOKUP_ENTRY (object), id));
}

static void
tw_lookup_entry_class_init (TwLookupEntryClass *klass)
{
  static const char *const names[] = { "route", "key-field", "name-field", "detail-field" };
  static const char *const defaults[] = { NULL, "code", "name", NULL };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tw_lookup_entry_dispose;
  object_class->finalize = tw_lookup_entry_finalize;
  object_class->set_property = tw_lookup_entry_set_property;
  object_class->get_property = tw_lookup_entry_get_property;
  GTK_WIDGET_CLASS (klass)->size_allocate = tw_lookup_entry_size_allocate;
  TW_VALUE_ENTRY_CLASS (klass)->format = tw_lookup_entry_format;
  TW_VALUE_ENTRY_CLASS (klass)->parse = tw_lookup_entry_parse;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    properties[PROP_ROUTE + i]
      = g_param_spec_string (names[i], NULL, NULL, defaults[i],
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[PICKED] = g_signal_new ("picked", TW_TYPE_LOOKUP_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, JSON_TYPE_OBJECT);
}

static void
tw_lookup_entry_init (TwLookupEntry *self)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_type_ensure (TW_TYPE_LOOKUP_ITEM);
  builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/widget/lookup-popover.ui");
  self->found = g_list_store_new (TW_TYPE_LOOKUP_ITEM);
  self->popover = GTK_POPOVER (g_object_ref_sink (gtk_builder_get_object (builder, "popover")));
  self->selection = GTK_SINGLE_SELECTION (gtk_builder_get_object (builder, "selection"));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->found));
  g_signal_connect_object (gtk_builder_get_object (builder, "list"), "activate", G_CALLBACK (row_activated_cb), self,
                           0);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self), GTK_ENTRY_ICON_PRIMARY, "system-search-symbolic");
  gtk_entry_set_icon_activatable (GTK_ENTRY (self), GTK_ENTRY_ICON_PRIMARY, FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

void
tw_lookup_entry_set_reference (TwLookupEntry *self, const char *key, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
  self->quiet = TRUE;
  tw_value_entry_set_value (TW_VALUE_ENTRY (self), key);
  self->quiet = FALSE;
}

const char *
tw_lookup_entry_get_name (TwLookupEntry *self)
{
  return self->name != NULL ? self->name : "";
}

gboolean
tw_lookup_entry_is_open (TwLookupEntry *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}
