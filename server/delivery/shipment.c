/* shipment.c: the rules of shipments: who may see them, what may be changed, the table of actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"

#include "server/core/change.h"
#include "server/core/known-document.h"
#include "server/delivery/exception.h"
#include "server/masterdata/scope.h"
#include "server/delivery/shipment-actions.h"
#include "server/delivery/shipment-store.h"
#include "server/masterdata/masterdata.h"

/* ---- Reading ---- */

/* FALSE for who may know of all. */
static gboolean
find_rule (TwContext *ctx, const char *permission, TwShipmentRule *rule, gint64 *scope)
{
  TwScope kind = tw_scope_get (ctx, permission);
  gboolean sells = (ctx->who->roles & TW_ROLE_SALES) != 0, drives = (ctx->who->roles & TW_ROLE_DRIVER) != 0;

  *scope = kind == TW_SCOPE_CUSTOMER ? ctx->who->customer_id : ctx->who->user_id;
  if (kind == TW_SCOPE_CUSTOMER)
    *rule = TW_SHIPMENTS_OF_CUSTOMER;
  else if (sells && drives)
    *rule = TW_SHIPMENTS_OF_EITHER;
  else
    *rule = sells ? TW_SHIPMENTS_OF_REP : TW_SHIPMENTS_OF_DRIVER;
  return kind != TW_SCOPE_ALL;
}

static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  TwShipmentRule rule;
  gint64 scope;

  if (find_rule (ctx, "shipment.read", &rule, &scope))
    tw_list_query_restrict (query, tw_shipment_store_get_rule (rule), scope);
}

void
tw_shipment_restrict_exceptions (TwContext *ctx, TwListQuery *query)
{
  TwShipmentRule rule;
  gint64 scope;

  if (find_rule (ctx, "shipment_exception.read", &rule, &scope))
    tw_list_query_restrict (query, tw_shipment_store_get_exception_rule (rule), scope);
}

static gboolean
check_visible (TwContext *ctx, gint64 id, GError **error)
{
  TwShipmentRule rule;
  gboolean visible;
  gint64 scope;

  if (!find_rule (ctx, "shipment.read", &rule, &scope))
    return TRUE;
  if (!tw_shipment_store_is_visible (ctx->db, id, rule, scope, &visible, error))
    return FALSE;
  return visible || tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such shipment."));
}

/* A shipment stays with its order. */
static gboolean
find_order (TwContext *ctx, gint64 id, gint64 *order_id, GError **error)
{
  g_autoptr (TwRecord) known = tw_known_remember (ctx, "shipment", id);

  *order_id = known ? ((TwShipment *) known)->order_id : 0;
  if (!known && !tw_shipment_store_get_order (ctx->db, id, order_id, error))
    return FALSE;
  return *order_id != 0 || tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such shipment."));
}

/* The order's row comes first, so that all who change its facts queue there. */
static gboolean
lock_with_order (TwContext *ctx, gint64 id, TwShipment **known, GError **error)
{
  gint64 order_id;

  return find_order (ctx, id, &order_id, error) && tw_order_lock (ctx, order_id, error)
         && tw_shipment_store_lock (ctx, id, known, error);
}

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwShipment) shipment = NULL;
  gboolean has_exceptions;

  if (!check_visible (ctx, id, error) || (lock && !lock_with_order (ctx, id, &shipment, error)))
    return NULL;
  if (shipment)
    return (TwRecord *) g_steal_pointer (&shipment);
  shipment = tw_shipment_store_load (ctx->db, id, &has_exceptions, error);
  if (!shipment)
    return NULL;
  /* How we solve our problems is not for the customer to read. */
  if (has_exceptions && !(ctx->who->roles & TW_ROLE_CUSTOMER) && !tw_exception_load_all (ctx, shipment, error))
    return NULL;
  return (TwRecord *) g_steal_pointer (&shipment);
}

/* ---- Changing ---- */

static gboolean
is_over (const TwShipment *shipment)
{
  static const char *const states[] = { "delivered", "closed", "cancelled", NULL };

  return g_strv_contains (states, shipment->state);
}

