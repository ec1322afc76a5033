/* test-reservation.c: nothing is ever sold twice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "server/sales/order.h"
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

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/reservation/partial", test_partial);
  g_test_add_func ("/reservation/twice", test_twice);
  g_test_add_func ("/reservation/other-warehouse", test_elsewhere);
  g_test_add_func ("/reservation/services-need-no-stock", test_services);
  g_test_add_func ("/reservation/given-back", test_given_back);
  g_test_add_func ("/reservation/cancel-serves-others", test_cancel_serves_others);
  g_test_add_func ("/reservation/race-sells-exactly-what-is-there", test_race);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
