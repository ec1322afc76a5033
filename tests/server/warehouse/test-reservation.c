/* test-reservation.c: nothing is ever sold twice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "server/sales/order.h"
#include "server/warehouse/receipt.h"
#include "server/warehouse/stock.h"
#include "tests/fixture/yard.h"

static TwYard *yard;

static void
test_partial (void)
{
  gint64 order;

  tw_yard_add_product (yard, "A-1");
  tw_yard_add_product (yard, "A-2");
  tw_yard_receive (yard, "A-1", "10");
  tw_yard_receive (yard, "A-2", "3");
  order = tw_yard_add_order (yard, "A-2:5 A-1:4", NULL);
  tw_yard_allocate (yard, order);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "3");
  tw_yard_assert_bucket (yard, order, 1, "backordered", "2");
  tw_yard_assert_bucket (yard, order, 2, "reserved", "4");
  tw_yard_assert_level (yard, "A-2", "reserved", "3");
  tw_yard_assert_level (yard, "A-2", "backordered", "2");
  tw_yard_assert_level (yard, "A-1", "reserved", "4");
  tw_yard_assert_sound (yard);
}

/* Asking again changes nothing: what is reserved has its shipment. */
static void
test_twice (void)
{
  gint64 order, shipment;

  tw_yard_add_product (yard, "A-3");
  tw_yard_receive (yard, "A-3", "2");
  order = tw_yard_add_order (yard, "A-3:5", NULL);
  tw_yard_allocate (yard, order);
  shipment = tw_yard_get_shipment (yard, order);
  tw_yard_allocate (yard, order);
  g_assert_cmpint (tw_yard_get_shipment (yard, order), ==, shipment);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "2");
  tw_yard_assert_sound (yard);
}

static void
test_elsewhere (void)
{
  gint64 order;
  g_autofree char *sql = NULL, *count = NULL, *find = NULL;

  tw_yard_add_product (yard, "A-4");
  tw_yard_receive (yard, "A-4", "2");
  tw_yard_receive_at (yard, "EAST", "A-4", "10");
  order = tw_yard_add_order (yard, "A-4:5", NULL);
  sql = g_strdup_printf ("UPDATE order_line SET shortage = 'other_warehouse' WHERE order_id = %" G_GINT64_FORMAT ";",
                         order);
  tw_test_database_script (yard->database, sql);
  tw_yard_allocate (yard, order);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "5");
  find = g_strdup_printf ("SELECT COUNT(DISTINCT warehouse_id) FROM shipment WHERE order_id = %" G_GINT64_FORMAT, order);
  count = tw_test_database_value (yard->database->owner, find);
  g_assert_cmpstr (count, ==, "2");
  tw_yard_assert_sound (yard);
}

/* Who takes what is there gets no second delivery; but nothing at all is no delivery. */
static void
test_reduced (void)
{
  gint64 order;
  g_autofree char *sql = NULL;

  tw_yard_add_product (yard, "R-1");
  tw_yard_add_product (yard, "R-2");
  tw_yard_receive (yard, "R-1", "2");
  order = tw_yard_add_order (yard, "R-1:5 R-2:1", NULL);
  sql = g_strdup_printf ("UPDATE order_line SET shortage = 'reduce' WHERE order_id = %" G_GINT64_FORMAT ";", order);
  tw_test_database_script (yard->database, sql);
  tw_yard_allocate (yard, order);
  tw_yard_assert_bucket (yard, order, 1, "reserved", "2");
  tw_yard_assert_bucket (yard, order, 1, "cancelled", "3");
  tw_yard_assert_bucket (yard, order, 1, "backordered", "0");
  tw_yard_assert_bucket (yard, order, 2, "backordered", "1");
  tw_yard_assert_sound (yard);
}

static void
test_services (void)
{
  gint64 order;

  tw_yard_add_product (yard, "S-1");
  order = tw_yard_add_order (yard, "S-1:2", NULL);
  tw_yard_allocate (yard, order);
  tw_yard_assert_bucket (yard, order, 1, "delivered", "2");
  g_assert_cmpint (tw_yard_get_shipment (yard, order), ==, 0);
}

static gboolean
release_cb (TwContext *ctx, gpointer data, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_get (ctx, *(gint64 *) data, TRUE, error);

  return order && tw_shipment_cancel_for_order (ctx, *(gint64 *) data, "no longer wanted", error)
         && tw_stock_release_order (ctx, order, error);
}

