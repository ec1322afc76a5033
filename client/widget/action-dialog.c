/* action-dialog.c: asks what an action of a document has to be told, and carries it out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/action-dialog.h"

#include <string.h>

#include "client/application.h"
#include "client/net/body.h"
#include "client/widget/dialog-fit.h"
#include "client/widget/format.h"
#include "client/widget/lookup-entry.h"
#include "client/widget/scan-entry.h"
#include "shared/base/text.h"

/* Pixels; a higher form scrolls. Leaves room for the header on a phone of 700. */
#define MAX_FORM_HEIGHT 560

typedef struct
{
  /* Template widgets */
  GtkWidget *template_root;
  AdwWindowTitle *window_title;
  GtkScrolledWindow *scroller;
  GtkBox *body;
  GtkButton *do_button;
  GtkSpinner *spinner;
  GtkLabel *message_label;
  GtkRevealer *message_revealer;

  GType arguments_type;
  GPtrArray *editors; /* borrowed: they are in the body */
  TwRecord *arguments;
  TwRecord *document;
  char *route;
  char *action;
  char *key; /* idempotency key of the attempt that may have reached the server */
  GCancellable *cancellable;
} TwActionDialogPrivate;

enum
{
  PROP_0,
  PROP_ARGUMENTS_TYPE,
  PROP_ARGUMENTS,
  N_PROPERTIES
};

enum
{
  DONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (TwActionDialog, tw_action_dialog, ADW_TYPE_WINDOW,
                         G_ADD_PRIVATE (TwActionDialog)
                           G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

#define PRIV(self) ((TwActionDialogPrivate *) tw_action_dialog_get_instance_private (self))

/* ---- Faults -------------------------------------------------------------------------------------------------- */

static void
clear_faults (TwActionDialog *self)
{
  TwActionDialogPrivate *priv = PRIV (self);
  TwActionDialogClass *klass = TW_ACTION_DIALOG_GET_CLASS (self);

  for (guint i = 0; i < priv->editors->len; i++)
    tw_editor_show_fault (g_ptr_array_index (priv->editors, i), "", NULL);
  if (klass->show_fault != NULL)
    klass->show_fault (self, NULL);
  tw_action_dialog_show_message (self, NULL);
}

static gboolean
show_at_editor (TwActionDialog *self, const TwFault *fault)
{
  TwActionDialogPrivate *priv = PRIV (self);
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

static void
show_error (TwActionDialog *self, const GError *error)
{
  TwActionDialogClass *klass = TW_ACTION_DIALOG_GET_CLASS (self);
  GPtrArray *faults = error->domain == TW_ERROR ? tw_error_get_faults (error) : NULL;
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);

      if ((klass->show_fault == NULL || !klass->show_fault (self, fault)) && !show_at_editor (self, fault))
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", fault->detail);
    }
  if (faults == NULL || faults->len == 0)
    tw_action_dialog_show_message (self, error->message);
  else
    tw_action_dialog_show_message (self, rest->len > 0 ? rest->str : _("Please correct the marked fields."));
}

/* ---- Carrying out -------------------------------------------------------------------------------------------- */

static void
set_busy (TwActionDialog *self, gboolean busy)
{
  TwActionDialogPrivate *priv = PRIV (self);

  gtk_widget_set_sensitive (GTK_WIDGET (priv->do_button), !busy);
  gtk_spinner_set_spinning (priv->spinner, busy);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwActionDialog) self = user_data;
  TwActionDialogPrivate *priv = PRIV (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) fresh = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  /* The same key again finds out whether an attempt without an answer was carried out. */
  if (!g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_clear_pointer (&priv->key, g_free);
  if (fresh == NULL)
    {
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[DONE], 0, fresh);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
commit (TwActionDialog *self)
{
  TwActionDialogPrivate *priv = PRIV (self);
  TwActionDialogClass *klass = TW_ACTION_DIALOG_GET_CLASS (self);
  gboolean good = TRUE;

  for (guint i = 0; i < priv->editors->len; i++)
    good = tw_editor_commit (g_ptr_array_index (priv->editors, i)) && good;
  if (!good)
    tw_action_dialog_show_message (self, _("Please correct the marked fields."));
  return good && (klass->collect == NULL || klass->collect (self, priv->arguments));
}

void
tw_action_dialog_carry_out (TwActionDialog *self)
{
  TwActionDialogPrivate *priv = PRIV (self);
  g_autoptr (GString) body = NULL;

  if (priv->document == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (priv->do_button)))
    return;
  clear_faults (self);
  if (!commit (self))
    return;
  body = tw_body_create (priv->arguments, NULL);
  if (priv->key == NULL)
    priv->key = g_uuid_string_random ();
  set_busy (self, TRUE);
  tw_api_act_async (tw_session_get_api (tw_session_get_default ()), G_OBJECT_TYPE (priv->document), priv->route,
                    priv->document->id, priv->action, body, priv->key, priv->cancellable, acted_cb,
                    g_object_ref (self));
}

static void
edited_cb (TwActionDialog *self)
{
  g_clear_pointer (&PRIV (self)->key, g_free); /* another body is another attempt */
}

static void
do_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_action_dialog_carry_out (TW_ACTION_DIALOG (widget));
}

