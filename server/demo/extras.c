/* extras.c: see extras.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/extras.h"

#include "server/approval/approval.h"
#include "server/delivery/shipment.h"
#include "server/demo/customers.h"
#include "server/demo/give-back.h"
#include "server/demo/goods.h"
#include "server/demo/replay-store.h"
#include "server/finance/invoice.h"
#include "server/finance/payment.h"
#include "server/masterdata/masterdata.h"
#include "server/sales/order.h"
#include "server/warehouse/receipt.h"
#include "server/warehouse/stock-count.h"
#include "shared/document/payment.h"
#include "shared/document/stock-count.h"
#include "shared/document/stock.h"
#include "shared/document/trip.h"
#include "shared/document/user.h"

#define DEAREST_PRODUCT 38 /* Côte de Blaye, 263.50 */

gboolean
tw_demo_restock (TwStage *stage, GError **error)
{
  g_autoptr (TwReceipt) receipt = tw_receipt_new ();
  const gint64 products[] = { 13, 26, 39 };

  tw_record_set_string (&receipt->warehouse, "MAIN");
  tw_record_set_string (&receipt->reference, "LS-20881");
  receipt->reason = tw_key_find (tw_receipt_reason_keys, "purchase");
  receipt->receipt_date = tw_stage_get_day (stage);
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      g_autoptr (TwReceiptLine) line = tw_receipt_line_new ();

      line->product = tw_demo_sku (products[i]);
      line->quantity = tw_decimal_from_int (120);
      g_list_store_append (receipt->lines, line);
    }
  return tw_stage_create (stage, "warehouse", &tw_receipt_resource, receipt, error);
}

/* @action: what becomes of it; NULL leaves a draft. */
static gboolean
count (TwStage *stage, gint64 product_id, gint64 counted, const char *reason, const char *action, GError **error)
{
  g_autoptr (TwStockCount) sheet = tw_stock_count_new ();
  g_autoptr (TwStockCountLine) line = tw_stock_count_line_new ();

  tw_record_set_string (&sheet->warehouse, "EAST");
  tw_record_set_string (&sheet->reason, reason);
  sheet->count_date = tw_stage_get_day (stage);
  line->product = tw_demo_sku (product_id);
  line->counted = tw_decimal_from_int (counted);
  g_list_store_append (sheet->lines, line);
  if (!tw_stage_create (stage, "warehouse", &tw_stock_count_resource, sheet, error))
    return FALSE;
  return action == NULL
         || tw_stage_run (stage, "warehouse", &tw_stock_count_resource, TW_RECORD (sheet)->id, action, NULL, error);
}

static gboolean
delegate (TwStage *stage, GError **error)
{
  g_autoptr (TwDelegation) delegation = tw_delegation_new ();
  TwDate today = tw_stage_get_day (stage);

  tw_record_set_string (&delegation->principal, "director");
  tw_record_set_string (&delegation->delegate, "approver");
  tw_record_set_string (&delegation->reason, "出差 Business trip");
  delegation->valid_from = today;
  delegation->valid_to = tw_date_add_days (today, 7);
  return tw_stage_create (stage, "director", &tw_delegation_resource, delegation, error);
}

/* @actions: what becomes of it, one after the other, ended by NULL. */
static gboolean
announce_payment (TwStage *stage, const char *customer, gint64 amount, const char *const *actions, gint64 *id,
                  GError **error)
{
  g_autoptr (TwPayment) payment = tw_payment_new ();

  tw_record_set_string (&payment->customer, customer);
  payment->method = tw_key_find (tw_payment_method_keys, "bank");
  payment->received_date = tw_stage_get_day (stage);
  payment->amount = tw_decimal_from_int (amount);
  if (!tw_stage_create (stage, "finance", &tw_payment_resource, payment, error))
    return FALSE;
  *id = TW_RECORD (payment)->id;
  for (; *actions != NULL; actions++)
    if (!tw_stage_run_because (stage, "finance", &tw_payment_resource, *id, *actions,
                               "银行退回 Returned by the bank", error))
      return FALSE;
  return TRUE;
}

