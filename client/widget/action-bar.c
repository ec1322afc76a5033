/* action-bar.c: what may be done with a document now, as buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/action-bar.h"

#include "client/application.h"
#include "client/widget/reason-dialog.h"
#include "shared/base/text.h"

struct _TwActionBar
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkButton *primary;
  GtkMenuButton *more;
  GtkListBox *rows;
  GtkPopover *popover;

  GtkBox *place;            /* of the primary button while it is not in the bar, borrowed, nullable */
  GListModel *actions;      /* nullable */
  TwActionState *expected;  /* what the primary button does, nullable */
  gboolean expected_only;
  gboolean busy;
};

enum
{
  PROP_0,
  PROP_ACTIONS,
  N_PROPERTIES
};

enum
{
  ACT,
  CONFIRMED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwActionBar, tw_action_bar, ADW_TYPE_BIN)

static void
answered_cb (TwReasonDialog *dialog, const char *reason, gpointer user_data)
{
  const char *action = g_object_get_data (G_OBJECT (dialog), "action");

  g_signal_emit (user_data, signals[CONFIRMED], 0, action, reason);
}

static void
press (TwActionBar *self, TwActionState *action)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TwReasonDialog *dialog;
  gboolean taken = FALSE;

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[ACT], 0, action, &taken);
  if (taken)
    return;
  if (!action->needs_reason && !action->danger)
    {
      g_signal_emit (self, signals[CONFIRMED], 0, action->action, NULL);
      return;
    }
  dialog = tw_reason_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action);
  g_object_set_data_full (G_OBJECT (dialog), "action", g_strdup (action->action), g_free);
  g_signal_connect_object (dialog, "answered", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
primary_clicked_cb (TwActionBar *self)
{
  if (self->expected != NULL)
    {
      g_autoptr (TwActionState) action = g_object_ref (self->expected);

      press (self, action);
    }
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, gpointer user_data)
{
  TwActionBar *self = user_data;
  g_autoptr (TwActionState) action = g_list_model_get_item (self->actions, (guint) gtk_list_box_row_get_index (row));

  if (action != NULL && action->allowed && !self->busy)
    press (self, action);
}

/* A row of the menu: the label, and why it is not possible. */
static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwActionState *action = item;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/widget/action-row.ui");
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (gtk_builder_get_object (builder, "row"));
  GtkLabel *label = GTK_LABEL (gtk_builder_get_object (builder, "label"));
  GtkLabel *reason = GTK_LABEL (gtk_builder_get_object (builder, "reason"));

  gtk_label_set_label (label, action->label);
  gtk_label_set_label (reason, action->reason != NULL ? action->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (reason), !action->allowed && action->reason != NULL);
  gtk_list_box_row_set_activatable (row, action->allowed);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), action->allowed ? NULL : action->reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, action->label, -1);
  if (!action->allowed)
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "not-allowed");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
      if (action->reason != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, action->reason, -1);
    }
  else if (action->danger)
    {
      gtk_widget_add_css_class (GTK_WIDGET (label), "error");
    }
  return g_object_ref_sink (GTK_WIDGET (row));
}

/* The expected step that is possible; else the first possible one that breaks nothing. */
static TwActionState *
find_expected (GListModel *actions)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; actions != NULL && i < g_list_model_get_n_items (actions); i++)
      {
        g_autoptr (TwActionState) action = g_list_model_get_item (actions, i);

        if (action->allowed && (pass == 0 ? action->primary : !action->danger))
          return g_steal_pointer (&action);
      }
  return NULL;
}

/* Outside the bar it goes with the bar all the same. */
static gboolean
is_primary_shown (TwActionBar *self)
{
  if (self->expected == NULL || (self->expected_only && !self->expected->primary))
    return FALSE;
  return self->place == NULL || (self->expected->primary && gtk_widget_get_visible (GTK_WIDGET (self)));
}

