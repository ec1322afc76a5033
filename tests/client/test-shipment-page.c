/* test-shipment-page.c: a shipment picked, packed, handed over and delivered by hand, against the real server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/exception-list.h"
#include "client/delivery/exception-page.h"
#include "client/delivery/shipment-list.h"
#include "client/delivery/shipment-page.h"
#include "client/warehouse/parcel-row.h"
#include "client/warehouse/picking-list.h"
#include "client/widget/form-row.h"
#include "client/widget/line-editor.h"
#include "client/widget/scan-entry.h"
#include "client/widget/time-entry.h"
#include "shared/document/shipment.h"
#include "tests/client/goods-fixture.h"

static TwGoodsFixture *fixture;

static TwDesk *
show (const char *user, gint64 id)
{
  TwDesk *desk;

  tw_goods_fixture_become (fixture, user);
  desk = tw_goods_desk_show (g_str_equal (user, "warehouse") ? TW_TYPE_PICKING_LIST : TW_TYPE_SHIPMENT_LIST,
                             TW_TYPE_SHIPMENT_PAGE);
  tw_goods_desk_open (desk, id);
  return desk;
}

static TwShipment *
record_of (TwDesk *desk)
{
  return (TwShipment *) tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static void
wait_for_state (TwDesk *desk, const char *state)
{
  tw_test_wait_for (g_strcmp0 (record_of (desk)->state, state) == 0, 20);
}

static void
assert_quantity (TwDecimal value, const char *expected)
{
  g_autofree char *text = tw_decimal_format (value, 0);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- In the warehouse ---------------------------------------------------------------------------------------- */

static void
test_pick_and_pack_everything (void)
{
  TwDesk *desk = show ("warehouse", tw_goods_fixture_add_shipment (fixture, "released"));
  TwParcel *parcel;

  tw_goods_desk_act (desk, "start_picking");
  wait_for_state (desk, "picking");
  tw_goods_settle ();
  tw_goods_desk_act (desk, "pick");
  tw_goods_finish_dialog (tw_goods_get_dialog ());
  wait_for_state (desk, "picked");
  assert_quantity (((TwShipmentLine *) tw_record_nth (record_of (desk)->lines, 0))->picked, "5");
  tw_goods_desk_act (desk, "pack");
  tw_goods_type (GTK_WIDGET (tw_goods_get_dialog ()), "weight", "3.5");
  tw_goods_finish_dialog (tw_goods_get_dialog ());
  wait_for_state (desk, "packed");
  g_assert_cmpuint (tw_record_count (record_of (desk)->parcels), ==, 1);
  parcel = tw_record_nth (record_of (desk)->parcels, 0);
  assert_quantity (parcel->weight, "3.5");
  g_assert_cmpuint (strlen (parcel->sscc), ==, 18);
  tw_goods_desk_act (desk, "ready");
  wait_for_state (desk, "ready");
  tw_goods_desk_close (desk);
}

/* Ctrl+Enter is the highlighted button: it saves what was typed, then takes the next step. */
static void
test_proceed (void)
{
  TwDesk *desk = show ("warehouse", tw_goods_fixture_add_shipment (fixture, "released"));

  tw_goods_type (GTK_WIDGET (desk), "tracking_number", "1Z-4711");
  gtk_widget_activate_action (GTK_WIDGET (desk), "page.proceed", NULL);
  tw_goods_settle ();
  g_assert_false (tw_detail_page_is_dirty (tw_desk_get_detail (desk)));
  g_assert_cmpstr (record_of (desk)->state, ==, "released");
  gtk_widget_activate_action (GTK_WIDGET (desk), "page.proceed", NULL);
  wait_for_state (desk, "picking");
  tw_goods_settle ();
  gtk_widget_activate_action (GTK_WIDGET (desk), "page.proceed", NULL);
  tw_goods_finish_dialog (tw_goods_get_dialog ());
  wait_for_state (desk, "picked");
  tw_goods_desk_close (desk);
}

static TwShipmentLine *
sheet_line (TwActionDialog *dialog, guint n)
{
  TwLineEditor *lines = tw_goods_find (GTK_WIDGET (dialog), TW_TYPE_LINE_EDITOR, "lines");
  g_autoptr (TwShipmentLine) line = g_list_model_get_item (tw_line_editor_get_lines (lines), n);

  return line; /* kept by the sheet */
}

