/* test-order-page.c: an order entered, reckoned, submitted and followed in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/check-panel.h"
#include "client/sales/order-closures.h"
#include "client/sales/order-list.h"
#include "client/sales/order-page.h"
#include "client/sales/shortage-choice.h"
#include "client/widget/action-bar.h"
#include "client/widget/filter-chip.h"
#include "client/widget/line-cell.h"
#include "client/widget/line-editor.h"
#include "shared/document/order-check.h"
#include "tests/client/sales-fixture.h"

static TwSalesFixture *fixture;

typedef struct
{
  GtkWidget *window;
  TwDesk *desk;
  TwDetailPage *page;
} Case;

static void
case_set_up (Case *c, gconstpointer data)
{
  tw_sales_fixture_sign_in (fixture, "sales");
  c->desk = TW_DESK (tw_desk_new (TW_TYPE_ORDER_LIST, TW_TYPE_ORDER_PAGE));
  c->page = tw_desk_get_detail (c->desk);
  c->window = tw_sales_fixture_show (c->desk);
}

static void
case_tear_down (Case *c, gconstpointer data)
{
  if (tw_detail_page_get_record (c->page) != NULL)
    tw_detail_page_discard (c->page);
  gtk_window_destroy (GTK_WINDOW (c->window));
  tw_sales_fixture_settle (fixture);
}

static TwOrder *
shown (Case *c)
{
  return (TwOrder *) tw_detail_page_get_record (c->page);
}

static TwLineEditor *
lines_of (Case *c)
{
  return TW_LINE_EDITOR (tw_sales_fixture_find_editor (c->desk, "lines"));
}

static TwOrderLine *
line_of (Case *c, guint n)
{
  return tw_record_nth (shown (c)->lines, n);
}

static TwOrder *
get_reckoned (Case *c)
{
  g_autoptr (TwOrder) reckoned = NULL;

  g_object_get (c->page, "reckoned", &reckoned, NULL);
  return reckoned; /* the page keeps it */
}

static gboolean
has_reckoned_total (Case *c, const char *total)
{
  TwOrder *reckoned = get_reckoned (c);
  g_autofree char *text = reckoned != NULL ? tw_decimal_format (reckoned->total, 2) : NULL;

  return g_strcmp0 (text, total) == 0;
}

static void
assert_decimal (TwDecimal value, const char *expected)
{
  g_autofree char *text = tw_decimal_format (value, 2);

  g_assert_cmpstr (text, ==, expected);
}

/* Begins an order of ALFKI with these lines: code, quantity, tab-separated. */
static void
begin_order (Case *c, const char *rows)
{
  tw_desk_open (c->desk, 0);
  tw_sales_fixture_type (c->desk, "customer", "ALFKI");
  g_assert_cmpuint (tw_line_editor_paste (lines_of (c), 0, "product", rows), ==, 0);
}

static void
open_order (Case *c, gint64 id)
{
  tw_desk_open (c->desk, id);
  tw_test_wait_for (shown (c) != NULL && TW_RECORD (shown (c))->id == id, 10);
}

static void
submit (Case *c)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "order.submit", NULL));
}

static gboolean
is_in_state (Case *c, const char *state)
{
  return shown (c) != NULL && g_strcmp0 (shown (c)->state, state) == 0;
}

/* ---- Reckoning ----------------------------------------------------------------------------------------------- */

static void
test_running_total (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12\nNW-2\t2");
  tw_test_wait_for (has_reckoned_total (c, "193.23"), 10); /* (120 + 51) × 1.13 */
  assert_decimal (line_of (c, 0)->price, "10.00");
  assert_decimal (line_of (c, 0)->net, "120.00");
  g_assert_cmpstr (line_of (c, 0)->product_name, ==, "Chai");
  assert_decimal (line_of (c, 1)->available, "1000.00");
  g_assert_cmpstr (shown (c)->ship_city, ==, "Berlin");
  g_assert_cmpstr (shown (c)->payment_term, ==, "NET30");
  g_assert_cmpint (TW_RECORD (shown (c))->id, ==, 0);
}

static void
set_quantity (Case *c, guint line, const char *quantity)
{
  tw_line_editor_paste (lines_of (c), line, "quantity", quantity);
}