gboolean
tw_shipment_set_carrier (TwContext *ctx, TwShipment *shipment, const char *code, GError **error)
{
  g_autoptr (TwCarrier) carrier = tw_carrier_find (ctx, code, "/carrier", error);

  if (!carrier)
    return FALSE;
  shipment->carrier_id = TW_RECORD (carrier)->id;
  tw_record_set_string (&shipment->carrier, carrier->code);
  return TRUE;
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwShipment *shipment = (TwShipment *) changed;

  if (is_over ((TwShipment *) stored))
    return tw_error_set (error, TW_ERROR_STATE, _("What is delivered, closed or cancelled does not change."));
  if (!shipment->carrier)
    shipment->carrier_id = 0;
  else if (tw_record_has (patch, "carrier")
           && !tw_shipment_set_carrier (ctx, shipment, shipment->carrier, error))
    return FALSE;
  return tw_shipment_store_update (ctx, shipment, error)
         && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  if (!tw_shipment_store_set_state (ctx, (TwShipment *) document, state, error))
    return FALSE;
  document->updated_at = ctx->now;
  return TRUE;
}

/* ---- Guards ---- */

char *
tw_shipment_guard_hold (TwContext *ctx, TwRecord *document)
{
  return ((TwShipment *) document)->is_held ? g_strdup (_("The order is on hold.")) : NULL;
}

static gboolean
has_open_exception (TwShipment *shipment, const char *kind)
{
  for (guint i = 0; i < tw_record_count (shipment->exceptions); i++)
    {
      TwShipmentException *e = tw_record_nth (shipment->exceptions, i);

      if (g_str_equal (e->state, "open") && (!kind || g_str_equal (e->kind, kind)))
        return TRUE;
    }
  return FALSE;
}

char *
tw_shipment_guard_check (TwContext *ctx, TwRecord *document)
{
  if (has_open_exception ((TwShipment *) document, "qc_failed"))
    return g_strdup (_("The inspection has failed: that has to be solved first."));
  return NULL;
}

char *
tw_shipment_guard_dispatch (TwContext *ctx, TwRecord *document)
{
  TwShipment *shipment = (TwShipment *) document;

  /* The trip's own departure is the system's step. */
  if (shipment->trip && !(ctx->who->roles & TW_ROLE_SYSTEM))
    return g_strdup_printf (_("It goes out with trip %s."), shipment->trip);
  return tw_shipment_guard_hold (ctx, document);
}

char *
tw_shipment_guard_close (TwContext *ctx, TwRecord *document)
{
  return has_open_exception ((TwShipment *) document, NULL) ? g_strdup (_("An exception is still open.")) : NULL;
}

char *
tw_shipment_guard_cancel (TwContext *ctx, TwRecord *document)
{
  TwShipment *shipment = (TwShipment *) document;

  return shipment->trip ? g_strdup_printf (_("It is on trip %s. Take it off the trip first."), shipment->trip) : NULL;
}

/* ---- What several actions need ---- */

static int
compare_products (gconstpointer a, gconstpointer b)
{
  const TwShipmentLine *x = *(TwShipmentLine *const *) a, *y = *(TwShipmentLine *const *) b;

  return x->product_id < y->product_id ? -1 : x->product_id > y->product_id;
}

GPtrArray *
tw_shipment_sort_lines (TwShipment *shipment)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    g_ptr_array_add (lines, tw_record_nth (shipment->lines, i));
  g_ptr_array_sort (lines, compare_products);
  return lines;
}

/* Goods in the warehouse or at its packing desk are at a place; on the way they are not. */
static gint64
get_place (TwShipment *shipment, const char *location)
{
  return g_str_equal (location, "warehouse") || g_str_equal (location, "packing") ? shipment->warehouse_id : 0;
}