/* Three scans of a product that five are wanted of: a short pick, which has to say why. */
static void
test_short_pick (void)
{
  TwDesk *desk = show ("warehouse", tw_goods_fixture_add_shipment (fixture, "picking"));
  TwActionDialog *dialog;
  TwScanEntry *entry;
  g_autofree char *fault = NULL;

  tw_goods_desk_act (desk, "pick");
  dialog = tw_goods_get_dialog ();
  entry = tw_goods_find (GTK_WIDGET (dialog), TW_TYPE_SCAN_ENTRY, NULL);
  for (guint i = 0; i < 3; i++)
    tw_scan_entry_scan (entry, "6900000000001");
  tw_scan_entry_scan (entry, "6900000000003");
  assert_quantity (sheet_line (dialog, 0)->picked, "3");
  assert_quantity (sheet_line (dialog, 1)->picked, "2");
  tw_action_dialog_carry_out (dialog);
  fault = tw_goods_get_fault (GTK_WIDGET (dialog), "reason");
  g_assert_cmpstr (fault, !=, "");
  g_assert_true (tw_goods_has_dialog ());
  tw_goods_type (GTK_WIDGET (dialog), "reason", "shelf empty");
  tw_goods_finish_dialog (dialog);
  wait_for_state (desk, "picked");
  assert_quantity (((TwShipmentLine *) tw_record_nth (record_of (desk)->lines, 0))->picked, "3");
  g_assert_cmpuint (tw_record_count (record_of (desk)->exceptions), ==, 1);
  tw_goods_desk_close (desk);
}

/* What is put into the first parcel is taken out of the second. */
static void
test_two_parcels (void)
{
  TwDesk *desk = show ("warehouse", tw_goods_fixture_add_shipment (fixture, "picked"));
  TwActionDialog *dialog;
  GtkWidget *row;
  TwLineEditor *contents;
  TwParcel *second;

  tw_goods_desk_act (desk, "pack");
  dialog = tw_goods_get_dialog ();
  row = tw_goods_find (GTK_WIDGET (dialog), TW_TYPE_PARCEL_ROW, NULL);
  /* The button for another parcel stands below the parcels. */
  g_signal_emit_by_name (gtk_widget_get_next_sibling (gtk_widget_get_parent (row)), "clicked");
  contents = tw_goods_find (row, TW_TYPE_LINE_EDITOR, "lines");
  tw_line_editor_paste (contents, 0, "quantity", "4");
  tw_goods_finish_dialog (dialog);
  wait_for_state (desk, "packed");
  g_assert_cmpuint (tw_record_count (record_of (desk)->parcels), ==, 2);
  second = tw_record_nth (record_of (desk)->parcels, 1);
  g_assert_cmpuint (tw_record_count (second->lines), ==, 1);
  assert_quantity (((TwParcelLine *) tw_record_nth (second->lines, 0))->quantity, "1");
  tw_goods_desk_close (desk);
}

/* ---- On the way ---------------------------------------------------------------------------------------------- */

static void
test_hand_over (void)
{
  TwDesk *desk = show ("dispatcher", tw_goods_fixture_add_shipment (fixture, "ready"));
  TwActionDialog *dialog;
  g_autofree char *fault = NULL;

  tw_goods_desk_act (desk, "dispatch");
  dialog = tw_goods_get_dialog ();
  tw_goods_type (GTK_WIDGET (dialog), "carrier", "PIGEON");
  tw_goods_type (GTK_WIDGET (dialog), "tracking_number", "T 4711");
  tw_action_dialog_carry_out (dialog);
  tw_goods_settle ();
  fault = tw_goods_get_fault (GTK_WIDGET (dialog), "carrier");
  g_assert_cmpstr (fault, !=, "");
  g_assert_cmpstr (((TwDispatchArguments *) tw_action_dialog_get_arguments (dialog))->tracking_number, ==, "T 4711");
  tw_goods_type (GTK_WIDGET (dialog), "carrier", "SPEEDY");
  tw_goods_finish_dialog (dialog);
  wait_for_state (desk, "dispatched");
  g_assert_cmpstr (record_of (desk)->carrier, ==, "SPEEDY");
  g_assert_cmpstr (record_of (desk)->tracking_number, ==, "T 4711");
  tw_goods_desk_close (desk);
}

static void
test_carrier_on_the_page (void)
{
  TwDesk *desk = show ("dispatcher", tw_goods_fixture_add_shipment (fixture, "released"));

  tw_goods_type (GTK_WIDGET (tw_desk_get_detail (desk)), "carrier", "SPEEDY");
  tw_goods_type (GTK_WIDGET (tw_desk_get_detail (desk)), "tracking_number", "T 1");
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_test_wait_for (!tw_detail_page_is_dirty (tw_desk_get_detail (desk)), 20);
  g_assert_cmpstr (record_of (desk)->carrier, ==, "SPEEDY");
  tw_goods_desk_close (desk);
}

static void
test_deliver (void)
{
  TwDesk *desk = show ("dispatcher", tw_goods_fixture_add_shipment (fixture, "in_transit"));
  TwActionDialog *dialog;
  TwTimeEntry *time;
  g_autofree char *fault = NULL;

  tw_goods_desk_act (desk, "deliver");
  dialog = tw_goods_get_dialog ();
  tw_action_dialog_carry_out (dialog);
  tw_goods_settle ();
  fault = tw_goods_get_fault (GTK_WIDGET (dialog), "receiver");
  g_assert_cmpstr (fault, !=, "");
  tw_goods_type (GTK_WIDGET (dialog), "receiver", "Ms Anders");
  tw_goods_type (GTK_WIDGET (dialog), "proof_note", "at the gate");
  time = tw_goods_find (GTK_WIDGET (dialog), TW_TYPE_TIME_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (time), "2999-01-01 10:00");
  tw_action_dialog_carry_out (dialog);
  tw_goods_settle ();
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (time), "error"));
  gtk_editable_set_text (GTK_EDITABLE (time), "soon");
  tw_action_dialog_carry_out (dialog);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (time), "error"));
  gtk_editable_set_text (GTK_EDITABLE (time), "");
  tw_goods_finish_dialog (dialog);
  wait_for_state (desk, "delivered");
  g_assert_cmpstr (record_of (desk)->receiver, ==, "Ms Anders");
  g_assert_cmpstr (record_of (desk)->proof_note, ==, "at the gate");
  tw_goods_desk_close (desk);
}