/* From 100 on the list price is 9. */
static void
test_price_follows_list (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12");
  tw_test_wait_for (has_reckoned_total (c, "135.60"), 10);
  set_quantity (c, 0, "100");
  tw_test_wait_for (has_reckoned_total (c, "1017.00"), 10);
  assert_decimal (line_of (c, 0)->price, "9.00");
}

static void
test_own_price_stays (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12");
  tw_test_wait_for (has_reckoned_total (c, "135.60"), 10);
  tw_line_editor_paste (lines_of (c), 0, "price", "9.5");
  tw_test_wait_for (has_reckoned_total (c, "128.82"), 10);
  set_quantity (c, 0, "100");
  tw_test_wait_for (has_reckoned_total (c, "1073.50"), 10);
  assert_decimal (line_of (c, 0)->price, "9.50");
}

static void
assert_no_trouble (Case *c)
{
  g_autofree char *trouble = NULL;

  g_object_get (c->page, "trouble", &trouble, NULL);
  g_assert_cmpstr (trouble, ==, "");
}

static gboolean
is_product_faulty (Case *c, guint line)
{
  return tw_line_get_fault (TW_RECORD (line_of (c, line)), "product") != NULL;
}

/* A line that is not complete yet, or makes no sense, blocks neither typing nor saving what makes sense. */
static void
test_trouble_is_said (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12\nNONSENSE\t1");
  tw_test_wait_for (is_product_faulty (c, 1), 10);
  g_assert_false (is_product_faulty (c, 0));
  g_assert_true (tw_detail_page_is_editing (c->page));
  tw_line_editor_paste (lines_of (c), 1, "product", "NW-2");
  tw_test_wait_for (has_reckoned_total (c, "164.42"), 10);
  g_assert_false (is_product_faulty (c, 1));
  assert_no_trouble (c);
}

/* What was found before the line was written is no finding about the order with it. */
static void
test_only_the_cause_is_said (Case *c, gconstpointer data)
{
  tw_desk_open (c->desk, 0);
  tw_sales_fixture_type (c->desk, "customer", "ALFKI");
  tw_test_wait_for (tw_order_find_fault (get_reckoned (c), "lines") != NULL, 10);
  tw_line_editor_paste (lines_of (c), 0, "product", "NONSENSE\t1");
  tw_test_wait_for (is_product_faulty (c, 0), 10);
  g_assert_null (tw_order_find_fault (get_reckoned (c), "lines"));
  assert_no_trouble (c);
  g_assert_false (gtk_widget_get_visible (tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_CHECK_PANEL)));
}

/* ---- Shortage ------------------------------------------------------------------------------------------------ */

static GtkDropDown *
find_shortage (Case *c)
{
  GtkWidget *choice = tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_SHORTAGE_CHOICE);

  return GTK_DROP_DOWN (tw_sales_fixture_find (choice, GTK_TYPE_DROP_DOWN));
}

static gboolean
is_shortage_asked (Case *c)
{
  return gtk_widget_get_visible (tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_SHORTAGE_CHOICE));
}

/* 1000 are there of each. */
static void
test_shortage_asked (Case *c, gconstpointer data)
{
  begin_order (c, "NW-2\t2");
  tw_test_wait_for (has_reckoned_total (c, "57.63"), 10);
  g_assert_false (is_shortage_asked (c));
  set_quantity (c, 0, "1002");
  tw_test_wait_for (is_shortage_asked (c), 10);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (find_shortage (c))), ==, 3);
  set_quantity (c, 0, "3");
  tw_test_wait_for (!is_shortage_asked (c), 10);
}

/* One choice for all lines, for those that are written later too; the server keeps it. */
static void
test_shortage_chosen (Case *c, gconstpointer data)
{
  begin_order (c, "NW-2\t1002");
  tw_test_wait_for (is_shortage_asked (c), 10);
  gtk_drop_down_set_selected (find_shortage (c), 2);
  g_assert_cmpstr (line_of (c, 0)->shortage, ==, "reduce");
  tw_line_editor_paste (lines_of (c), 1, "product", "NW-1\t1");
  g_assert_cmpstr (line_of (c, 1)->shortage, ==, "reduce");
  tw_detail_page_save (c->page);
  tw_test_wait_for (!tw_detail_page_is_dirty (c->page) && TW_RECORD (shown (c))->id != 0, 10);
  g_assert_cmpstr (line_of (c, 0)->shortage, ==, "reduce");
  g_assert_cmpstr (line_of (c, 1)->shortage, ==, "reduce");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_shortage (c)), ==, 2);
}

