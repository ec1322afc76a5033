/* test-shipment.c: a shipment from the shelf to the customer, and every way off that path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "server/delivery/sscc.h"
#include "tests/fixture/yard.h"

static TwYard *yard;
static guint n_products;

#define SHIPMENT &tw_shipment_resource

/* A new product, @stock of it, an order for @ordered, reserved: its shipment. */
static gint64
plan (const char *stock, const char *ordered, gint64 *order, char **sku)
{
  g_autofree char *lines = NULL;

  *sku = g_strdup_printf ("P-%u", ++n_products);
  lines = g_strdup_printf ("%s:%s", *sku, ordered);
  tw_yard_add_product (yard, *sku);
  tw_yard_receive (yard, *sku, stock);
  *order = tw_yard_add_order (yard, lines, NULL);
  tw_yard_allocate (yard, *order);
  return tw_yard_get_shipment (yard, *order);
}

static TwShipment *
read_shipment (const char *role, gint64 id)
{
  g_autoptr (GError) error = NULL;
  TwShipment *shipment = tw_yard_read (yard, role, SHIPMENT, id, &error);

  g_assert_no_error (error);
  return shipment;
}

static void
assert_state (gint64 id, const char *state)
{
  g_autoptr (TwShipment) shipment = read_shipment ("planner", id);

  g_assert_cmpstr (shipment->state, ==, state);
}

static void
assert_refused (const char *role, gint64 id, const char *action, const char *body, TwErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, role, SHIPMENT, id, action, body, &error));
  g_assert_error (error, TW_ERROR, (int) code);
}

static void
bring_to (gint64 id, const char *state)
{
  static const struct
  {
    const char *state, *role, *action, *body;
  } steps[] = {
    { "picking", "warehouse", "start_picking", NULL }, { "picked", "warehouse", "pick", NULL },
    { "packed", "warehouse", "pack", NULL },           { "ready", "warehouse", "ready", NULL },
    { "dispatched", "dispatcher", "dispatch", NULL },  { "in_transit", "dispatcher", "depart", NULL },
    { "delivered", "dispatcher", "deliver", "{\"receiver\":\"Ms Anders\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      tw_yard_act (yard, steps[i].role, SHIPMENT, id, steps[i].action, steps[i].body);
      if (g_str_equal (steps[i].state, state))
        return;
    }
}

static void
test_straight (void)
{
  g_autofree char *sku = NULL, *state = NULL, *find = NULL;
  g_autoptr (TwShipment) shipment = NULL;
  gint64 order, id = plan ("10", "4", &order, &sku);
  TwParcel *parcel;

  assert_state (id, "released");
  bring_to (id, "picked");
  tw_yard_assert_level (yard, sku, "on_hand", "6");
  tw_yard_assert_level (yard, sku, "reserved", "0");
  tw_yard_assert_bucket (yard, order, 1, "picked", "4");
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pack", NULL);
  tw_yard_act (yard, "quality", SHIPMENT, id, "check", NULL);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "ready", NULL);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "dispatch", "{\"carrier\":\"SPEEDY\",\"tracking_number\":\"T 1\"}");
  tw_yard_assert_bucket (yard, order, 1, "shipped", "4");
  assert_refused ("dispatcher", id, "deliver", "{\"receiver\":\"X\",\"delivered_at\":\"2999-01-01T00:00:00Z\"}",
                  TW_ERROR_INVALID);
  assert_refused ("dispatcher", id, "deliver", NULL, TW_ERROR_INVALID);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "deliver", "{\"receiver\":\"Ms Anders\",\"proof_note\":\"door\"}");
  tw_yard_assert_bucket (yard, order, 1, "delivered", "4");
  shipment = read_shipment ("auditor", id);
  g_assert_cmpstr (shipment->receiver, ==, "Ms Anders");
  g_assert_cmpstr (shipment->carrier, ==, "SPEEDY");
  g_assert_cmpuint (tw_record_count (shipment->parcels), ==, 1);
  parcel = tw_record_nth (shipment->parcels, 0);
  g_assert_true (tw_sscc_is_valid (parcel->sscc));
  g_assert_cmpint (tw_decimal_compare (parcel->weight, tw_decimal_from_int (2)), ==, 0);
  find = g_strdup_printf ("SELECT state FROM sales_order WHERE id = %" G_GINT64_FORMAT, order);
  state = tw_test_database_value (yard->db, find);
  g_assert_cmpstr (state, ==, "fulfilled");
  tw_yard_assert_sound (yard);
}

static void
test_short_pick (void)
{
  g_autofree char *sku = NULL, *body = NULL;
  g_autoptr (TwShipment) shipment = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);
  TwShipmentException *e;

  body = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"3\"}],\"reason\":\"shelf empty\"}", sku);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "start_picking", NULL);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pick", body);
  tw_yard_assert_bucket (yard, order, 1, "picked", "3");
  tw_yard_assert_bucket (yard, order, 1, "backordered", "2");
  tw_yard_assert_level (yard, sku, "on_hand", "2");
  tw_yard_assert_level (yard, sku, "reserved", "0");
  tw_yard_assert_level (yard, sku, "backordered", "2");
  shipment = read_shipment ("planner", id);
  g_assert_true (shipment->has_exception);
  e = tw_record_nth (shipment->exceptions, 0);
  g_assert_cmpstr (e->kind, ==, "short_pick");
  g_assert_cmpstr (e->owner_role, ==, "planner");
  tw_yard_assert_sound (yard);
}

