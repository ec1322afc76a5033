/* trip-page.c: a trip: planned by the dispatcher, driven by the driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/trip-page.h"

#include "client/delivery/shipment-dialog.h"
#include "client/delivery/stop-editor.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/shipment.h"
#include "shared/document/trip.h"
#include "shared/policy/transition.h"

struct _TwTripPage
{
  TwDetailPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwTripPage, tw_trip_page, TW_TYPE_DETAIL_PAGE)

static void
tw_trip_page_begin (TwDetailPage *page, TwRecord *record)
{
  ((TwTrip *) record)->trip_date = tw_date_today ();
}

static void
done_cb (TwTripPage *self, TwRecord *shipment)
{
  tw_detail_page_reload (TW_DETAIL_PAGE (self));
}

/* A step of the stop's shipment, without leaving the trip. */
static void
ask (TwTripPage *self, TwTripStop *stop, const char *action)
{
  const TwTransition *step = tw_transition_find ("shipment", stop->shipment_state, action);
  g_autoptr (TwShipment) shipment = tw_shipment_new ();
  TwActionDialog *dialog;

  TW_RECORD (shipment)->id = stop->shipment_id;
  shipment->number = g_strdup (stop->shipment);
  shipment->customer_name = g_strdup (stop->customer_name);
  dialog = tw_shipment_dialog_ask (GTK_WIDGET (self), TW_RECORD (shipment), action, _(step->label));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
}

static void
deliver_cb (TwTripPage *self, TwTripStop *stop)
{
  ask (self, stop, "deliver");
}

static void
report_cb (TwTripPage *self, TwTripStop *stop)
{
  ask (self, stop, "report_exception");
}

static void
open_cb (TwTripPage *self, TwTripStop *stop)
{
  if (stop->shipment_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "shipment", stop->shipment_id);
}

/* What becomes of the stops shows on the trip, which itself does not change by it. */
static void
shipment_changed_cb (TwTripPage *self, const char *kind, gint64 id)
{
  TwTrip *trip = (TwTrip *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));

  for (guint i = 0; trip != NULL && TW_RECORD (trip)->id != 0 && i < tw_record_count (trip->stops); i++)
    if (((TwTripStop *) tw_record_nth (trip->stops, i))->shipment_id == id)
      {
        tw_detail_page_reload (TW_DETAIL_PAGE (self));
        return;
      }
}

static void
tw_trip_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (tw_trip_page_parent_class)->constructed (object);
  g_signal_connect_object (tw_session_get_events (tw_session_get_default ()), "changed::shipment",
                           G_CALLBACK (shipment_changed_cb), object, G_CONNECT_SWAPPED);
}

static void
tw_trip_page_class_init (TwTripPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tw_trip_page_constructed;
  TW_DETAIL_PAGE_CLASS (klass)->begin = tw_trip_page_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_STOP_EDITOR);
  tw_detail_page_class_set_template (widget_class, "delivery/trip-page.ui", tw_trip_get_type ());
  gtk_widget_class_bind_template_callback (widget_class, deliver_cb);
  gtk_widget_class_bind_template_callback (widget_class, report_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
tw_trip_page_init (TwTripPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