/* Lines that came with different choices keep them until somebody chooses. */
static void
test_shortage_differs (Case *c, gconstpointer data)
{
  gint64 id = tw_test_enter (fixture->server, "sales",
                             "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"1\"},"
                             "{\"product\":\"NW-2\",\"quantity\":\"1\",\"shortage\":\"other_warehouse\"}]}");

  open_order (c, id);
  g_assert_true (is_shortage_asked (c));
  g_assert_cmpuint (gtk_drop_down_get_selected (find_shortage (c)), ==, 3);
  g_assert_false (tw_detail_page_is_dirty (c->page));
  gtk_drop_down_set_selected (find_shortage (c), 1);
  g_assert_cmpstr (line_of (c, 0)->shortage, ==, "other_warehouse");
  g_assert_true (tw_detail_page_is_dirty (c->page));
}

static void
test_signers_foreseen (Case *c, gconstpointer data)
{
  gboolean outlook;

  begin_order (c, "NW-3\t10");
  tw_test_wait_for (has_reckoned_total (c, "10900.00"), 10);
  g_assert_cmpuint (tw_record_count (get_reckoned (c)->approvals), ==, 2);
  g_object_get (c->page, "outlook", &outlook, NULL);
  g_assert_true (outlook);
  g_assert_true (gtk_widget_get_visible (tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_CHECK_PANEL)));
}

/* Another customer: what came with the first goes with them. */
static void
test_customer_changed (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12");
  tw_test_wait_for (has_reckoned_total (c, "135.60"), 10);
  g_assert_cmpstr (shown (c)->ship_name, ==, "Alfreds");
  tw_sales_fixture_type (c->desk, "customer", "NEWCO");
  tw_test_wait_for (g_strcmp0 (shown (c)->ship_name, "New Company") == 0, 10);
}

/* ---- Submitting ---------------------------------------------------------------------------------------------- */

static void
test_submit_at_once (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12");
  tw_sales_fixture_type (c->desk, "po_reference", "PAGE-1");
  submit (c);
  tw_test_wait_for (is_in_state (c, "released"), 20);
  g_assert_true (g_str_has_prefix (shown (c)->number, "SO-"));
  g_assert_false (tw_detail_page_is_editing (c->page));
  assert_decimal (shown (c)->total, "135.60");
}

static void
test_submit_for_approval (Case *c, gconstpointer data)
{
  begin_order (c, "NW-3\t10");
  submit (c);
  tw_test_wait_for (is_in_state (c, "pending_approval"), 20);
  g_assert_cmpuint (tw_record_count (shown (c)->approvals), ==, 2);
  tw_detail_page_run_action (c->page, "withdraw", NULL);
  tw_test_wait_for (is_in_state (c, "draft"), 20);
  g_assert_true (tw_detail_page_is_editing (c->page));
}

/* What blocks is shown, and everything typed is still there. */
static void
test_submit_blocked (Case *c, gconstpointer data)
{
  begin_order (c, "NW-1\t12");
  tw_test_wait_for (has_reckoned_total (c, "135.60"), 10);
  tw_sales_fixture_type (c->desk, "ship_city", "");
  tw_sales_fixture_type (c->desk, "ship_name", "Warehouse gate");
  submit (c);
  tw_test_wait_for (shown (c) != NULL && TW_RECORD (shown (c))->id != 0, 20);
  tw_sales_fixture_settle (fixture);
  g_assert_true (is_in_state (c, "draft"));
  g_assert_cmpstr (shown (c)->ship_name, ==, "Warehouse gate");
}

/* ---- A narrow page ------------------------------------------------------------------------------------------- */

static guint
count_buttons (GtkWidget *root, const char *label)
{
  guint n = 0;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return 1;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, label);
  return n;
}

static void
assert_step (Case *c, const char *label, gboolean in_header)
{
  GtkWidget *header = tw_sales_fixture_find (GTK_WIDGET (c->page), GTK_TYPE_HEADER_BAR);

  g_assert_cmpuint (count_buttons (header, label), ==, in_header ? 1 : 0);
  g_assert_cmpuint (count_buttons (GTK_WIDGET (c->page), label), ==, 1);
}

