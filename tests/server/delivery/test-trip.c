/* test-trip.c: a driver's trip, and who may know of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "shared/document/trip.h"
#include "tests/fixture/yard.h"

static TwYard *yard;
static guint n_products;

/* A shipment that is ready to go. */
static gint64
make_ready (gint64 *order)
{
  g_autofree char *sku = g_strdup_printf ("T-%u", ++n_products), *lines = g_strconcat (sku, ":2", NULL);
  gint64 id;

  tw_yard_add_product (yard, sku);
  tw_yard_receive (yard, sku, "2");
  *order = tw_yard_add_order (yard, lines, NULL);
  tw_yard_allocate (yard, *order);
  id = tw_yard_get_shipment (yard, *order);
  tw_yard_act (yard, "warehouse", &tw_shipment_resource, id, "pick", NULL);
  tw_yard_act (yard, "warehouse", &tw_shipment_resource, id, "pack", NULL);
  tw_yard_act (yard, "warehouse", &tw_shipment_resource, id, "ready", NULL);
  return id;
}

static TwShipment *
read_shipment (gint64 id)
{
  g_autoptr (GError) error = NULL;
  TwShipment *shipment = tw_yard_read (yard, "planner", &tw_shipment_resource, id, &error);

  g_assert_no_error (error);
  return shipment;
}

static char *
get_number (gint64 id)
{
  g_autoptr (TwShipment) shipment = read_shipment (id);

  return g_strdup (shipment->number);
}

/* Of today, for @driver, with one stop each. */
static gint64
try_trip (const char *driver, const char *first, const char *second, GError **error)
{
  g_autofree char *day = tw_date_format (tw_date_today ());
  g_autofree char *body = g_strdup_printf ("{\"trip_date\":\"%s\",\"driver\":\"%s\",\"vehicle\":\"B-TW 1\",\"stops\":["
                                           "{\"shipment\":\"%s\"}%s%s%s]}",
                                           day, driver, first, second ? ",{\"shipment\":\"" : "", second ? second : "",
                                           second ? "\"}" : "");

  return tw_yard_create (yard, "dispatcher", &tw_trip_resource, body, error);
}

static gint64
add_trip (const char *driver, gint64 first, gint64 second)
{
  g_autofree char *one = get_number (first), *two = second > 0 ? get_number (second) : NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = try_trip (driver, one, two, &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_not_found (const char *role, const TwResource *resource, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) record = tw_yard_read (yard, role, resource, id, &error);

  g_assert_null (record);
  g_assert_error (error, TW_ERROR, TW_ERROR_NOT_FOUND);
}

static void
assert_refused (const char *role, gint64 id, const char *action, TwErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, role, &tw_trip_resource, id, action, NULL, &error));
  g_assert_error (error, TW_ERROR, (int) code);
}

static void
test_straight (void)
{
  gint64 order1, order2, a = make_ready (&order1), b = make_ready (&order2), trip = add_trip ("driver", b, a);
  g_autoptr (TwShipment) left = NULL;
  g_autoptr (TwTrip) done = NULL;

  tw_yard_act (yard, "driver", &tw_trip_resource, trip, "load", NULL);
  tw_yard_act (yard, "driver", &tw_trip_resource, trip, "depart", NULL);
  left = read_shipment (a);
  g_assert_cmpstr (left->state, ==, "in_transit");
  tw_yard_assert_bucket (yard, order2, 1, "shipped", "2");
  tw_yard_act (yard, "driver", &tw_shipment_resource, a, "deliver", "{\"receiver\":\"A\"}");
  assert_refused ("driver", trip, "complete", TW_ERROR_STATE);
  tw_yard_act (yard, "driver", &tw_shipment_resource, b, "report_exception",
               "{\"kind\":\"refused\",\"detail\":\"wrong colour\"}");
  tw_yard_act (yard, "driver", &tw_trip_resource, trip, "complete", NULL);
  done = tw_yard_read (yard, "driver", &tw_trip_resource, trip, NULL);
  g_assert_cmpstr (done->state, ==, "completed");
  g_assert_cmpuint (tw_record_count (done->stops), ==, 2);
  tw_yard_assert_sound (yard);
}