/* Money on account for the oldest invoice, which it does not cover; the bank's own list is still to come. */
static gboolean
pay_a_part (TwStage *stage, GError **error)
{
  static const char *const arrives[] = { "receive", NULL };
  g_autoptr (TwAllocateArguments) oldest_first = tw_allocate_arguments_new ();
  g_autofree char *customer = NULL;
  gint64 id;

  if (!tw_demo_store_find_debtor (tw_stage_get_db (stage), 100, &customer, error))
    return FALSE;
  return customer == NULL
         || (announce_payment (stage, customer, 100, arrives, &id, error)
             && tw_stage_run (stage, "finance", &tw_payment_resource, id, "allocate", oldest_first, error));
}

/* Each on its way, and one that has arrived. */
static gboolean
give_money_back (TwStage *stage, gint64 payment_id, GError **error)
{
  static const char *const approve[] = { "approve", NULL };
  static const char *const pay_out[] = { "approve", "pay_out", NULL };
  static const char *const reject[] = { "reject", NULL };
  static const char *const withdraw[] = { "withdraw", NULL };
  const char *twice = "重复付款 Paid twice", *returned = "退货 Goods sent back";

  return tw_demo_give_back (stage, payment_id, 300, twice, approve, error)
         && tw_demo_give_back (stage, payment_id, 150, returned, pay_out, error)
         && tw_demo_give_back (stage, payment_id, 200, returned, reject, error)
         && tw_demo_give_back (stage, payment_id, 80, twice, withdraw, error);
}

static gboolean
take_money (TwStage *stage, GError **error)
{
  static const char *const nothing_yet[] = { NULL };
  static const char *const arrives[] = { "receive", NULL };
  static const char *const does_not_arrive[] = { "fail", NULL };
  static const char *const pays_out[] = { "approve", "pay_out", NULL };
  gint64 id;

  return announce_payment (stage, "ALFKI", 800, nothing_yet, &id, error)
         && announce_payment (stage, "SAVEA", 5000, arrives, &id, error)
         && tw_demo_give_back (stage, id, 1200, "多付货款 Paid too much", nothing_yet, error)
         && announce_payment (stage, "HUNGO", 900, arrives, &id, error) && give_money_back (stage, id, error)
         && announce_payment (stage, "ERNSH", 1200, does_not_arrive, &id, error)
         && announce_payment (stage, "QUICK", 640, arrives, &id, error)
         && tw_demo_give_back (stage, id, 40, "多付货款 Paid too much", pays_out, error)
         && tw_stage_run_because (stage, "finance", &tw_payment_resource, id, "bounce",
                                  "银行退回 Returned by the bank", error)
         && pay_a_part (stage, error);
}

/* An order over @quantity of the dearest product, submitted and signed by those of @signers (NULL-terminated, in their
 * order) whom its chain asks. */
static gboolean
order_wine (TwStage *stage, const char *reference, gint64 quantity, const char *const *signers, gint64 *id,
            GError **error)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  g_autoptr (TwOrderLine) line = tw_order_line_new ();
  const char *customer = "SAVEA";

  tw_record_set_string (&order->customer, customer);
  tw_record_set_string (&order->po_reference, reference);
  order->requested_date = tw_date_add_days (tw_stage_get_day (stage), 30);
  line->product = tw_demo_sku (DEAREST_PRODUCT);
  line->quantity = tw_decimal_from_int (quantity);
  g_list_store_append (order->lines, line);
  if (!tw_stage_create (stage, tw_demo_rep (customer), &tw_order_resource, order, error))
    return FALSE;
  *id = TW_RECORD (order)->id;
  if (!tw_stage_run (stage, tw_demo_rep (customer), &tw_order_resource, *id, "submit", NULL, error))
    return FALSE;
  for (; *signers != NULL; signers++)
    {
      gboolean asked;

      if (!tw_stage_try (stage, *signers, &tw_order_resource, *id, "approve", &asked, error))
        return FALSE;
    }
  return TRUE;
}

/* A shipment is released so many days before its day. */
static gboolean
hold_back (TwContext *ctx, gpointer data, GError **error)
{
  return tw_setting_set (ctx, TW_SETTING_RELEASE_DAYS, "14", error);
}