/* The next step leaves the header to the title, while something is typed and when it is stored. */
static void
test_step_at_foot (Case *c, gconstpointer data)
{
  begin_order (c, "NW-2\t2");
  assert_step (c, "Su_bmit", TRUE);
  tw_detail_page_set_folded (c->page, TRUE);
  assert_step (c, "Su_bmit", FALSE);
  tw_detail_page_save (c->page);
  tw_test_wait_for (!tw_detail_page_is_dirty (c->page), 10);
  assert_step (c, "Submit", FALSE);
  tw_detail_page_set_folded (c->page, FALSE);
  assert_step (c, "Submit", TRUE);
}

/* ---- Checks -------------------------------------------------------------------------------------------------- */

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

/* One of each line and one of the whole order, which comes last. */
static GListModel *
make_many_checks (void)
{
  GListStore *checks = g_list_store_new (tw_order_check_get_type ());

  for (gint64 line = 40; line >= 0; line--)
    {
      g_autoptr (TwRecord) item = g_object_new (tw_order_check_get_type (), NULL);
      TwOrderCheck *check = (TwOrderCheck *) item;

      check->check = tw_key_find (tw_check_keys, line > 0 ? "stock" : "credit");
      check->result = tw_key_find (tw_check_result_keys, "warn");
      check->line = line;
      check->detail = g_strdup_printf ("About %" G_GINT64_FORMAT, line);
      g_list_store_append (checks, item);
    }
  return G_LIST_MODEL (checks);
}

static void
test_many_checks (Case *c, gconstpointer data)
{
  g_autoptr (GListModel) checks = make_many_checks ();
  GtkWidget *panel = g_object_ref_sink (g_object_new (TW_TYPE_CHECK_PANEL, "checks", checks, NULL));
  GtkWidget *list = tw_sales_fixture_find (panel, GTK_TYPE_LIST_BOX);
  GtkWidget *more = gtk_widget_get_last_child (adw_bin_get_child (ADW_BIN (panel)));
  GtkWidget *detail = tw_sales_fixture_find (gtk_widget_get_first_child (list), GTK_TYPE_LABEL);

  g_assert_cmpuint (count_rows (list), ==, 12);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (detail)), ==, "About 0"); /* the whole order leads */
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (more)), ==, "29 more checks");
  g_signal_emit_by_name (more, "clicked");
  g_assert_cmpuint (count_rows (list), ==, 41);
  g_assert_false (gtk_widget_get_visible (more));
  g_object_unref (panel);
}

/* ---- Following ----------------------------------------------------------------------------------------------- */

static void
test_same_reference_warned (Case *c, gconstpointer data)
{
  TwOrder *reckoned;

  tw_test_enter (fixture->server, "sales",
                 "{\"customer\":\"ALFKI\",\"po_reference\":\"TWICE\",\"lines\":[{\"product\":\"NW-2\",\"quantity\":\"1\"}]}");
  begin_order (c, "NW-1\t12");
  tw_sales_fixture_type (c->desk, "po_reference", "TWICE");
  tw_test_wait_for (has_reckoned_total (c, "135.60"), 10);
  reckoned = get_reckoned (c);
  for (guint i = 0; i < tw_record_count (reckoned->checks); i++)
    {
      TwOrderCheck *check = tw_record_nth (reckoned->checks, i);

      if (g_str_equal (check->check, "duplicate"))
        g_assert_cmpstr (check->result, ==, "warn");
    }
}

static void
test_stored_order (Case *c, gconstpointer data)
{
  gint64 id = tw_test_enter (fixture->server, "sales",
                             "{\"customer\":\"ALFKI\",\"po_reference\":\"STORED\",\"lines\":"
                             "[{\"product\":\"NW-2\",\"quantity\":\"4\",\"price\":\"25\"}]}");

  open_order (c, id);
  g_assert_true (tw_detail_page_is_editing (c->page));
  tw_line_editor_paste (lines_of (c), 0, "quantity", "8");
  tw_test_wait_for (has_reckoned_total (c, "226.00"), 10);
  tw_detail_page_save (c->page);
  tw_test_wait_for (!tw_detail_page_is_dirty (c->page), 10);
  assert_decimal (shown (c)->total, "226.00");
  assert_decimal (line_of (c, 0)->price, "25.00");
}