static void
test_given_back (void)
{
  gint64 order;
  g_autoptr (GError) error = NULL;

  tw_yard_add_product (yard, "A-5");
  tw_yard_receive (yard, "A-5", "3");
  order = tw_yard_add_order (yard, "A-5:5", NULL);
  tw_yard_allocate (yard, order);
  tw_yard_run (yard, yard->db, "sales_manager", release_cb, &order, &error);
  g_assert_no_error (error);
  tw_yard_assert_bucket (yard, order, 1, "cancelled", "5");
  tw_yard_assert_level (yard, "A-5", "reserved", "0");
  tw_yard_assert_level (yard, "A-5", "backordered", "0");
  tw_yard_assert_level (yard, "A-5", "on_hand", "3");
  tw_yard_assert_sound (yard);
}

/* What a cancelled order had goes to the next who waits. */
static void
test_cancel_serves_others (void)
{
  gint64 first, next;
  g_autoptr (GError) error = NULL;

  tw_yard_add_product (yard, "A-6");
  tw_yard_receive (yard, "A-6", "3");
  first = tw_yard_add_order (yard, "A-6:3", NULL);
  tw_yard_allocate (yard, first);
  next = tw_yard_add_order (yard, "A-6:2", NULL);
  tw_yard_allocate (yard, next);
  tw_yard_run (yard, yard->db, "sales_manager", release_cb, &first, &error);
  g_assert_no_error (error);
  tw_yard_assert_bucket (yard, next, 1, "reserved", "2");
  g_assert_cmpint (tw_yard_get_shipment (yard, next), >, 0);
  tw_yard_assert_level (yard, "A-6", "reserved", "2");
  tw_yard_assert_sound (yard);
}

/* A shipment is cancelled: in time its goods are for who waits; what was short-picked is for the planner. */
static void
test_timer (void)
{
  gint64 first, next, shipment;
  g_autoptr (GError) error = NULL;

  tw_yard_add_product (yard, "A-7");
  tw_yard_receive (yard, "A-7", "3");
  first = tw_yard_add_order (yard, "A-7:3", NULL);
  tw_yard_allocate (yard, first);
  next = tw_yard_add_order (yard, "A-7:2", NULL);
  tw_yard_allocate (yard, next);
  shipment = tw_yard_get_shipment (yard, first);
  tw_yard_act (yard, "warehouse", &tw_shipment_resource, shipment, "cancel", "{\"reason\":\"later\"}");
  tw_stock_serve_waiting (yard->db, &error);
  g_assert_no_error (error);
  tw_yard_assert_bucket (yard, next, 1, "reserved", "2");
  tw_yard_assert_bucket (yard, first, 1, "open_quantity", "3");
  shipment = tw_yard_get_shipment (yard, next);
  tw_yard_act (yard, "warehouse", &tw_shipment_resource, shipment, "pick",
               "{\"lines\":[{\"product\":\"A-7\",\"quantity\":\"1\"}]}");
  tw_stock_serve_waiting (yard->db, &error);
  g_assert_no_error (error);
  tw_yard_assert_bucket (yard, next, 1, "backordered", "1");
  tw_yard_assert_sound (yard);
}

/* ---- The race ---- */

#define RACERS 64
#define TURNS 4 /* each asks so often for 5, together for 1,280 of 1,000 */

typedef struct
{
  gint64 orders[TURNS];
} Racer;

static gpointer
race (gpointer data)
{
  Racer *racer = data;
  TwDb *db;

  tw_db_thread_init ();
  db = tw_test_database_open (yard->database, FALSE);
  for (guint i = 0; i < TURNS; i++)
    tw_yard_allocate_on (yard, db, racer->orders[i]);
  tw_db_close (db);
  tw_db_thread_end ();
  return NULL;
}

static void
test_race (void)
{
  Racer racers[RACERS];
  GThread *threads[RACERS];
  g_autofree char *reserved = NULL;

  tw_yard_add_product (yard, "RACE-1");
  tw_yard_add_product (yard, "RACE-2");
  tw_yard_receive (yard, "RACE-1", "1000");
  tw_yard_receive (yard, "RACE-2", "5000");
  for (guint i = 0; i < RACERS; i++)
    for (guint j = 0; j < TURNS; j++)
      racers[i].orders[j]
        = tw_yard_add_order (yard, (i + j) % 2 ? "RACE-1:5 RACE-2:1" : "RACE-2:1 RACE-1:5", NULL);
  for (guint i = 0; i < RACERS; i++)
    threads[i] = g_thread_new ("racer", race, &racers[i]);
  for (guint i = 0; i < RACERS; i++)
    g_thread_join (threads[i]);
  reserved = tw_test_database_value (yard->database->owner,
                                     "SELECT CAST(SUM(l.reserved) AS INT) FROM order_line l"
                                     " JOIN product p ON p.id = l.product_id WHERE p.sku = 'RACE-1'");
  g_assert_cmpstr (reserved, ==, "1000");
  tw_yard_assert_level (yard, "RACE-1", "reserved", "1000");
  tw_yard_assert_level (yard, "RACE-1", "backordered", "280");
  tw_yard_assert_sound (yard);
}

/* ---- Everything at once ---- */

