/* detail-page.c: one document: shown, edited, saved, acted on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/detail-page-private.h"

#include <string.h>

#include "client/application.h"
#include "client/net/body.h"
#include "client/widget/format.h"
#include "shared/base/codec.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

enum
{
  PROP_0,
  PROP_ROUTE,
  PROP_RECORD_TYPE,
  PROP_TITLE_FIELD,
  PROP_SUBTITLE_FIELD,
  PROP_NEW_TITLE,
  PROP_UNSET_TITLE,
  PROP_EDIT_PERMISSION,
  PROP_EDIT_STATES,
  PROP_OWN_ACTIONS,
  PROP_EMPTY_TITLE,
  PROP_RECORD,
  PROP_DIRTY,
  PROP_EDITING,
  PROP_FOLDED,
  N_PROPERTIES
};

enum
{
  STORED,
  CLOSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (TwDetailPage, tw_detail_page, ADW_TYPE_BIN,
                         G_ADD_PRIVATE (TwDetailPage) G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

TwDetailPagePrivate *
tw_detail_page_private (TwDetailPage *self)
{
  return tw_detail_page_get_instance_private (self);
}

#define PRIV(self) (tw_detail_page_private (self))

/* ---- What is shown ------------------------------------------------------------------------------------------- */

static char *
field_text (TwRecord *record, const char *name)
{
  const TwField *field = name != NULL ? tw_record_find (record, name) : NULL;

  return field != NULL ? tw_format_value (record, field) : g_strdup ("");
}

static void
update_title (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (priv->record == NULL)
    {
      adw_window_title_set_title (priv->window_title, "");
      adw_window_title_set_subtitle (priv->window_title, "");
      return;
    }
  title = priv->record->id != 0 ? field_text (priv->record, priv->title_field) : g_strdup (priv->new_title);
  subtitle = field_text (priv->record, priv->subtitle_field);
  if (priv->unset_title != NULL && (title == NULL || *title == '\0'))
    tw_record_take_text (&title, g_strdup (priv->unset_title));
  adw_window_title_set_title (priv->window_title, title != NULL ? title : "");
  adw_window_title_set_subtitle (priv->window_title, subtitle);
}

static gboolean
is_state_editable (TwDetailPagePrivate *priv)
{
  const TwField *field = tw_record_find (priv->record, "state");
  g_auto (GStrv) states = NULL;
  const char *state;

  if (priv->edit_states == NULL || field == NULL || priv->record->id == 0)
    return TRUE;
  states = g_strsplit (priv->edit_states, ",", -1);
  state = tw_record_at (priv->record, field, const char *);
  return state != NULL && g_strv_contains ((const char *const *) states, state);
}

static gboolean
tw_detail_page_real_can_edit (TwDetailPage *self, TwRecord *record)
{
  TwDetailPagePrivate *priv = PRIV (self);

  return priv->edit_permission != NULL && tw_session_may (tw_session_get_default (), priv->edit_permission)
         && is_state_editable (priv);
}

void
tw_detail_page_update (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  gboolean dirty = tw_detail_page_is_dirty (self);
  gboolean is_new = priv->record != NULL && priv->record->id == 0;

  gtk_widget_set_visible (GTK_WIDGET (priv->save_button), dirty || (is_new && priv->editing));
  gtk_widget_set_visible (GTK_WIDGET (priv->discard_button), dirty || is_new);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->save_button), !priv->busy && dirty);
  /* Actions stand for what is saved; while something is typed the next step is to save it. */
  gtk_widget_set_visible (GTK_WIDGET (priv->action_bar), !is_new && !dirty);
  /* On a narrow screen the buttons that save and discard need its room. */
  gtk_widget_set_visible (GTK_WIDGET (priv->history_button),
                          priv->record != NULL && !is_new && !(priv->folded && dirty));
  tw_detail_page_update_steps (self);
  tw_action_bar_set_busy (priv->action_bar, priv->busy);
  gtk_spinner_set_spinning (priv->spinner, priv->busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

/* Everything on the page follows the record that is now in priv->record. */
void
tw_detail_page_show_record (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  TwDetailPageClass *klass = TW_DETAIL_PAGE_GET_CLASS (self);
  g_autoptr (GListModel) actions = tw_detail_page_get_actions (self);

  priv->editing = priv->record != NULL && klass->can_edit (self, priv->record);
  for (guint i = 0; i < priv->editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (priv->editors, i);

      tw_editor_set_editable (editor, priv->editing);
      tw_editor_set_record (editor, priv->record);
      tw_editor_show_fault (editor, "", NULL);
    }
  tw_action_bar_set_actions (priv->action_bar, actions);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITING]);
  update_title (self);
  tw_detail_page_update (self);
  gtk_stack_set_visible_child_name (priv->stack, priv->record != NULL ? "record" : "nothing");
  if (priv->record != NULL && klass->shown != NULL)
    klass->shown (self, priv->record);
}

