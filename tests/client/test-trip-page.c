/* test-trip-page.c: a trip planned by the dispatcher and driven by the driver, against the real server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/stop-editor.h"
#include "client/delivery/stop-row.h"
#include "client/delivery/trip-list.h"
#include "client/delivery/trip-page.h"
#include "shared/document/trip.h"
#include "tests/client/goods-fixture.h"

static TwGoodsFixture *fixture;

static TwTrip *
record_of (TwDesk *desk)
{
  return (TwTrip *) tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static char *
number_of (gint64 shipment)
{
  g_autofree char *path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT, shipment);

  return tw_goods_fixture_read (fixture, path, "number");
}

static void
wait_for_state (TwDesk *desk, const char *state)
{
  tw_test_wait_for (g_strcmp0 (record_of (desk)->state, state) == 0, 20);
  tw_goods_settle ();
}

static TwTripStop *
stop_of (TwDesk *desk, guint n)
{
  return tw_record_nth (record_of (desk)->stops, n);
}

/* A planned trip of two ready shipments, the second put first. */
static gint64
plan (TwDesk *desk, const char *first, const char *second)
{
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));
  TwStopEditor *stops;

  tw_desk_open (desk, 0);
  stops = tw_goods_find (page, TW_TYPE_STOP_EDITOR, NULL);
  tw_goods_type (page, "driver", "driver");
  tw_goods_type (page, "vehicle", "A 123");
  tw_stop_editor_add (stops, first, "Alfreds", NULL);
  tw_stop_editor_add (stops, second, "Alfreds", NULL);
  tw_stop_editor_add (stops, first, "Alfreds", NULL); /* it is a stop already */
  g_assert_cmpuint (tw_record_count (record_of (desk)->stops), ==, 2);
  tw_stop_editor_move (stops, 1, -1);
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_test_wait_for (TW_RECORD (record_of (desk))->id != 0, 20);
  tw_goods_settle ();
  return TW_RECORD (record_of (desk))->id;
}

static void
test_plan_and_drive (void)
{
  g_autofree char *first = number_of (tw_goods_fixture_add_shipment (fixture, "ready"));
  g_autofree char *second = number_of (tw_goods_fixture_add_shipment (fixture, "ready"));
  TwDesk *desk;
  gint64 id;

  tw_goods_fixture_become (fixture, "dispatcher");
  desk = tw_goods_desk_show (TW_TYPE_TRIP_LIST, TW_TYPE_TRIP_PAGE);
  id = plan (desk, first, second);
  g_assert_cmpstr (record_of (desk)->state, ==, "planned");
  g_assert_cmpstr (stop_of (desk, 0)->shipment, ==, second);
  g_assert_cmpstr (stop_of (desk, 1)->shipment, ==, first);
  tw_goods_desk_act (desk, "load");
  wait_for_state (desk, "loading");
  tw_goods_desk_close (desk);

  tw_goods_fixture_become (fixture, "driver");
  desk = tw_goods_desk_show (TW_TYPE_TRIP_LIST, TW_TYPE_TRIP_PAGE);
  tw_goods_desk_open (desk, id);
  tw_goods_desk_act (desk, "depart");
  wait_for_state (desk, "departed");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *stops = tw_goods_find (GTK_WIDGET (tw_desk_get_detail (desk)), TW_TYPE_STOP_EDITOR, NULL);
      GtkListBox *rows = tw_goods_find (stops, GTK_TYPE_LIST_BOX, NULL);

      gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (rows, (int) i)), "stop.deliver", NULL);
      tw_goods_type (GTK_WIDGET (tw_goods_get_dialog ()), "receiver", "Ms Anders");
      tw_goods_finish_dialog (tw_goods_get_dialog ());
      tw_test_wait_for (g_strcmp0 (stop_of (desk, i)->shipment_state, "delivered") == 0, 20);
    }
  tw_goods_desk_act (desk, "complete");
  wait_for_state (desk, "completed");
  tw_goods_desk_close (desk);
}

/* A shipment that is not ready: the page says so at the stops, and the trip is still there to be corrected. */
static void
test_stop_not_ready (void)
{
  g_autofree char *ready = number_of (tw_goods_fixture_add_shipment (fixture, "ready"));
  g_autofree char *packed = number_of (tw_goods_fixture_add_shipment (fixture, "packed"));
  TwDesk *desk;
  TwStopEditor *stops;

  tw_goods_fixture_become (fixture, "dispatcher");
  desk = tw_goods_desk_show (TW_TYPE_TRIP_LIST, TW_TYPE_TRIP_PAGE);
  tw_desk_open (desk, 0);
  stops = tw_goods_find (GTK_WIDGET (tw_desk_get_detail (desk)), TW_TYPE_STOP_EDITOR, NULL);
  tw_goods_type (GTK_WIDGET (tw_desk_get_detail (desk)), "driver", "driver");
  tw_stop_editor_add (stops, ready, "Alfreds", NULL);
  tw_stop_editor_add (stops, packed, "Alfreds", NULL);
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_goods_settle ();
  g_assert_cmpint (TW_RECORD (record_of (desk))->id, ==, 0);
  g_assert_cmpuint (tw_record_count (record_of (desk)->stops), ==, 2);
  tw_stop_editor_remove (stops, 1);
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_test_wait_for (TW_RECORD (record_of (desk))->id != 0, 20);
  g_assert_cmpuint (tw_record_count (record_of (desk)->stops), ==, 1);
  tw_goods_desk_close (desk);
}

/* A dispatcher finds drivers by name without reading the users. */
static void
test_drivers (void)
{
  g_autoptr (TwTestReply) found = tw_test_as (fixture->server, "dispatcher", "GET", "/drivers?q=driver", NULL);
  g_autoptr (TwTestReply) none = tw_test_as (fixture->server, "dispatcher", "GET", "/drivers?q=finance", NULL);
  g_autoptr (TwTestReply) refused = tw_test_as (fixture->server, "warehouse", "GET", "/drivers", NULL);

  tw_test_assert_status (found, 200);
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (found), "total"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (none), "total"), ==, 0);
  tw_test_assert_status (refused, 403);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  g_test_add_func ("/trip/plan-and-drive", test_plan_and_drive);
  g_test_add_func ("/trip/stop-not-ready", test_stop_not_ready);
  g_test_add_func ("/trip/drivers", test_drivers);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