#define HANDS 8
#define DEEDS 24

typedef struct
{
  TwDb *db;
  GRand *random;
  gint64 orders[DEEDS];
} Hand;

static gboolean
receive_cb (TwContext *ctx, gpointer data, GError **error)
{
  Hand *hand = data;
  g_autoptr (TwReceipt) receipt = tw_receipt_new ();

  tw_record_set_string (&receipt->warehouse, "MAIN");
  receipt->reason = tw_key_find (tw_receipt_reason_keys, "purchase");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TwReceiptLine) line = tw_receipt_line_new ();

      line->product = g_strdup_printf ("CH-%d", g_rand_int_range (hand->random, 0, 4));
      line->quantity = tw_decimal_from_int (g_rand_int_range (hand->random, 1, 9));
      g_list_store_append (receipt->lines, line);
    }
  return tw_receipt_post (ctx, receipt, error);
}

static gboolean
pick_cb (TwContext *ctx, gpointer data, GError **error)
{
  g_autoptr (TwRecord) shipment = tw_shipment_resource.load (ctx, *(gint64 *) data, TRUE, error);

  return shipment && tw_gate_run (ctx, &tw_shipment_resource, shipment, "pick", NULL, error);
}

static gboolean
cancel_cb (TwContext *ctx, gpointer data, GError **error)
{
  return release_cb (ctx, data, error) && tw_order_refresh (ctx, *(gint64 *) data, error);
}

/* What another hand did first is a matter of state; nothing else may go wrong. */
static void
run_deed (Hand *hand, const char *role, TwYardFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!tw_yard_run (yard, hand->db, role, func, data, &error)
      && !g_error_matches (error, TW_ERROR, TW_ERROR_STATE))
    g_error ("%s", error->message);
}

static gpointer
churn (gpointer data)
{
  Hand *hand = data;

  tw_db_thread_init ();
  hand->db = tw_test_database_open (yard->database, FALSE);
  for (guint i = 0; i < DEEDS; i++)
    {
      gint64 earlier = hand->orders[g_rand_int_range (hand->random, 0, i + 1)];
      gint64 shipment = g_rand_int_range (hand->random, 1, HANDS * DEEDS);

      tw_yard_allocate_on (yard, hand->db, hand->orders[i]);
      if (i % 3 == 0)
        run_deed (hand, "warehouse", receive_cb, hand);
      if (i % 4 == 1)
        run_deed (hand, "sales_manager", cancel_cb, &earlier);
      if (i % 2 == 1 && g_rand_boolean (hand->random))
        {
          g_autoptr (GError) error = NULL;

          /* A number that no shipment has yet is no failure either. */
          if (!tw_yard_run (yard, hand->db, "warehouse", pick_cb, &shipment, &error)
              && !g_error_matches (error, TW_ERROR, TW_ERROR_STATE)
              && !g_error_matches (error, TW_ERROR, TW_ERROR_NOT_FOUND))
            g_error ("%s", error->message);
        }
    }
  tw_db_close (hand->db);
  tw_db_thread_end ();
  return NULL;
}

static void
test_churn (void)
{
  static const char *const wishes[] = { "CH-0:3 CH-3:2", "CH-3:1 CH-1:4 CH-0:2", "CH-2:5", "CH-1:1 CH-2:1 CH-3:6" };
  Hand hands[HANDS];
  GThread *threads[HANDS];

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autofree char *sku = g_strdup_printf ("CH-%u", i);

      tw_yard_add_product (yard, sku);
    }
  for (guint i = 0; i < HANDS; i++)
    {
      hands[i].random = g_rand_new_with_seed (g_test_rand_int ());
      for (guint j = 0; j < DEEDS; j++)
        hands[i].orders[j] = tw_yard_add_order (yard, wishes[(i + j) % G_N_ELEMENTS (wishes)], NULL);
    }
  for (guint i = 0; i < HANDS; i++)
    threads[i] = g_thread_new ("hand", churn, &hands[i]);
  for (guint i = 0; i < HANDS; i++)
    {
      g_thread_join (threads[i]);
      g_rand_free (hands[i].random);
    }
  tw_yard_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/reservation/partial", test_partial);
  g_test_add_func ("/reservation/twice", test_twice);
  g_test_add_func ("/reservation/other-warehouse", test_elsewhere);
  g_test_add_func ("/reservation/reduced", test_reduced);
  g_test_add_func ("/reservation/services-need-no-stock", test_services);
  g_test_add_func ("/reservation/given-back", test_given_back);
  g_test_add_func ("/reservation/cancel-serves-others", test_cancel_serves_others);
  g_test_add_func ("/reservation/timer-serves-waiting", test_timer);
  g_test_add_func ("/reservation/race-sells-exactly-what-is-there", test_race);
  g_test_add_func ("/reservation/everything-at-once", test_churn);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