/* The rest of a short pick arrives, is reserved by itself and goes out as a second shipment. */
static void
test_second_delivery (void)
{
  g_autofree char *sku = NULL, *body = NULL;
  gint64 order, second, id = plan ("5", "5", &order, &sku);

  body = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"3\"}]}", sku);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pick", body);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pack", NULL);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "ready", NULL);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "dispatch", NULL);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "deliver", "{\"receiver\":\"A\"}");
  tw_yard_receive (yard, sku, "1");
  second = tw_yard_get_shipment (yard, order);
  g_assert_cmpint (second, !=, id);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "2");
  bring_to (second, "delivered");
  tw_yard_assert_bucket (yard, order, 1, "delivered", "5");
  tw_yard_assert_level (yard, sku, "on_hand", "1");
  tw_yard_assert_sound (yard);
}

/* Two lines of one product: by id each is picked and packed on its own, by product what was found fills the first. */
static void
test_same_product (void)
{
  gint64 order, id, lines[2];
  g_autofree char *pick = NULL, *packing = NULL;

  tw_yard_add_product (yard, "D-1");
  tw_yard_receive (yard, "D-1", "20");
  order = tw_yard_add_order (yard, "D-1:2 D-1:3", NULL);
  tw_yard_allocate (yard, order);
  id = tw_yard_get_shipment (yard, order);
  {
    g_autoptr (TwShipment) shipment = read_shipment ("warehouse", id);

    for (guint i = 0; i < 2; i++)
      lines[i] = TW_RECORD (tw_record_nth (shipment->lines, i))->id;
  }
  pick = g_strdup_printf ("{\"lines\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":\"1\"}]}", lines[1]);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pick", pick);
  tw_yard_assert_bucket (yard, order, 1, "picked", "2");
  tw_yard_assert_bucket (yard, order, 2, "picked", "1");
  packing = g_strdup_printf ("{\"parcels\":[{\"lines\":[{\"shipment_line_id\":%" G_GINT64_FORMAT
                             ",\"quantity\":\"2\"},{\"shipment_line_id\":%" G_GINT64_FORMAT
                             ",\"quantity\":\"1\"}]}]}",
                             lines[0], lines[1]);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pack", packing);
  tw_yard_assert_sound (yard);

  order = tw_yard_add_order (yard, "D-1:2 D-1:3", NULL);
  tw_yard_allocate (yard, order);
  id = tw_yard_get_shipment (yard, order);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pick", "{\"lines\":[{\"product\":\"D-1\",\"quantity\":\"4\"}]}");
  tw_yard_assert_bucket (yard, order, 1, "picked", "2");
  tw_yard_assert_bucket (yard, order, 2, "picked", "2");
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pack",
               "{\"parcels\":[{\"lines\":[{\"product\":\"D-1\",\"quantity\":\"4\"}]}]}");
  tw_yard_assert_sound (yard);
}

static void
test_pick_refused (void)
{
  g_autofree char *sku = NULL, *more = NULL, *none = NULL, *twice = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);

  more = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"6\"}]}", sku);
  none = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"0\"}]}", sku);
  twice = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"1\"},{\"product\":\"%s\","
                           "\"quantity\":\"1\"}]}",
                           sku, sku);
  assert_refused ("warehouse", id, "pick", more, TW_ERROR_INVALID);
  assert_refused ("warehouse", id, "pick", none, TW_ERROR_INVALID);
  assert_refused ("warehouse", id, "pick", twice, TW_ERROR_INVALID);
  assert_refused ("warehouse", id, "pick", "{\"lines\":[{\"product\":\"NO\",\"quantity\":\"1\"}]}", TW_ERROR_INVALID);
  assert_refused ("driver", id, "pick", NULL, TW_ERROR_NOT_FOUND);
  assert_refused ("dispatcher", id, "pick", NULL, TW_ERROR_FORBIDDEN);
  assert_refused ("warehouse", id, "pack", NULL, TW_ERROR_STATE);
  assert_state (id, "released");
  tw_yard_assert_sound (yard);
}

static void
test_hold (void)
{
  g_autofree char *sku = NULL, *sql = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);

  sql = g_strdup_printf ("UPDATE sales_order SET hold = 'credit' WHERE id = %" G_GINT64_FORMAT ";", order);
  tw_test_database_script (yard->database, sql);
  assert_refused ("warehouse", id, "pick", NULL, TW_ERROR_STATE);
}