/* By keyboard: the cursor is in the receiver's entry, Enter delivers; a chosen carrier goes on to the next field. */
static void
test_enter (void)
{
  TwDesk *desk = show ("dispatcher", tw_goods_fixture_add_shipment (fixture, "ready"));
  GtkWidget *dialog, *entry;

  tw_goods_desk_act (desk, "dispatch");
  dialog = GTK_WIDGET (tw_goods_get_dialog ());
  entry = tw_form_row_get_entry (tw_goods_find (dialog, TW_TYPE_FORM_ROW, "carrier"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "SPEEDY");
  g_signal_emit_by_name (entry, "activate");
  tw_goods_settle ();
  g_assert_true (tw_goods_has_dialog ());
  g_signal_emit_by_name (tw_form_row_get_entry (tw_goods_find (dialog, TW_TYPE_FORM_ROW, "tracking_number")),
                         "activate");
  tw_test_wait_for (!tw_goods_has_dialog (), 20);
  wait_for_state (desk, "dispatched");
  tw_goods_settle ();

  tw_goods_desk_act (desk, "deliver");
  dialog = GTK_WIDGET (tw_goods_get_dialog ());
  entry = tw_form_row_get_entry (tw_goods_find (dialog, TW_TYPE_FORM_ROW, "receiver"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "Ms Anders");
  g_signal_emit_by_name (entry, "activate");
  tw_test_wait_for (!tw_goods_has_dialog (), 20);
  wait_for_state (desk, "delivered");
  tw_goods_desk_close (desk);
}

static void
test_problem_and_solution (void)
{
  gint64 id = tw_goods_fixture_add_shipment (fixture, "in_transit");
  TwDesk *desk = show ("dispatcher", id);
  TwDesk *problems;
  TwShipmentException *problem;
  GtkWidget *kinds;
  gint64 problem_id;

  tw_goods_desk_act (desk, "report_exception");
  /* What cannot go wrong on the way (a short pick, a failed inspection) is not offered; the first is no choice. */
  kinds = tw_form_row_get_entry (tw_goods_find (GTK_WIDGET (tw_goods_get_dialog ()), TW_TYPE_FORM_ROW, "kind"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (kinds))), ==, 7);
  tw_goods_type (GTK_WIDGET (tw_goods_get_dialog ()), "kind", "Nobody there");
  tw_goods_type (GTK_WIDGET (tw_goods_get_dialog ()), "detail", "The gate was closed.");
  tw_goods_finish_dialog (tw_goods_get_dialog ());
  tw_test_wait_for (tw_record_count (record_of (desk)->exceptions) == 1, 20);
  problem = tw_record_nth (record_of (desk)->exceptions, 0);
  g_assert_cmpstr (problem->kind, ==, "attempt_failed");
  problem_id = TW_RECORD (problem)->id;
  tw_goods_desk_close (desk);

  problems = tw_goods_desk_show (TW_TYPE_EXCEPTION_LIST, TW_TYPE_EXCEPTION_PAGE);
  tw_goods_desk_open (problems, problem_id);
  tw_goods_desk_act (problems, "resolve");
  tw_goods_type (GTK_WIDGET (tw_goods_get_dialog ()), "resolution", "Accept as it is");
  tw_goods_finish_dialog (tw_goods_get_dialog ());
  problem = (TwShipmentException *) record_of (problems);
  tw_test_wait_for ((problem = (TwShipmentException *) record_of (problems), g_str_equal (problem->state, "resolved")),
                    20);
  g_assert_cmpstr (problem->resolution, ==, "accept");
  tw_goods_desk_close (problems);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  g_test_add_func ("/shipment/pick-and-pack-everything", test_pick_and_pack_everything);
  g_test_add_func ("/shipment/next-step-by-key", test_proceed);
  g_test_add_func ("/shipment/short-pick-by-scanner", test_short_pick);
  g_test_add_func ("/shipment/two-parcels", test_two_parcels);
  g_test_add_func ("/shipment/hand-over", test_hand_over);
  g_test_add_func ("/shipment/carrier-on-the-page", test_carrier_on_the_page);
  g_test_add_func ("/shipment/deliver", test_deliver);
  g_test_add_func ("/shipment/enter-carries-out", test_enter);
  g_test_add_func ("/shipment/problem-and-solution", test_problem_and_solution);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