void
tw_detail_page_set_busy (TwDetailPage *self, gboolean busy)
{
  PRIV (self)->busy = busy;
  tw_detail_page_update (self);
}

/* ---- Errors -------------------------------------------------------------------------------------------------- */

static void
clear_faults (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  for (guint i = 0; i < priv->editors->len; i++)
    tw_editor_show_fault (g_ptr_array_index (priv->editors, i), "", NULL);
  tw_banner_set_revealed (priv->banner, FALSE);
}

/* TRUE when an editor of the page took it. */
static gboolean
show_fault (TwDetailPage *self, TwFault *fault)
{
  TwDetailPagePrivate *priv = PRIV (self);
  const char *pointer = fault->pointer[0] == '/' ? fault->pointer + 1 : fault->pointer;
  gsize length = strcspn (pointer, "/");

  for (guint i = 0; length > 0 && i < priv->editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (priv->editors, i);
      const char *field = tw_editor_get_field (editor);

      if (field != NULL && strlen (field) == length && strncmp (field, pointer, length) == 0)
        {
          tw_editor_show_fault (editor, pointer + length, fault->detail);
          return TRUE;
        }
    }
  return FALSE;
}

void
tw_detail_page_show_notice (TwDetailPage *self, const char *text)
{
  tw_banner_set_title (PRIV (self)->banner, text);
  tw_banner_set_revealed (PRIV (self)->banner, TRUE);
}

void
tw_detail_page_show_error (TwDetailPage *self, const GError *error)
{
  GPtrArray *faults = error->domain == TW_ERROR ? tw_error_get_faults (error) : NULL;
  g_autoptr (GString) rest = g_string_new (NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_faults (self);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);

      if (!show_fault (self, fault))
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", fault->detail);
    }
  if (faults == NULL || faults->len == 0)
    tw_detail_page_show_notice (self, error->message);
  else if (rest->len > 0)
    tw_detail_page_show_notice (self, rest->str);
  else
    tw_detail_page_show_notice (self, _("Not saved: please correct the marked fields."));
}

/* ---- Editing ------------------------------------------------------------------------------------------------- */

void
tw_detail_page_mark_edited (TwDetailPage *self, const char *field)
{
  TwDetailPagePrivate *priv = PRIV (self);
  TwDetailPageClass *klass = TW_DETAIL_PAGE_GET_CLASS (self);

  if (priv->record == NULL)
    return;
  g_hash_table_add (priv->edited, g_strdup (field));
  g_clear_pointer (&priv->key, g_free); /* another body is another write */
  tw_detail_page_keep_draft (self);
  tw_detail_page_update (self);
  if (klass->edited != NULL)
    klass->edited (self, priv->record, field);
}

static void
edited_cb (TwDetailPage *self, const char *field)
{
  tw_detail_page_mark_edited (self, field);
}

static gboolean
commit_editors (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  gboolean good = TRUE;

  for (guint i = 0; i < priv->editors->len; i++)
    good = tw_editor_commit (g_ptr_array_index (priv->editors, i)) && good;
  return good;
}