/* A row has what its columns show and the page needs; the rest of an order is not asked for. */
static void
test_list_is_narrow (Case *c, gconstpointer data)
{
  TwRecordList *model = tw_list_page_get_model (tw_desk_get_list (c->desk));
  g_autoptr (TwOrder) order = NULL;

  tw_test_enter (fixture->server, "sales",
                 "{\"customer\":\"ALFKI\",\"po_reference\":\"NARROW\",\"lines\":[{\"product\":\"NW-2\",\"quantity\":\"1\"}]}");
  tw_record_list_set_search (model, "NARROW");
  tw_test_wait_for (tw_record_list_get_status (model) == TW_LIST_LOADING, 10);
  tw_test_wait_for (tw_record_list_get_status (model) == TW_LIST_READY, 10);
  order = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpint (TW_RECORD (order)->id, >, 0);
  g_assert_cmpint (TW_RECORD (order)->version, >, 0);
  g_assert_cmpstr (order->customer_name, ==, "Alfreds");
  g_assert_cmpstr (order->po_reference, ==, "NARROW");
  g_assert_cmpstr (order->state, ==, "draft");
  assert_decimal (order->total, "28.82");
  g_assert_null (order->ship_city);
  g_assert_null (order->payment_term);
}

static TwFilterChip *
find_chip (GtkWidget *root, const char *filter)
{
  TwFilterChip *found = NULL;

  if (TW_IS_FILTER_CHIP (root))
    return g_str_equal (tw_filter_chip_get_filter (TW_FILTER_CHIP (root)), filter) ? TW_FILTER_CHIP (root) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chip (child, filter);
  return found;
}

static void
test_chips (Case *c, gconstpointer data)
{
  TwRecordList *model = tw_list_page_get_model (tw_desk_get_list (c->desk));
  TwFilterChip *held = find_chip (GTK_WIDGET (c->desk), "hold.ne");
  TwFilterChip *draft = find_chip (GTK_WIDGET (c->desk), "state");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (held), TRUE);
  g_assert_cmpstr (tw_record_list_get_filter (model, "hold.ne"), ==, "null");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (draft), TRUE);
  g_assert_cmpstr (tw_record_list_get_filter (model, "state"), ==, "draft");
  tw_test_wait_for (tw_record_list_get_status (model) == TW_LIST_READY, 10);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (draft), FALSE);
  g_assert_null (tw_record_list_get_filter (model, "state"));
}

static void
add (const char *path, void (*test) (Case *c, gconstpointer data))
{
  g_test_add (path, Case, NULL, case_set_up, test, case_tear_down);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwSalesFixture) made = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = made = tw_sales_fixture_new ();
  add ("/order-page/reckon/running-total", test_running_total);
  add ("/order-page/reckon/price-follows-list", test_price_follows_list);
  add ("/order-page/reckon/own-price-stays", test_own_price_stays);
  add ("/order-page/reckon/trouble-is-said", test_trouble_is_said);
  add ("/order-page/reckon/only-the-cause", test_only_the_cause_is_said);
  add ("/order-page/shortage/asked", test_shortage_asked);
  add ("/order-page/shortage/chosen", test_shortage_chosen);
  add ("/order-page/shortage/differs", test_shortage_differs);
  add ("/order-page/narrow/step-at-foot", test_step_at_foot);
  add ("/order-page/reckon/signers-foreseen", test_signers_foreseen);
  add ("/order-page/reckon/customer-changed", test_customer_changed);
  add ("/order-page/submit/at-once", test_submit_at_once);
  add ("/order-page/submit/for-approval", test_submit_for_approval);
  add ("/order-page/submit/blocked", test_submit_blocked);
  add ("/order-page/many-checks", test_many_checks);
  add ("/order-page/same-reference-warned", test_same_reference_warned);
  add ("/order-page/stored-order", test_stored_order);
  add ("/order-page/list-is-narrow", test_list_is_narrow);
  add ("/order-page/chips", test_chips);
  status = g_test_run ();
  return status;
}