static void
test_other_driver (void)
{
  gint64 order, shipment = make_ready (&order), trip = add_trip ("driver", shipment, 0);
  g_autoptr (GError) error = NULL;

  assert_not_found ("driver2", &tw_trip_resource, trip);
  assert_not_found ("driver2", &tw_shipment_resource, shipment);
  assert_refused ("driver2", trip, "depart", TW_ERROR_NOT_FOUND);
  tw_yard_act (yard, "driver", &tw_trip_resource, trip, "depart", NULL);
  g_assert_false (tw_yard_try (yard, "driver2", &tw_shipment_resource, shipment, "deliver", "{\"receiver\":\"X\"}",
                               &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_NOT_FOUND);
}

static void
assert_stop_fault (const char *first, const char *second, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  TwFault *fault;

  g_assert_cmpint (try_trip ("driver", first, second, &error), ==, 0);
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  fault = g_ptr_array_index (tw_error_get_faults (error), 0);
  g_assert_cmpstr (fault->pointer, ==, pointer);
}

static void
test_stops_refused (void)
{
  gint64 order, a = make_ready (&order), b = make_ready (&order), planned;
  g_autofree char *taken = get_number (a), *other = get_number (b), *early = NULL;
  g_autoptr (GError) error = NULL;

  tw_yard_add_product (yard, "T-EARLY");
  tw_yard_receive (yard, "T-EARLY", "1");
  planned = tw_yard_add_order (yard, "T-EARLY:1", NULL);
  tw_yard_allocate (yard, planned);
  early = get_number (tw_yard_get_shipment (yard, planned));
  add_trip ("driver", a, 0);
  assert_stop_fault (other, taken, "/stops/1/shipment");
  assert_stop_fault (early, NULL, "/stops/0/shipment");
  assert_stop_fault ("SH-0", NULL, "/stops/0/shipment");
  assert_stop_fault (other, other, "/stops/1/shipment");
  g_assert_cmpint (try_trip ("warehouse", other, NULL, &error), ==, 0);
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
}

/* On a trip, a shipment neither leaves alone nor is cancelled; off it again, it may. */
static void
test_held_by_trip (void)
{
  gint64 order, shipment = make_ready (&order), trip = add_trip ("driver", shipment, 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, "dispatcher", &tw_shipment_resource, shipment, "dispatch", NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  tw_yard_act (yard, "dispatcher", &tw_trip_resource, trip, "cancel", "{\"reason\":\"van broke down\"}");
  tw_yard_act (yard, "dispatcher", &tw_shipment_resource, shipment, "dispatch", NULL);
}

/* What came back goes out on another trip, and the first still shows where it was. */
static void
test_second_trip (void)
{
  gint64 order, shipment = make_ready (&order), first = add_trip ("driver", shipment, 0), second;
  g_autoptr (TwTrip) trip = NULL;

  tw_yard_act (yard, "driver", &tw_trip_resource, first, "depart", NULL);
  tw_yard_act (yard, "dispatcher", &tw_shipment_resource, shipment, "take_back", "{\"reason\":\"closed\"}");
  tw_yard_act (yard, "driver", &tw_trip_resource, first, "complete", NULL);
  second = add_trip ("driver2", shipment, 0);
  tw_yard_act (yard, "driver2", &tw_trip_resource, second, "depart", NULL);
  tw_yard_act (yard, "driver2", &tw_shipment_resource, shipment, "deliver", "{\"receiver\":\"D\"}");
  trip = tw_yard_read (yard, "dispatcher", &tw_trip_resource, first, NULL);
  g_assert_cmpuint (tw_record_count (trip->stops), ==, 1);
  tw_yard_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/trip/straight", test_straight);
  g_test_add_func ("/trip/unknown-to-another-driver", test_other_driver);
  g_test_add_func ("/trip/stops-refused", test_stops_refused);
  g_test_add_func ("/trip/holds-its-shipments", test_held_by_trip);
  g_test_add_func ("/trip/second-attempt", test_second_trip);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