/* What is typed and not taken over yet belongs to what is saved or acted on. */
static gboolean
take_typed (TwDetailPage *self)
{
  clear_faults (self);
  if (commit_editors (self))
    return TRUE;
  tw_detail_page_show_notice (self, _("Not saved: please correct the marked fields."));
  return FALSE;
}

void
tw_detail_page_save (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  if (priv->record == NULL || priv->busy)
    return;
  if (take_typed (self) && tw_detail_page_is_dirty (self))
    tw_detail_page_write (self);
}

void
tw_detail_page_discard (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  if (priv->record == NULL)
    return;
  tw_detail_page_forget_draft (self);
  g_hash_table_remove_all (priv->edited);
  if (priv->record->id == 0)
    {
      tw_detail_page_clear (self);
      g_signal_emit (self, signals[CLOSED], 0);
      return;
    }
  g_set_object (&priv->record, NULL);
  priv->record = tw_record_copy (priv->stored);
  clear_faults (self);
  tw_detail_page_show_record (self);
}

/* ---- Actions ------------------------------------------------------------------------------------------------- */

static gboolean
act_cb (TwActionBar *bar, TwActionState *action, gpointer user_data)
{
  TwDetailPageClass *klass = TW_DETAIL_PAGE_GET_CLASS (user_data);

  return klass->act != NULL && klass->act (user_data, action);
}

static void
confirmed_cb (TwActionBar *bar, const char *action, const char *reason, gpointer user_data)
{
  g_autoptr (TwActionArguments) arguments = tw_action_arguments_new ();
  GString *body = NULL;

  if (reason != NULL)
    {
      arguments->reason = g_strdup (reason);
      body = tw_body_create (TW_RECORD (arguments), NULL);
    }
  tw_detail_page_run_action (user_data, action, body);
}

void
tw_detail_page_run_action (TwDetailPage *self, const char *action, GString *arguments)
{
  TwDetailPagePrivate *priv = PRIV (self);

  if (priv->record == NULL || priv->busy || !take_typed (self)
      || (priv->record->id == 0 && !tw_detail_page_is_dirty (self)))
    {
      if (arguments != NULL)
        g_string_free (arguments, TRUE);
      return;
    }
  g_clear_pointer (&priv->pending_action, g_free);
  g_clear_pointer (&priv->pending_arguments, tw_detail_page_free_body);
  priv->pending_action = g_strdup (action);
  priv->pending_arguments = arguments;
  if (tw_detail_page_is_dirty (self))
    tw_detail_page_save (self); /* goes on with the action when it is stored */
  else
    tw_detail_page_act (self);
}

/* ---- Signals of the template --------------------------------------------------------------------------------- */

static void
save_clicked_cb (TwDetailPage *self)
{
  tw_detail_page_save (self);
}

static void
discard_clicked_cb (TwDetailPage *self)
{
  tw_detail_page_discard (self);
}

