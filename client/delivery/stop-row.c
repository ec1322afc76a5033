/* stop-row.c: one stop of a trip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/stop-row.h"

#include "client/application.h"
#include "client/net/session.h"
#include "client/widget/status-pill.h"
#include "shared/document/shipment.h"
#include "shared/policy/transition.h"

struct _TwStopRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *position;
  GtkLabel *customer;
  GtkLabel *address;
  GtkLabel *shipment;
  TwStatusPill *pill;
  GtkWidget *plan_box;
  GtkWidget *drive_box;

  TwTripStop *stop;
};

enum
{
  MOVED,
  REMOVED,
  DELIVER,
  REPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwStopRow, tw_stop_row, GTK_TYPE_LIST_BOX_ROW)

static void
up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, -1);
}

static void
down_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, 1);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

static void
deliver_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[DELIVER], 0);
}

static void
report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REPORT], 0);
}

/* Whether the table of transitions has the step for the stop's shipment, and this user may take it. */
static gboolean
may_act (TwStopRow *self, const char *action)
{
  const TwTransition *step
    = self->stop->shipment_state != NULL ? tw_transition_find ("shipment", self->stop->shipment_state, action) : NULL;

  return step != NULL && tw_session_may (tw_session_get_default (), step->permission);
}

static void
tw_stop_row_dispose (GObject *object)
{
  g_clear_object (&TW_STOP_ROW (object)->stop);
  G_OBJECT_CLASS (tw_stop_row_parent_class)->dispose (object);
}

static void
tw_stop_row_class_init (TwStopRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_stop_row_dispose;
  signals[MOVED] = g_signal_new ("moved", TW_TYPE_STOP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT);
  signals[REMOVED]
    = g_signal_new ("removed", TW_TYPE_STOP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELIVER]
    = g_signal_new ("deliver", TW_TYPE_STOP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPORT] = g_signal_new ("report", TW_TYPE_STOP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TW_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/delivery/stop-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, position);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, customer);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, address);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, shipment);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, pill);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, plan_box);
  gtk_widget_class_bind_template_child (widget_class, TwStopRow, drive_box);
  gtk_widget_class_install_action (widget_class, "stop.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "stop.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "stop.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "stop.deliver", NULL, deliver_action);
  gtk_widget_class_install_action (widget_class, "stop.report", NULL, report_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "stop.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "stop.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "stop.remove", NULL);
}

static void
tw_stop_row_init (TwStopRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwStopRow *
tw_stop_row_new (TwTripStop *stop)
{
  TwStopRow *self = g_object_new (TW_TYPE_STOP_ROW, NULL);
  gboolean known = stop->shipment_state != NULL;

  self->stop = g_object_ref (stop);
  gtk_label_set_label (self->customer, stop->customer_name != NULL ? stop->customer_name : "");
  gtk_label_set_label (self->address, stop->address != NULL ? stop->address : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address), stop->address != NULL && *stop->address != '\0');
  gtk_label_set_label (self->shipment, stop->shipment != NULL ? stop->shipment : "");
  tw_status_pill_set (self->pill, stop->shipment_state,
                      known ? tw_key_get_label (tw_shipment_state_keys, stop->shipment_state) : NULL);
  return self;
}

TwTripStop *
tw_stop_row_get_stop (TwStopRow *self)
{
  return self->stop;
}

void
tw_stop_row_set_place (TwStopRow *self, guint position, guint n, gboolean editable)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *number = g_strdup_printf ("%u", position + 1);
  gboolean deliver = !editable && may_act (self, "deliver");
  gboolean report = !editable && may_act (self, "report_exception");

  gtk_label_set_label (self->position, number);
  gtk_widget_set_visible (self->plan_box, editable);
  gtk_widget_set_visible (self->drive_box, deliver);
  gtk_widget_action_set_enabled (widget, "stop.up", editable && position > 0);
  gtk_widget_action_set_enabled (widget, "stop.down", editable && position + 1 < n);
  gtk_widget_action_set_enabled (widget, "stop.remove", editable);
  gtk_widget_action_set_enabled (widget, "stop.deliver", deliver);
  gtk_widget_action_set_enabled (widget, "stop.report", report);
}
