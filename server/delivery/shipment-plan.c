/* shipment-plan.c: what is reserved becomes shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change.h"
#include "server/db/number.h"
#include "server/delivery/shipment-store.h"
#include "server/delivery/shipment.h"
#include "server/masterdata/masterdata.h"
#include "server/warehouse/stock.h"
#include "shared/document/action.h"

/* The promised, else requested day, but no day that has passed. */
static TwDate
get_planned_date (TwContext *ctx, const TwOrder *order)
{
  TwDate day = tw_date_is_set (order->promised_date) ? order->promised_date : order->requested_date;

  return tw_date_compare (day, ctx->today) < 0 ? ctx->today : day;
}

static TwShipment *
new_shipment (TwContext *ctx, const TwOrder *order, gint64 warehouse_id)
{
  TwShipment *shipment = tw_shipment_new ();
  TwRecord *record = TW_RECORD (shipment);

  record->version = 1;
  record->created_at = record->updated_at = ctx->now;
  shipment->state = tw_key_find (tw_shipment_state_keys, "planned");
  shipment->order_id = TW_RECORD (order)->id;
  shipment->order = g_strdup (order->number);
  shipment->customer_id = order->customer_id;
  shipment->customer = g_strdup (order->customer);
  shipment->customer_name = g_strdup (order->customer_name);
  shipment->warehouse_id = warehouse_id;
  shipment->ship_name = g_strdup (order->ship_name);
  shipment->ship_street = g_strdup (order->ship_street);
  shipment->ship_city = g_strdup (order->ship_city);
  shipment->ship_region = g_strdup (order->ship_region);
  shipment->ship_postal_code = g_strdup (order->ship_postal_code);
  shipment->ship_country = g_strdup (order->ship_country);
  shipment->planned_date = get_planned_date (ctx, order);
  shipment->author_id = ctx->who->user_id;
  return shipment;
}

static void
add_line (TwShipment *shipment, const TwReservation *r)
{
  g_autoptr (TwShipmentLine) line = tw_shipment_line_new ();

  line->quantity = r->quantity;
  line->order_line_id = r->order_line_id;
  line->product_id = r->product_id;
  g_list_store_append (shipment->lines, line);
}

gboolean
tw_shipment_get_release_day (TwContext *ctx, TwDate *until, GError **error)
{
  g_autofree char *days = tw_setting_get (ctx, TW_SETTING_RELEASE_DAYS, error);

  if (days == NULL)
    return FALSE;
  *until = *days == '\0' ? TW_DATE_NONE : tw_date_add_days (ctx->today, (int) g_ascii_strtoll (days, NULL, 10));
  return TRUE;
}

/* What is wanted later would only fill the packing area: it waits until its day is near, or somebody releases it. */
static gboolean
release (TwContext *ctx, TwShipment *shipment, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  TwDate until;

  if (!tw_shipment_get_release_day (ctx, &until, error))
    return FALSE;
  return (tw_date_is_set (until) && tw_date_compare (shipment->planned_date, until) > 0)
         || tw_gate_run (&system, &tw_shipment_resource, TW_RECORD (shipment), "release", NULL, error);
}

static gboolean
store (TwContext *ctx, TwShipment *shipment, GError **error)
{

  shipment->line_count = tw_record_count (shipment->lines);
  shipment->number = tw_number_document (ctx->db, "SH", ctx->today, error);
  if (!shipment->number || !tw_shipment_store_insert (ctx->db, shipment, error)
      || !tw_change_record (ctx, "create", NULL, TW_RECORD (shipment), NULL, error))
    return FALSE;
  return release (ctx, shipment, error);
}

static gboolean
plan_warehouse (TwContext *ctx, const TwOrder *order, GArray *unplanned, gint64 warehouse_id, GError **error)
{
  g_autoptr (TwShipment) shipment = new_shipment (ctx, order, warehouse_id);

  for (guint i = 0; i < unplanned->len; i++)
    {
      TwReservation *r = &g_array_index (unplanned, TwReservation, i);

      if (r->warehouse_id == warehouse_id)
        add_line (shipment, r);
    }
  return store (ctx, shipment, error);
}

gboolean
tw_shipment_plan (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (GArray) unplanned = g_array_new (FALSE, FALSE, sizeof (TwReservation));
  g_autoptr (GHashTable) planned = g_hash_table_new (NULL, NULL);

  if (!tw_shipment_store_list_unplanned (ctx->db, TW_RECORD (order)->id, unplanned, error))
    return FALSE;
  for (guint i = 0; i < unplanned->len; i++)
    {
      gint64 warehouse_id = g_array_index (unplanned, TwReservation, i).warehouse_id;

      if (g_hash_table_add (planned, GSIZE_TO_POINTER (warehouse_id))
          && !plan_warehouse (ctx, order, unplanned, warehouse_id, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- Calling off ---- */

static gboolean
is_begun (const char *state)
{
  return !g_str_equal (state, "planned") && !g_str_equal (state, "released");
}

static gboolean
cancel_one (TwContext *ctx, gint64 id, TwRecord *arguments, GError **error)
{
  g_autoptr (TwRecord) shipment = tw_shipment_resource.load (ctx, id, TRUE, error);
  const TwShipment *s = (TwShipment *) shipment;

  if (!shipment)
    return FALSE;
  if (is_begun (s->state))
    return tw_error_set (error, TW_ERROR_STATE, _("Shipment %s is being picked or has left already."), s->number);
  return tw_gate_run (ctx, &tw_shipment_resource, shipment, "cancel", arguments, error);
}

gboolean
tw_shipment_cancel_for_order (TwContext *ctx, gint64 order_id, const char *reason, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  g_autoptr (TwActionArguments) arguments = tw_action_arguments_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  arguments->reason = g_strdup (reason);
  if (!tw_shipment_store_list_open (ctx->db, order_id, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!cancel_one (&system, g_array_index (ids, gint64, i), TW_RECORD (arguments), error))
      return FALSE;
  return TRUE;
}