static void
back_clicked_cb (TwDetailPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
retry_clicked_cb (TwDetailPage *self)
{
  tw_detail_page_load (self, PRIV (self)->wanted_id);
}

static void
history_toggled_cb (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  gboolean shown = gtk_toggle_button_get_active (priv->history_button);

  gtk_revealer_set_reveal_child (priv->history_revealer, shown);
  if (shown && priv->record != NULL)
    tw_timeline_show (priv->timeline, priv->route, priv->record->id);
}

void
tw_detail_page_emit_stored (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  if (gtk_toggle_button_get_active (priv->history_button))
    tw_timeline_show (priv->timeline, priv->route, priv->record->id);
  g_signal_emit (self, signals[STORED], 0, priv->record);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_detail_page_constructed (GObject *object)
{
  TwDetailPage *self = TW_DETAIL_PAGE (object);
  TwDetailPagePrivate *priv = PRIV (self);

  G_OBJECT_CLASS (tw_detail_page_parent_class)->constructed (object);
  g_return_if_fail (priv->route != NULL && g_type_is_a (priv->record_type, TW_TYPE_RECORD));

  g_ptr_array_unref (priv->editors);
  priv->editors = tw_editor_collect (GTK_WIDGET (priv->stack));
  for (guint i = 0; i < priv->editors->len; i++)
    g_signal_connect_object (g_ptr_array_index (priv->editors, i), "edited", G_CALLBACK (edited_cb), self,
                             G_CONNECT_SWAPPED);
  tw_detail_page_follow_events (self);
  tw_detail_page_show_record (self);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TwDetailPagePrivate *priv = PRIV (TW_DETAIL_PAGE (buildable));

  if (priv->body == NULL || child == G_OBJECT (priv->template_root))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "footer") == 0)
    gtk_box_append (priv->footer, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    gtk_header_bar_pack_end (priv->header, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "next") == 0)
    tw_detail_page_add_step (TW_DETAIL_PAGE (buildable), GTK_WIDGET (child));
  else if (GTK_IS_WIDGET (child))
    gtk_box_append (priv->body, GTK_WIDGET (child));
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
tw_detail_page_dispose (GObject *object)
{
  TwDetailPagePrivate *priv = PRIV (TW_DETAIL_PAGE (object));

  tw_detail_page_write_draft (TW_DETAIL_PAGE (object));
  g_cancellable_cancel (priv->cancellable);
  g_ptr_array_set_size (priv->editors, 0);
  g_ptr_array_set_size (priv->steps, 0);
  G_OBJECT_CLASS (tw_detail_page_parent_class)->dispose (object);
}

static void
tw_detail_page_finalize (GObject *object)
{
  TwDetailPagePrivate *priv = PRIV (TW_DETAIL_PAGE (object));

  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->record);
  g_clear_object (&priv->stored);
  g_free (priv->draft_key);
  g_ptr_array_unref (priv->editors);
  g_ptr_array_unref (priv->steps);
  g_hash_table_unref (priv->edited);
  g_clear_pointer (&priv->pending_arguments, tw_detail_page_free_body);
  g_free (priv->pending_action);
  g_free (priv->key);
  g_free (priv->route);
  g_free (priv->title_field);
  g_free (priv->subtitle_field);
  g_free (priv->new_title);
  g_free (priv->unset_title);
  g_free (priv->edit_permission);
  g_free (priv->edit_states);
  g_free (priv->own_actions);
  G_OBJECT_CLASS (tw_detail_page_parent_class)->finalize (object);
}

static char **
string_member (TwDetailPagePrivate *priv, guint id)
{
  switch (id)
    {
    case PROP_ROUTE:
      return &priv->route;
    case PROP_TITLE_FIELD:
      return &priv->title_field;
    case PROP_SUBTITLE_FIELD:
      return &priv->subtitle_field;
    case PROP_NEW_TITLE:
      return &priv->new_title;
    case PROP_UNSET_TITLE:
      return &priv->unset_title;
    case PROP_EDIT_PERMISSION:
      return &priv->edit_permission;
    case PROP_EDIT_STATES:
      return &priv->edit_states;
    case PROP_OWN_ACTIONS:
      return &priv->own_actions;
    default:
      return NULL;
    }
}