static TwStockTransfer
get_transfer (TwShipment *shipment, TwShipmentLine *line, const char *from, const char *to, TwDecimal quantity,
              const char *reason)
{
  return (TwStockTransfer) {
    .product_id = line->product_id,
    .quantity = quantity,
    .from = from,
    .from_warehouse_id = get_place (shipment, from),
    .to = to,
    .to_warehouse_id = get_place (shipment, to),
    .document = "shipment",
    .document_id = TW_RECORD (shipment)->id,
    .document_number = shipment->number,
    .order_line_id = line->order_line_id,
    .reason = reason,
  };
}

gboolean
tw_shipment_move_goods (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *from, const char *to,
                        TwDecimal quantity, const char *reason, GError **error)
{
  TwStockTransfer transfer = get_transfer (shipment, line, from, to, quantity, reason);

  return tw_decimal_sign (quantity) == 0 || tw_stock_move (ctx, &transfer, error);
}

gboolean
tw_shipment_take_goods (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *reason, GError **error)
{
  TwStockTransfer transfer = get_transfer (shipment, line, "warehouse", "packing", line->picked, reason);

  return tw_stock_take (ctx, &transfer, line->quantity, error);
}

gboolean
tw_shipment_move_bucket (TwContext *ctx, TwShipmentLine *line, TwBucket from, TwBucket to, TwDecimal quantity,
                         GError **error)
{
  return tw_decimal_sign (quantity) == 0 || tw_order_move (ctx, line->order_line_id, from, to, quantity, error);
}

gboolean
tw_shipment_finish (TwContext *ctx, TwShipment *shipment, GError **error)
{
  return (ctx->who->roles & TW_ROLE_SYSTEM) || tw_order_refresh (ctx, shipment->order_id, error);
}

/* What was not found has opened an exception. */
static gboolean
is_whole_when_found (TwRecord *document)
{
  TwShipment *shipment = (TwShipment *) document;

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (tw_decimal_compare (line->picked, line->quantity) != 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- The table ---- */

/* Steps that open no exception and touch no trip leave the whole shipment in memory. */
static const TwAction actions[] = {
  { .action = "start_picking",
    .guard = tw_shipment_guard_hold,
    .apply = tw_shipment_start_picking,
    .is_whole = tw_action_is_whole },
  { .action = "pick",
    .arguments = tw_pick_arguments_get_type,
    .guard = tw_shipment_guard_hold,
    .apply = tw_shipment_pick,
    .is_whole = is_whole_when_found },
  { .action = "pack",
    .arguments = tw_pack_arguments_get_type,
    .apply = tw_shipment_pack,
    .is_whole = tw_action_is_whole },
  { .action = "check", .guard = tw_shipment_guard_check, .is_whole = tw_action_is_whole },
  { .action = "fail_check", .guard = tw_shipment_guard_check, .apply = tw_shipment_fail_check },
  { .action = "ready", .guard = tw_shipment_guard_check, .is_whole = tw_action_is_whole },
  { .action = "dispatch",
    .arguments = tw_dispatch_arguments_get_type,
    .guard = tw_shipment_guard_dispatch,
    .apply = tw_shipment_dispatch,
    .is_whole = tw_action_is_whole },
  { .action = "deliver",
    .arguments = tw_deliver_arguments_get_type,
    .apply = tw_shipment_deliver,
    .is_whole = tw_action_is_whole },
  { .action = "close", .guard = tw_shipment_guard_close },
  { .action = "report_exception", .arguments = tw_exception_arguments_get_type, .apply = tw_shipment_report },
  { .action = "take_back", .apply = tw_shipment_take_back },
  { .action = "cancel", .guard = tw_shipment_guard_cancel, .apply = tw_shipment_cancel },
  { NULL },
};

const TwResource tw_shipment_resource = {
  .path = "shipments",
  .document = "shipment",
  .type = tw_shipment_get_type,
  .list = &tw_shipment_list,
  .load = load,
  .kept = TRUE,
  .update = update,
  .store_state = store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwShipment, state),
  .author_offset = G_STRUCT_OFFSET (TwShipment, author_id),
  .restrict_list = restrict_list,
};