/* Work in the inboxes of the higher levels, for which the sample's orders are too small. */
static gboolean
fill_inboxes (TwStage *stage, GError **error)
{
  const char *const for_gm[] = { "finance_manager", "manager", "director", NULL };
  const char *const for_director[] = { "finance_manager", "manager", NULL };
  const char *const for_nobody[] = { NULL };
  gint64 id;

  return order_wine (stage, "PO-90001", 190, for_gm, &id, error)
         && order_wine (stage, "PO-90002", 45, for_director, &id, error)
         && order_wine (stage, "PO-90003", 60, for_nobody, &id, error)
         && tw_stage_run_because (stage, "manager", &tw_order_resource, id, "reject",
                                  "客户本月已超量 More than this customer sells in a month", error);
}

/* What is wanted in a month is planned now and picked later. */
static gboolean
order_ahead (TwStage *stage, GError **error)
{
  const char *const everybody[] = { "finance_manager", "manager", "director", "gm", NULL };
  gint64 id;

  return tw_stage_act (stage, "admin", hold_back, NULL, error)
         && order_wine (stage, "PO-90004", 12, everybody, &id, error);
}

/* A phone call that was cut off. */
static gboolean
begin_an_order (TwStage *stage, GError **error)
{
  static const char *const callers[] = { "BERGS", "BLONP", "BONAP", "BOTTM", "CHOPS" };
  g_autoptr (TwOrder) order = tw_order_new ();

  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (TwOrderLine) line = tw_order_line_new ();

      line->product = tw_demo_sku (10 * i);
      line->quantity = tw_decimal_from_int (6 * i);
      g_list_store_append (order->lines, line);
    }
  for (guint i = 0; i < G_N_ELEMENTS (callers) && order->customer == NULL; i++)
    if (g_str_equal (tw_demo_rep (callers[i]), "sales"))
      tw_record_set_string (&order->customer, callers[i]);
  tw_record_set_string (&order->po_reference, "PO-90005");
  return tw_stage_create (stage, "sales", &tw_order_resource, order, error);
}

static gboolean
plan_trip (TwStage *stage, GArray *ready, guint from, guint to, const char *cancelled_because, GError **error)
{
  g_autoptr (TwTrip) trip = tw_trip_new ();

  trip->trip_date = tw_date_add_days (tw_stage_get_day (stage), 1);
  tw_record_set_string (&trip->driver, "driver");
  tw_record_set_string (&trip->vehicle, "沪B·20088");
  for (guint i = from; i < to && i < ready->len; i++)
    {
      g_autoptr (TwTripStop) stop = tw_trip_stop_new ();
      g_autoptr (TwShipment) shipment
        = tw_stage_read (stage, "dispatcher", &tw_shipment_resource, g_array_index (ready, gint64, i), error);

      if (shipment == NULL)
        return FALSE;
      tw_record_set_string (&stop->shipment, shipment->number);
      g_list_store_append (trip->stops, stop);
    }
  if (!tw_stage_create (stage, "dispatcher", &tw_trip_resource, trip, error))
    return FALSE;
  return cancelled_because == NULL
         || tw_stage_run_because (stage, "dispatcher", &tw_trip_resource, TW_RECORD (trip)->id, "cancel",
                                  cancelled_because, error);
}

static gboolean
plan_trips (TwStage *stage, GError **error)
{
  g_autoptr (GArray) ready = tw_demo_store_find_ready (tw_stage_get_db (stage), error);

  return ready != NULL && plan_trip (stage, ready, 0, 1, "车辆故障 The van broke down", error)
         && plan_trip (stage, ready, 0, 3, NULL, error);
}

static gboolean
discard_a_draft (TwStage *stage, GError **error)
{
  gint64 id = 0;

  return tw_demo_store_find_draft_invoice (tw_stage_get_db (stage), &id, error)
         && (id == 0
             || tw_stage_run_because (stage, "finance", &tw_invoice_resource, id, "cancel",
                                      "改为月结 To be invoiced at the end of the month", error));
}

gboolean
tw_demo_add_extras (TwStage *stage, GError **error)
{
  return count (stage, 1, 38, "两件破损 Two were broken", "post", error) && count (stage, 2, 40, NULL, NULL, error)
         && count (stage, 3, 4, "数错货架 The wrong shelf", "cancel", error) && delegate (stage, error)
         && take_money (stage, error) && fill_inboxes (stage, error) && order_ahead (stage, error)
         && begin_an_order (stage, error) && plan_trips (stage, error) && discard_a_draft (stage, error);
}