static void
test_parcels (void)
{
  g_autofree char *sku = NULL, *two = NULL, *less = NULL, *more = NULL;
  g_autoptr (TwShipment) shipment = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);
  TwParcel *first;

  bring_to (id, "picked");
  less = g_strdup_printf ("{\"parcels\":[{\"lines\":[{\"product\":\"%s\",\"quantity\":\"4\"}]}]}", sku);
  more = g_strdup_printf ("{\"parcels\":[{\"lines\":[{\"product\":\"%s\",\"quantity\":\"6\"}]}]}", sku);
  two = g_strdup_printf ("{\"parcels\":[{\"weight\":\"7.25\",\"lines\":[{\"product\":\"%s\",\"quantity\":\"2\"}]},"
                         "{\"lines\":[{\"product\":\"%s\",\"quantity\":\"3\"}]}]}",
                         sku, sku);
  assert_refused ("warehouse", id, "pack", less, TW_ERROR_INVALID);
  assert_refused ("warehouse", id, "pack", more, TW_ERROR_INVALID);
  assert_refused ("warehouse", id, "pack", "{\"parcels\":[{\"weight\":\"1\"},{\"weight\":\"1\"}]}", TW_ERROR_INVALID);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "pack", two);
  shipment = read_shipment ("warehouse", id);
  g_assert_cmpuint (tw_record_count (shipment->parcels), ==, 2);
  first = tw_record_nth (shipment->parcels, 0);
  g_assert_cmpint (first->weight.millionths == 7250000, ==, TRUE);
  g_assert_cmpstr (first->sscc, !=, ((TwParcel *) tw_record_nth (shipment->parcels, 1))->sscc);
  tw_yard_assert_sound (yard);
}

/* Whatever the stage, all that was reserved or picked is free again afterwards. */
static void
test_cancel (gconstpointer data)
{
  const char *stage = data;
  g_autofree char *sku = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);

  if (!g_str_equal (stage, "released"))
    bring_to (id, stage);
  tw_yard_act (yard, "warehouse", SHIPMENT, id, "cancel", "{\"reason\":\"customer rang\"}");
  tw_yard_assert_bucket (yard, order, 1, "open_quantity", "5");
  tw_yard_assert_level (yard, sku, "on_hand", "5");
  tw_yard_assert_level (yard, sku, "reserved", "0");
  tw_yard_assert_sound (yard);
  tw_yard_allocate (yard, order);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "5");
  g_assert_cmpint (tw_yard_get_shipment (yard, order), !=, id);
  tw_yard_assert_sound (yard);
}

static void
test_too_late (void)
{
  g_autofree char *sku = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);

  bring_to (id, "dispatched");
  assert_refused ("warehouse", id, "cancel", "{\"reason\":\"x\"}", TW_ERROR_STATE);
}

static void
test_take_back (void)
{
  g_autofree char *sku = NULL;
  gint64 order, id = plan ("5", "5", &order, &sku);

  bring_to (id, "in_transit");
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "report_exception",
               "{\"kind\":\"attempt_failed\",\"detail\":\"nobody at home\"}");
  assert_refused ("dispatcher", id, "take_back", NULL, TW_ERROR_INVALID);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "take_back", "{\"reason\":\"nobody at home\"}");
  assert_state (id, "ready");
  tw_yard_assert_bucket (yard, order, 1, "packed", "5");
  tw_yard_assert_sound (yard);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "dispatch", NULL);
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "deliver", "{\"receiver\":\"B\"}");
  tw_yard_assert_bucket (yard, order, 1, "delivered", "5");
  assert_refused ("dispatcher", id, "close", NULL, TW_ERROR_STATE);
  tw_yard_assert_sound (yard);
}

static void
test_services_with_goods (void)
{
  gint64 order, id;

  tw_yard_add_product (yard, "G-1");
  tw_yard_add_product (yard, "S-G");
  tw_yard_receive (yard, "G-1", "1");
  order = tw_yard_add_order (yard, "S-G:1 G-1:1", NULL);
  tw_yard_allocate (yard, order);
  id = tw_yard_get_shipment (yard, order);
  bring_to (id, "in_transit");
  tw_yard_assert_bucket (yard, order, 1, "open_quantity", "1");
  tw_yard_act (yard, "dispatcher", SHIPMENT, id, "deliver", "{\"receiver\":\"C\"}");
  tw_yard_assert_bucket (yard, order, 1, "delivered", "1");
  tw_yard_assert_bucket (yard, order, 2, "delivered", "1");
  tw_yard_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  static const char *const stages[] = { "released", "picking", "picked", "packed", "ready" };
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/shipment/straight", test_straight);
  g_test_add_func ("/shipment/pick/short", test_short_pick);
  g_test_add_func ("/shipment/pick/second-delivery", test_second_delivery);
  g_test_add_func ("/shipment/pick/same-product-twice", test_same_product);
  g_test_add_func ("/shipment/pick/refused", test_pick_refused);
  g_test_add_func ("/shipment/pick/on-hold", test_hold);
  g_test_add_func ("/shipment/pack/parcels", test_parcels);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *path = g_strconcat ("/shipment/cancel/", stages[i], NULL);

      g_test_add_data_func (path, stages[i], test_cancel);
    }
  g_test_add_func ("/shipment/cancel/too-late", test_too_late);
  g_test_add_func ("/shipment/take-back", test_take_back);
  g_test_add_func ("/shipment/deliver/services-with-goods", test_services_with_goods);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