static void
clicked_cb (TwActionDialog *self)
{
  tw_action_dialog_carry_out (self);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
go_on_cb (TwActionDialog *self)
{
  gtk_widget_child_focus (GTK_WIDGET (PRIV (self)->body), GTK_DIR_TAB_FORWARD);
}

/* Enter in a line of text is the button. A scanner's Enter is not, only one without a code; nor is that which chooses
 * among what a lookup found. */
static void
follow_entries (TwActionDialog *self, GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (TW_IS_SCAN_ENTRY (child))
      g_signal_connect_object (child, "finished", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
    else if (TW_IS_LOOKUP_ENTRY (child))
      g_signal_connect_object (child, "activate", G_CALLBACK (go_on_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    else if (GTK_IS_ENTRY (child))
      g_signal_connect_object (child, "activate", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    else if (ADW_IS_ENTRY_ROW (child))
      g_signal_connect_object (child, "entry-activated", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
    else
      follow_entries (self, child);
}

static void
tw_action_dialog_constructed (GObject *object)
{
  TwActionDialog *self = TW_ACTION_DIALOG (object);
  TwActionDialogPrivate *priv = PRIV (self);

  G_OBJECT_CLASS (tw_action_dialog_parent_class)->constructed (object);
  g_return_if_fail (g_type_is_a (priv->arguments_type, TW_TYPE_RECORD));

  priv->arguments = g_object_new (priv->arguments_type, NULL);
  priv->editors = tw_editor_collect (GTK_WIDGET (priv->body));
  for (guint i = 0; i < priv->editors->len; i++)
    g_signal_connect_object (g_ptr_array_index (priv->editors, i), "edited", G_CALLBACK (edited_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TwActionDialogPrivate *priv = PRIV (TW_ACTION_DIALOG (buildable));

  if (priv->body == NULL || child == G_OBJECT (priv->template_root) || !GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else
    gtk_box_append (priv->body, GTK_WIDGET (child));
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
tw_action_dialog_dispose (GObject *object)
{
  TwActionDialogPrivate *priv = PRIV (TW_ACTION_DIALOG (object));

  g_cancellable_cancel (priv->cancellable);
  if (priv->editors != NULL)
    g_ptr_array_set_size (priv->editors, 0);
  G_OBJECT_CLASS (tw_action_dialog_parent_class)->dispose (object);
}

static void
tw_action_dialog_finalize (GObject *object)
{
  TwActionDialogPrivate *priv = PRIV (TW_ACTION_DIALOG (object));

  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->arguments);
  g_clear_object (&priv->document);
  g_clear_pointer (&priv->editors, g_ptr_array_unref);
  g_free (priv->route);
  g_free (priv->action);
  g_free (priv->key);
  G_OBJECT_CLASS (tw_action_dialog_parent_class)->finalize (object);
}

static void
tw_action_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ARGUMENTS_TYPE)
    PRIV (TW_ACTION_DIALOG (object))->arguments_type = g_value_get_gtype (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_action_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwActionDialogPrivate *priv = PRIV (TW_ACTION_DIALOG (object));

  if (id == PROP_ARGUMENTS_TYPE)
    g_value_set_gtype (value, priv->arguments_type);
  else if (id == PROP_ARGUMENTS)
    g_value_set_object (value, priv->arguments);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_action_dialog_class_init (TwActionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tw_action_dialog_constructed;
  object_class->dispose = tw_action_dialog_dispose;
  object_class->finalize = tw_action_dialog_finalize;
  object_class->set_property = tw_action_dialog_set_property;
  object_class->get_property = tw_action_dialog_get_property;
  properties[PROP_ARGUMENTS_TYPE] = g_param_spec_gtype ("arguments-type", NULL, NULL, TW_TYPE_RECORD,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ARGUMENTS]
    = g_param_spec_object ("arguments", NULL, NULL, TW_TYPE_RECORD, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[DONE] = g_signal_new ("done", TW_TYPE_ACTION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                TW_TYPE_RECORD);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/action-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, template_root);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, window_title);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, body);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, do_button);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, message_label);
  gtk_widget_class_bind_template_child_private (widget_class, TwActionDialog, message_revealer);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_install_action (widget_class, "dialog.do", NULL, do_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.do", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "dialog.do", NULL);
}

static void
tw_action_dialog_init (TwActionDialog *self)
{
  PRIV (self)->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_action_dialog_class_set_template (GtkWidgetClass *klass, const char *resource, GType arguments_type)
{
  g_autofree char *path = g_strconcat (TW_RESOURCE_PATH "/ui/", resource, NULL);

  g_type_ensure (arguments_type);
  gtk_widget_class_set_template_from_resource (klass, path);
  tw_format_bind_closures (klass);
}

void
tw_action_dialog_ask (TwActionDialog *self, GtkWidget *parent, const char *route, TwRecord *document,
                      const char *action, const char *label)
{
  TwActionDialogPrivate *priv = PRIV (self);
  TwActionDialogClass *klass = TW_ACTION_DIALOG_GET_CLASS (self);
  GtkRoot *root = gtk_widget_get_root (parent);

  priv->document = g_object_ref (document);
  priv->route = g_strdup (route);
  priv->action = g_strdup (action);
  gtk_button_set_label (priv->do_button, label);
  adw_window_title_set_title (priv->window_title, gtk_window_get_title (GTK_WINDOW (self)));
  /* Twice the same words would leave neither of them room. */
  gtk_widget_set_visible (GTK_WIDGET (priv->window_title),
                          g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), label) != 0);
  if (klass->begin != NULL)
    klass->begin (self, priv->arguments, document);
  for (guint i = 0; i < priv->editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (priv->editors, i);
      TwRecord *record = klass->get_record != NULL ? klass->get_record (self, editor) : NULL;

      tw_editor_set_editable (editor, TRUE);
      tw_editor_set_record (editor, record != NULL ? record : priv->arguments);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARGUMENTS]);
  follow_entries (self, GTK_WIDGET (priv->body));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  tw_action_dialog_fit (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_child_focus (GTK_WIDGET (priv->body), GTK_DIR_TAB_FORWARD);
}

TwRecord *
tw_action_dialog_get_arguments (TwActionDialog *self)
{
  return PRIV (self)->arguments;
}

void
tw_action_dialog_show_message (TwActionDialog *self, const char *message)
{
  TwActionDialogPrivate *priv = PRIV (self);

  gtk_label_set_label (priv->message_label, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (priv->message_revealer, message != NULL);
}

void
tw_action_dialog_fit (TwActionDialog *self)
{
  TwActionDialogPrivate *priv = PRIV (self);
  int width = tw_dialog_fit (GTK_WINDOW (self));
  int height;

  gtk_widget_measure (GTK_WIDGET (priv->body), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (priv->scroller, MIN (height, MAX_FORM_HEIGHT));
}
