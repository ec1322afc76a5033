/* shipment.h: shipments with their lines, parcels and exceptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/common.h"

G_BEGIN_DECLS

extern const TwKey tw_shipment_state_keys[];
extern const TwKey tw_exception_kind_keys[];  /* short_pick … returned */
/* The kinds that a person may report of a shipment in @state; ends with NULL. The others come about by themselves. */
const char *const *tw_exception_reportable_kinds (const char *state);
extern const TwKey tw_exception_state_keys[]; /* open, resolved */
extern const TwKey tw_resolution_keys[];      /* redeliver, replace, credit, backorder, accept */

struct _TwShipmentLine
{
  TwRecord parent;
  gint64 order_line_id;
  gint64 position; /* of the order's line */
  char *product;
  gint64 product_id;
  char *product_name;
  char *barcode;
  char *unit;
  TwDecimal quantity; /* to be picked */
  TwDecimal picked;
  TwDecimal packed;
  TwDecimal delivered;
};
TW_DECLARE_RECORD (TwShipmentLine, tw_shipment_line)

struct _TwParcelLine
{
  TwRecord parent;
  gint64 shipment_line_id;
  char *product; /* sku; in a request it names the shipment's line */
  TwDecimal quantity;
};
TW_DECLARE_RECORD (TwParcelLine, tw_parcel_line)

struct _TwParcel
{
  TwRecord parent;
  gint64 position;
  char *sscc;       /* 18 digits, GS1 General Specifications 2.2.1 */
  TwDecimal weight; /* kg */
  TwDecimal length; /* cm */
  TwDecimal width;
  TwDecimal height;
  GListStore *lines;
};
TW_DECLARE_RECORD (TwParcel, tw_parcel)

/* Something that went otherwise than planned: an owner has to act by a day. */
struct _TwShipmentException
{
  TwRecord parent;
  gint64 shipment_id;
  char *shipment; /* number */
  gint64 order_id;
  char *order;
  char *customer_name;
  const char *kind;
  char *detail;
  const char *state;
  char *owner_role; /* role key of whoever has to act */
  TwDate due_date;
  char *reported_by;
  const char *resolution;
  char *resolution_comment;
  char *resolved_by;
  TwTime resolved_at;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwShipmentException, tw_shipment_exception)

struct _TwShipment
{
  TwRecord parent;
  char *number; /* SH-2026-000001 */
  const char *state;
  char *order; /* number */
  gint64 order_id;
  char *customer;
  gint64 customer_id;
  char *customer_name;
  char *warehouse;
  gint64 warehouse_id;
  TW_POSTAL_MEMBERS
  TwDate planned_date;
  char *carrier; /* code */
  gint64 carrier_id;
  char *tracking_number;
  char *trip; /* number */
  gint64 trip_id;
  gint64 driver_id;
  TwTime dispatched_at;
  TwTime delivered_at;
  char *receiver;    /* proof of delivery: who took it */
  char *proof_note;
  gboolean has_exception;
  gint64 line_count;
  gint64 author_id;
  GListStore *lines;
  GListStore *parcels;
  GListStore *exceptions;
  GListStore *actions;
  gboolean is_held; /* the order is; for the server's rules alone, no field */
};
TW_DECLARE_RECORD (TwShipment, tw_shipment)

/* Bodies of a shipment's actions. */
struct _TwPickArguments /* pick: what was found; lines not named are picked in full */
{
  TwRecord parent;
  GListStore *lines; /* TwPickLine */
  char *reason;      /* of a short pick */
};
TW_DECLARE_RECORD (TwPickArguments, tw_pick_arguments)

struct _TwPickLine
{
  TwRecord parent; /* id: the shipment line */
  char *product;
  TwDecimal quantity;
};
TW_DECLARE_RECORD (TwPickLine, tw_pick_line)

struct _TwPackArguments /* pack: no parcels means one parcel with everything */
{
  TwRecord parent;
  GListStore *parcels; /* TwParcel */
};
TW_DECLARE_RECORD (TwPackArguments, tw_pack_arguments)

struct _TwDispatchArguments
{
  TwRecord parent;
  char *carrier;
  char *tracking_number;
};
TW_DECLARE_RECORD (TwDispatchArguments, tw_dispatch_arguments)

struct _TwDeliverArguments
{
  TwRecord parent;
  char *receiver;
  TwTime delivered_at; /* none: now */
  char *proof_note;
};
TW_DECLARE_RECORD (TwDeliverArguments, tw_deliver_arguments)

struct _TwExceptionArguments /* report_exception */
{
  TwRecord parent;
  const char *kind;
  char *detail;
};
TW_DECLARE_RECORD (TwExceptionArguments, tw_exception_arguments)

struct _TwResolveArguments /* resolve an exception */
{
  TwRecord parent;
  const char *resolution;
  char *comment;
};
TW_DECLARE_RECORD (TwResolveArguments, tw_resolve_arguments)

G_END_DECLS