static void
tw_detail_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwDetailPage *self = TW_DETAIL_PAGE (object);
  char **string = string_member (PRIV (self), id);

  if (string != NULL)
    {
      g_free (*string);
      *string = g_value_dup_string (value);
    }
  else if (id == PROP_RECORD_TYPE)
    PRIV (self)->record_type = g_value_get_gtype (value);
  else if (id == PROP_EMPTY_TITLE)
    adw_status_page_set_title (PRIV (self)->nothing_page, g_value_get_string (value));
  else if (id == PROP_FOLDED)
    tw_detail_page_set_folded (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_detail_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwDetailPage *self = TW_DETAIL_PAGE (object);
  char **string = string_member (PRIV (self), id);

  if (string != NULL)
    g_value_set_string (value, *string);
  else if (id == PROP_RECORD_TYPE)
    g_value_set_gtype (value, PRIV (self)->record_type);
  else if (id == PROP_RECORD)
    g_value_set_object (value, PRIV (self)->record);
  else if (id == PROP_DIRTY)
    g_value_set_boolean (value, tw_detail_page_is_dirty (self));
  else if (id == PROP_EDITING)
    g_value_set_boolean (value, PRIV (self)->editing);
  else if (id == PROP_FOLDED)
    g_value_set_boolean (value, PRIV (self)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ROUTE] = g_param_spec_string ("route", NULL, NULL, NULL, both);
  properties[PROP_RECORD_TYPE] = g_param_spec_gtype ("record-type", NULL, NULL, TW_TYPE_RECORD, both);
  properties[PROP_TITLE_FIELD] = g_param_spec_string ("title-field", NULL, NULL, NULL, both);
  properties[PROP_SUBTITLE_FIELD] = g_param_spec_string ("subtitle-field", NULL, NULL, NULL, both);
  properties[PROP_NEW_TITLE] = g_param_spec_string ("new-title", NULL, NULL, NULL, both);
  properties[PROP_UNSET_TITLE] = g_param_spec_string ("unset-title", NULL, NULL, NULL, both);
  properties[PROP_EDIT_PERMISSION] = g_param_spec_string ("edit-permission", NULL, NULL, NULL, both);
  properties[PROP_EDIT_STATES] = g_param_spec_string ("edit-states", NULL, NULL, NULL, both);
  properties[PROP_OWN_ACTIONS] = g_param_spec_string ("own-actions", NULL, NULL, NULL, both);
  properties[PROP_EMPTY_TITLE]
    = g_param_spec_string ("empty-title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, TW_TYPE_RECORD, read);
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, read);
  properties[PROP_EDITING] = g_param_spec_boolean ("editing", NULL, NULL, FALSE, read);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (TW_TYPE_ACTION_BAR);
  g_type_ensure (TW_TYPE_BANNER);
  g_type_ensure (TW_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/detail-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, template_root);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, header);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, window_title);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, back_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, save_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, discard_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, history_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, history_revealer);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, timeline);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, action_bar);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, banner);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, body);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, footer);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, foot);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, nothing_page);
  gtk_widget_class_bind_template_child_private (widget_class, TwDetailPage, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirmed_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_start);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_stop);
}

static void
tw_detail_page_class_init (TwDetailPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = tw_detail_page_constructed;
  object_class->dispose = tw_detail_page_dispose;
  object_class->finalize = tw_detail_page_finalize;
  object_class->set_property = tw_detail_page_set_property;
  object_class->get_property = tw_detail_page_get_property;
  klass->can_edit = tw_detail_page_real_can_edit;
  install_properties (object_class);
  signals[STORED] = g_signal_new ("stored", TW_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  TW_TYPE_RECORD);
  signals[CLOSED]
    = g_signal_new ("closed", TW_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tw_detail_page_init (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  priv->editors = g_ptr_array_new ();
  priv->steps = g_ptr_array_new ();
  priv->edited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  priv->cancellable = g_cancellable_new ();
  priv->title_field = g_strdup ("number");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_detail_page_class_set_template (GtkWidgetClass *klass, const char *resource, GType record_type)
{
  g_autofree char *path = g_strconcat (TW_RESOURCE_PATH "/ui/", resource, NULL);

  g_type_ensure (record_type);
  tw_detail_page_ensure_types ();
  gtk_widget_class_set_template_from_resource (klass, path);
  tw_format_bind_closures (klass);
}

void
tw_detail_page_focus_form (TwDetailPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (PRIV (self)->body), GTK_DIR_TAB_FORWARD);
}

TwRecord *
tw_detail_page_get_record (TwDetailPage *self)
{
  return PRIV (self)->record;
}

gboolean
tw_detail_page_is_dirty (TwDetailPage *self)
{
  return g_hash_table_size (PRIV (self)->edited) > 0;
}

gboolean
tw_detail_page_is_editing (TwDetailPage *self)
{
  return PRIV (self)->editing;
}

GCancellable *
tw_detail_page_get_cancellable (TwDetailPage *self)
{
  return PRIV (self)->cancellable;
}

void
tw_detail_page_show_history (TwDetailPage *self)
{
  gtk_toggle_button_set_active (PRIV (self)->history_button, TRUE);
}