static void
update (TwActionBar *self)
{
  guint n = self->actions != NULL ? g_list_model_get_n_items (self->actions) : 0;
  gboolean shown;

  g_clear_object (&self->expected);
  self->expected = find_expected (self->actions);
  shown = is_primary_shown (self);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), shown);
  if (self->expected != NULL)
    {
      gtk_button_set_label (self->primary, self->expected->label);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->primary),
                                   self->expected->primary ? _("The next step (Ctrl+Enter)") : NULL);
      if (self->expected->primary)
        gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->primary), "suggested-action");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > (shown ? 1 : 0));
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), !self->busy);
}

static void
tw_action_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIONS)
    tw_action_bar_set_actions (TW_ACTION_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_action_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIONS)
    g_value_set_object (value, TW_ACTION_BAR (object)->actions);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_action_bar_dispose (GObject *object)
{
  TwActionBar *self = TW_ACTION_BAR (object);

  if (self->rows != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->expected);
  G_OBJECT_CLASS (tw_action_bar_parent_class)->dispose (object);
}

static void
tw_action_bar_class_init (TwActionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_action_bar_dispose;
  object_class->set_property = tw_action_bar_set_property;
  object_class->get_property = tw_action_bar_get_property;
  properties[PROP_ACTIONS] = g_param_spec_object ("actions", NULL, NULL, G_TYPE_LIST_MODEL,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ACT] = g_signal_new ("act", TW_TYPE_ACTION_BAR, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                               NULL, G_TYPE_BOOLEAN, 1, TW_TYPE_RECORD);
  signals[CONFIRMED] = g_signal_new ("confirmed", TW_TYPE_ACTION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/action-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TwActionBar, box);
  gtk_widget_class_bind_template_child (widget_class, TwActionBar, primary);
  gtk_widget_class_bind_template_child (widget_class, TwActionBar, more);
  gtk_widget_class_bind_template_child (widget_class, TwActionBar, rows);
  gtk_widget_class_bind_template_child (widget_class, TwActionBar, popover);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tw_action_bar_init (TwActionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::visible", G_CALLBACK (update), NULL);
  update (self);
}

void
tw_action_bar_set_actions (TwActionBar *self, GListModel *actions)
{
  g_set_object (&self->actions, actions);
  gtk_list_box_bind_model (self->rows, actions, actions != NULL ? create_row_cb : NULL, NULL, NULL);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIONS]);
}

void
tw_action_bar_set_place (TwActionBar *self, GtkBox *place)
{
  g_autoptr (GtkWidget) primary = g_object_ref (GTK_WIDGET (self->primary));

  if (self->place == place)
    return;
  gtk_box_remove (self->place != NULL ? self->place : self->box, primary);
  self->place = place;
  if (place != NULL)
    gtk_box_append (place, primary);
  else
    gtk_box_prepend (self->box, primary);
  update (self);
}

void
tw_action_bar_set_expected_only (TwActionBar *self, gboolean expected_only)
{
  if (self->expected_only == expected_only)
    return;
  self->expected_only = expected_only;
  update (self);
}

void
tw_action_bar_set_busy (TwActionBar *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), !busy);
}

gboolean
tw_action_bar_proceed (TwActionBar *self)
{
  g_autoptr (TwActionState) action = self->expected != NULL ? g_object_ref (self->expected) : NULL;

  if (action == NULL || !action->primary || self->busy)
    return FALSE;
  press (self, action);
  return TRUE;
}

gboolean
tw_action_bar_activate (TwActionBar *self, const char *name)
{
  for (guint i = 0; self->actions != NULL && i < g_list_model_get_n_items (self->actions); i++)
    {
      g_autoptr (TwActionState) action = g_list_model_get_item (self->actions, i);

      if (g_strcmp0 (action->action, name) == 0 && action->allowed && !self->busy)
        {
          press (self, action);
          return TRUE;
        }
    }
  return FALSE;
}
