/* shipment.c: see shipment.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/shipment.h"

#include "shared/document/action.h"

const TwKey tw_shipment_state_keys[] = {
  /* Translators: state of a shipment */
  { "planned", N_ ("Planned") },
  { "released", N_ ("To be picked") },
  { "picking", N_ ("Being picked") },
  { "picked", N_ ("Picked") },
  { "packed", N_ ("Packed") },
  { "checked", N_ ("Checked") },
  { "ready", N_ ("Ready to go") },
  { "dispatched", N_ ("Handed over") },
  { "in_transit", N_ ("On the way") },
  { "delivered", N_ ("Delivered") },
  { "closed", N_ ("Closed") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

const TwKey tw_exception_kind_keys[] = {
  { "short_pick", N_ ("Short pick") },
  { "qc_failed", N_ ("Inspection failed") },
  { "delayed", N_ ("Delayed") },
  { "attempt_failed", N_ ("Nobody there") },
  { "damaged", N_ ("Damaged") },
  { "lost", N_ ("Lost on the way") },
  { "refused", N_ ("Refused") },
  { "returned", N_ ("Returned") },
  { NULL },
};

/* What a driver or dispatcher sees on the way, and what a customer complains of afterwards. */
const char *const *
tw_exception_reportable_kinds (const char *state)
{
  static const char *const on_the_way[]
    = { "delayed", "attempt_failed", "damaged", "lost", "refused", "returned", NULL };
  static const char *const afterwards[] = { "damaged", "lost", "returned", NULL };

  return g_strcmp0 (state, "delivered") == 0 ? afterwards : on_the_way;
}

const TwKey tw_exception_state_keys[] = {
  /* Translators: a problem that nobody has solved yet */
  { "open", N_ ("Open") },
  { "resolved", N_ ("Resolved") },
  { NULL },
};

const TwKey tw_resolution_keys[] = {
  { "redeliver", N_ ("Deliver again") },
  { "replace", N_ ("Replace") },
  { "credit", N_ ("Credit note") },
  { "backorder", N_ ("Deliver later") },
  { "accept", N_ ("Accept as it is") },
  { NULL },
};

static const TwField shipment_line_fields[] = {
  TW_LINE_FIELDS (TwShipmentLine),
  TW_INT (TwShipmentLine, order_line_id, N_ ("Order line"), 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwShipmentLine, position, N_ ("Line"), 0, 10000, TW_SERVER),
  TW_TEXT (TwShipmentLine, product, N_ ("Product"), 40, TW_SERVER),
  TW_INT (TwShipmentLine, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipmentLine, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwShipmentLine, barcode, N_ ("Barcode"), 40, TW_SERVER),
  TW_TEXT (TwShipmentLine, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_QUANTITY (TwShipmentLine, quantity, N_ ("Quantity"), TW_SERVER),
  TW_QUANTITY (TwShipmentLine, picked, N_ ("Picked"), TW_SERVER),
  TW_QUANTITY (TwShipmentLine, packed, N_ ("Packed"), TW_SERVER),
  TW_QUANTITY (TwShipmentLine, delivered, N_ ("Delivered"), TW_SERVER),
};
TW_DEFINE_RECORD (TwShipmentLine, tw_shipment_line, "shipment_line", N_ ("Line"), shipment_line_fields)

static const TwField parcel_line_fields[] = {
  TW_LINE_FIELDS (TwParcelLine),
  TW_INT (TwParcelLine, shipment_line_id, N_ ("Shipment line"), 0, G_MAXINT64, 0),
  TW_TEXT (TwParcelLine, product, N_ ("Product"), 40, 0),
  TW_QUANTITY (TwParcelLine, quantity, N_ ("Quantity"), TW_REQUIRED | TW_POSITIVE),
};
TW_DEFINE_RECORD (TwParcelLine, tw_parcel_line, "parcel_line", N_ ("Line"), parcel_line_fields)

static const TwField parcel_fields[] = {
  TW_LINE_FIELDS (TwParcel),
  TW_INT (TwParcel, position, N_ ("Parcel"), 0, 10000, TW_SERVER),
  TW_TEXT (TwParcel, sscc, N_ ("Parcel code"), 18, TW_SERVER),
  TW_QUANTITY (TwParcel, weight, N_ ("Weight (kg)"), TW_NOT_NEGATIVE),
  TW_QUANTITY (TwParcel, length, N_ ("Length (cm)"), TW_NOT_NEGATIVE),
  TW_QUANTITY (TwParcel, width, N_ ("Width (cm)"), TW_NOT_NEGATIVE),
  TW_QUANTITY (TwParcel, height, N_ ("Height (cm)"), TW_NOT_NEGATIVE),
  TW_LIST (TwParcel, lines, N_ ("Contents"), tw_parcel_line_get_type, 1000, 0),
};
TW_DEFINE_RECORD (TwParcel, tw_parcel, "parcel", N_ ("Parcel"), parcel_fields)

static const TwField shipment_exception_fields[] = {
  TW_RECORD_FIELDS (TwShipmentException),
  TW_INT (TwShipmentException, shipment_id, N_ ("Shipment"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipmentException, shipment, N_ ("Shipment"), 30, TW_SERVER),
  TW_INT (TwShipmentException, order_id, N_ ("Order"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipmentException, order, N_ ("Order"), 30, TW_SERVER),
  TW_TEXT (TwShipmentException, customer_name, N_ ("Customer"), 120, TW_SERVER),
  TW_KEY (TwShipmentException, kind, N_ ("Kind"), tw_exception_kind_keys, TW_SERVER),
  TW_TEXT (TwShipmentException, detail, N_ ("Detail"), 500, TW_SERVER),
  TW_KEY (TwShipmentException, state, N_ ("State"), tw_exception_state_keys, TW_SERVER),
  TW_TEXT (TwShipmentException, owner_role, N_ ("To be solved by"), 40, TW_SERVER),
  TW_DATE (TwShipmentException, due_date, N_ ("Due"), TW_SERVER),
  TW_TEXT (TwShipmentException, reported_by, N_ ("Reported by"), 40, TW_SERVER),
  TW_KEY (TwShipmentException, resolution, N_ ("Solution"), tw_resolution_keys, TW_SERVER),
  TW_TEXT (TwShipmentException, resolution_comment, N_ ("Comment"), 500, TW_SERVER),
  TW_TEXT (TwShipmentException, resolved_by, N_ ("Solved by"), 40, TW_SERVER),
  TW_TIME (TwShipmentException, resolved_at, N_ ("Solved"), TW_SERVER),
  TW_LIST (TwShipmentException, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwShipmentException, tw_shipment_exception, "shipment_exception", N_ ("Exception"),
                  shipment_exception_fields)

static const TwField shipment_fields[] = {
  TW_RECORD_FIELDS (TwShipment),
  TW_TEXT (TwShipment, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwShipment, state, N_ ("State"), tw_shipment_state_keys, TW_SERVER),
  TW_TEXT (TwShipment, order, N_ ("Order"), 30, TW_SERVER),
  TW_INT (TwShipment, order_id, N_ ("Order"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipment, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_INT (TwShipment, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipment, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwShipment, warehouse, N_ ("Warehouse"), 20, TW_SERVER),
  TW_INT (TwShipment, warehouse_id, N_ ("Warehouse"), 0, G_MAXINT64, TW_SERVER),
  TW_POSTAL_FIELDS (TwShipment, TW_SERVER),
  TW_DATE (TwShipment, planned_date, N_ ("Planned for"), 0),
  TW_TEXT (TwShipment, carrier, N_ ("Carrier"), 20, 0),
  TW_INT (TwShipment, carrier_id, N_ ("Carrier"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwShipment, tracking_number, N_ ("Tracking number"), 60, 0),
  TW_TEXT (TwShipment, trip, N_ ("Trip"), 30, TW_SERVER),
  TW_INT (TwShipment, trip_id, N_ ("Trip"), 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwShipment, driver_id, N_ ("Driver"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_TIME (TwShipment, dispatched_at, N_ ("Handed over at"), TW_SERVER),
  TW_TIME (TwShipment, delivered_at, N_ ("Delivered at"), TW_SERVER),
  TW_TEXT (TwShipment, receiver, N_ ("Received by"), 120, TW_SERVER),
  TW_TEXT (TwShipment, proof_note, N_ ("Note of the driver"), 500, TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_BOOL (TwShipment, has_exception, N_ ("Needs attention"), TW_SERVER | TW_INTERNAL),
  TW_INT (TwShipment, line_count, N_ ("Lines"), 0, 10000, TW_SERVER),
  TW_INT (TwShipment, author_id, N_ ("Entered by"), 0, G_MAXINT64, TW_SERVER | TW_INTERNAL),
  TW_LIST (TwShipment, lines, N_ ("Lines"), tw_shipment_line_get_type, 1000, TW_SERVER | TW_ABSENT),
  TW_LIST (TwShipment, parcels, N_ ("Parcels"), tw_parcel_get_type, 500, TW_SERVER | TW_ABSENT),
  TW_LIST (TwShipment, exceptions, N_ ("Exceptions"), tw_shipment_exception_get_type, 500,
           TW_SERVER | TW_ABSENT | TW_INTERNAL),
  TW_LIST (TwShipment, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwShipment, tw_shipment, "shipment", N_ ("Shipment"), shipment_fields)

static const TwField pick_line_fields[] = {
  TW_LINE_FIELDS (TwPickLine),
  TW_TEXT (TwPickLine, product, N_ ("Product"), 40, 0),
  TW_QUANTITY (TwPickLine, quantity, N_ ("Picked"), TW_REQUIRED | TW_NOT_NEGATIVE),
};
TW_DEFINE_RECORD (TwPickLine, tw_pick_line, "pick_line", N_ ("Line"), pick_line_fields)

static const TwField pick_arguments_fields[] = {
  TW_LIST (TwPickArguments, lines, N_ ("Lines"), tw_pick_line_get_type, 1000, 0),
  TW_TEXT (TwPickArguments, reason, N_ ("Reason"), 500, 0),
};
TW_DEFINE_RECORD (TwPickArguments, tw_pick_arguments, "pick_arguments", N_ ("Pick"), pick_arguments_fields)

static const TwField pack_arguments_fields[] = {
  TW_LIST (TwPackArguments, parcels, N_ ("Parcels"), tw_parcel_get_type, 500, 0),
};
TW_DEFINE_RECORD (TwPackArguments, tw_pack_arguments, "pack_arguments", N_ ("Pack"), pack_arguments_fields)

static const TwField dispatch_arguments_fields[] = {
  TW_TEXT (TwDispatchArguments, carrier, N_ ("Carrier"), 20, 0),
  TW_TEXT (TwDispatchArguments, tracking_number, N_ ("Tracking number"), 60, 0),
};
TW_DEFINE_RECORD (TwDispatchArguments, tw_dispatch_arguments, "dispatch_arguments", N_ ("Hand over"),
                  dispatch_arguments_fields)

static const TwField deliver_arguments_fields[] = {
  TW_TEXT (TwDeliverArguments, receiver, N_ ("Received by"), 120, TW_REQUIRED),
  TW_TIME (TwDeliverArguments, delivered_at, N_ ("Delivered at"), 0),
  TW_TEXT (TwDeliverArguments, proof_note, N_ ("Note of the driver"), 500, TW_MULTILINE),
};
TW_DEFINE_RECORD (TwDeliverArguments, tw_deliver_arguments, "deliver_arguments", N_ ("Deliver"),
                  deliver_arguments_fields)

static const TwField exception_arguments_fields[] = {
  TW_KEY (TwExceptionArguments, kind, N_ ("Kind"), tw_exception_kind_keys, TW_REQUIRED),
  TW_TEXT (TwExceptionArguments, detail, N_ ("Detail"), 500, TW_REQUIRED | TW_MULTILINE),
};
TW_DEFINE_RECORD (TwExceptionArguments, tw_exception_arguments, "exception_arguments", N_ ("Report a problem"),
                  exception_arguments_fields)

static const TwField resolve_arguments_fields[] = {
  TW_KEY (TwResolveArguments, resolution, N_ ("Solution"), tw_resolution_keys, TW_REQUIRED),
  TW_TEXT (TwResolveArguments, comment, N_ ("Comment"), 500, TW_MULTILINE),
};
TW_DEFINE_RECORD (TwResolveArguments, tw_resolve_arguments, "resolve_arguments", N_ ("Solve"),
                  resolve_arguments_fields)
