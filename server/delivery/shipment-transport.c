/* shipment-transport.c: goods leave, arrive, or come back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change.h"
#include "server/delivery/exception.h"
#include "server/delivery/shipment-actions.h"
#include "server/delivery/shipment-store.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/action.h"

/* All that was packed goes from one location, and one bucket, to another. */
static gboolean
move_packed (TwContext *ctx, TwShipment *shipment, const char *from, const char *to, TwBucket from_bucket,
             TwBucket to_bucket, const char *reason, GError **error)
{
  g_autoptr (GPtrArray) lines = tw_shipment_sort_lines (shipment);

  for (guint i = 0; i < lines->len; i++)
    {
      TwShipmentLine *line = lines->pdata[i];

      if (!tw_shipment_move_goods (ctx, shipment, line, from, to, line->packed, reason, error)
          || !tw_shipment_move_bucket (ctx, line, from_bucket, to_bucket, line->packed, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_shipment_dispatch (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  TwDispatchArguments *given = (TwDispatchArguments *) arguments;
  g_autoptr (TwRecord) before = tw_record_copy (document);

  if (given && given->carrier && !tw_shipment_set_carrier (ctx, shipment, given->carrier, error))
    return FALSE;
  if (given && given->tracking_number)
    tw_record_set_string (&shipment->tracking_number, given->tracking_number);
  shipment->dispatched_at = ctx->now;
  return move_packed (ctx, shipment, "packing", "transit", TW_BUCKET_PACKED, TW_BUCKET_SHIPPED, NULL, error)
         && tw_change_record (ctx, "change", before, document, NULL, error)
         && tw_shipment_finish (ctx, shipment, error);
}

/* ---- Delivery ---- */

static gboolean
check_time (TwContext *ctx, const TwShipment *shipment, TwTime at, GError **error)
{
  if (tw_time_compare (at, ctx->now) > 0)
    return tw_error_fault (error, "/delivered_at", "out_of_range", _("The time of delivery lies in the future."));
  if (tw_time_compare (at, shipment->dispatched_at) < 0)
    return tw_error_fault (error, "/delivered_at", "out_of_range",
                           _("The time of delivery is before the goods were handed over."));
  return TRUE;
}

gboolean
tw_shipment_deliver (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  TwDeliverArguments *proof = (TwDeliverArguments *) arguments;
  g_autoptr (TwRecord) before = tw_record_copy (document);

  if (!proof || !proof->receiver)
    return tw_error_fault (error, "/receiver", "required", _("Say who received the goods."));
  shipment->delivered_at = tw_time_is_set (proof->delivered_at) ? proof->delivered_at : ctx->now;
  if (!check_time (ctx, shipment, shipment->delivered_at, error))
    return FALSE;
  tw_record_set_string (&shipment->receiver, proof->receiver);
  tw_record_set_string (&shipment->proof_note, proof->proof_note);
  if (!move_packed (ctx, shipment, "transit", "customer", TW_BUCKET_SHIPPED, TW_BUCKET_DELIVERED, NULL, error)
      || !tw_stock_finish_services (ctx, shipment->order_id, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      line->delivered = line->packed;
      if (!tw_shipment_store_set_line (ctx->db, line, error))
        return FALSE;
    }
  return tw_change_record (ctx, "change", before, document, NULL, error) && tw_shipment_finish (ctx, shipment, error);
}

/* ---- What goes wrong ---- */

static gboolean
check_kind (const TwShipment *shipment, const char *kind, GError **error)
{
  return g_strv_contains (tw_exception_reportable_kinds (shipment->state), kind)
         || tw_error_fault (error, "/kind", "not_possible", _("This cannot be reported of a shipment in its state."));
}

gboolean
tw_shipment_report (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  TwExceptionArguments *report = (TwExceptionArguments *) arguments;

  if (!report || !report->kind)
    return tw_error_fault (error, "/kind", "required", _("Say what kind of problem it is."));
  if (!check_kind (shipment, report->kind, error)
      || !tw_exception_open (ctx, shipment, report->kind, report->detail, error)
      || !tw_shipment_store_set_exception (ctx, document->id, TRUE, error))
    return FALSE;
  document->version++;
  return TRUE;
}

gboolean
tw_shipment_take_back (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  const char *reason = arguments ? ((TwActionArguments *) arguments)->reason : NULL;
  g_autoptr (TwRecord) before = tw_record_copy (document);

  shipment->dispatched_at = TW_TIME_NONE;
  /* The carrier's number was for the first attempt. */
  tw_record_set_string (&shipment->tracking_number, NULL);
  return move_packed (ctx, shipment, "transit", "packing", TW_BUCKET_SHIPPED, TW_BUCKET_PACKED, reason, error)
         && tw_change_record (ctx, "change", before, document, NULL, error)
         && tw_shipment_store_leave_trip (ctx->db, document->id, error) && tw_shipment_finish (ctx, shipment, error);
}
