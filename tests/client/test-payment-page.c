/* test-payment-page.c: money is entered, received and allocated in the window, and stands on the statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/allocate-dialog.h"
#include "client/finance/finance-pages.h"
#include "client/finance/statement-page.h"
#include "shared/document/payment.h"
#include "tests/client/goods-fixture.h"

#define SECONDS 20

static TwGoodsFixture *fixture;

static TwTestReply *
call (const char *user, const char *path, const char *body, guint status)
{
  TwTestReply *reply = tw_test_as (fixture->server, user, body != NULL ? "POST" : "GET", path, body);

  tw_test_assert_status (reply, status);
  return reply;
}

static void
act (const char *user, const char *kind, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT "/actions/%s", kind, id, action);
  g_autoptr (TwTestReply) reply = call (user, path, body, 200);
}

/* A posted invoice of 114.13 for ALFKI. */
static gint64
add_invoice (void)
{
  gint64 shipment = tw_goods_fixture_add_shipment (fixture, "in_transit");
  g_autofree char *path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT, shipment);
  g_autofree char *order_id = tw_goods_fixture_read (fixture, path, "order_id");
  g_autofree char *order_path = g_strconcat ("/orders/", order_id, NULL);
  g_autofree char *number = tw_goods_fixture_read (fixture, order_path, "number");
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
  g_autoptr (TwTestReply) made = NULL;
  gint64 id;

  act ("dispatcher", "shipments", shipment, "deliver", "{\"receiver\":\"Maria\"}");
  made = call ("finance", "/invoices", body, 201);
  id = tw_test_reply_id (made);
  act ("finance", "invoices", id, "post", "{}");
  return id;
}

static TwDesk *
show_payments (void)
{
  tw_goods_fixture_become (fixture, "finance");
  return tw_goods_desk_show (tw_payment_list_get_type (), tw_payment_page_get_type ());
}

static TwPayment *
shown (TwDesk *desk)
{
  return (TwPayment *) tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static gboolean
is_in_state (TwDesk *desk, const char *state)
{
  return shown (desk) != NULL && g_strcmp0 (shown (desk)->state, state) == 0;
}

static void
assert_amount (TwDecimal amount, const char *expected)
{
  g_autofree char *text = tw_decimal_format (amount, 2);

  g_assert_cmpstr (text, ==, expected);
}

/* A payment of ALFKI typed, saved and received. */
static void
enter (TwDesk *desk, const char *amount)
{
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));

  tw_desk_open (desk, 0);
  tw_goods_type (page, "customer", "ALFKI");
  tw_goods_type (page, "amount", amount);
  tw_goods_type (page, "reference", "BANK-1");
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_test_wait_for (is_in_state (desk, "recorded"), SECONDS);
  tw_goods_settle ();
  tw_goods_desk_act (desk, "receive");
  tw_test_wait_for (is_in_state (desk, "received"), SECONDS);
  tw_goods_settle ();
}

static TwAllocateDialog *
ask_allocate (TwDesk *desk)
{
  TwAllocateDialog *dialog;

  tw_goods_desk_act (desk, "allocate");
  dialog = TW_ALLOCATE_DIALOG (tw_goods_get_dialog ());
  tw_test_wait_for (tw_allocate_dialog_is_loaded (dialog), SECONDS);
  return dialog;
}

static TwAllocationChoice *
choice_of (TwAllocateDialog *dialog, guint n)
{
  return tw_record_nth (tw_allocate_dialog_get_sheet (dialog)->lines, n);
}

/* ---- Tests --------------------------------------------------------------------------------------------------- */

static void
test_amount_is_typed (void)
{
  TwDesk *desk = show_payments ();
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));

  tw_desk_open (desk, 0);
  tw_goods_type (page, "customer", "ALFKI");
  tw_goods_type (page, "amount", "0");
  tw_goods_type (page, "reference", "kept");
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_goods_settle ();
  {
    g_autofree char *fault = tw_goods_get_fault (page, "amount");

    g_assert_cmpstr (fault, !=, "");
  }
  g_assert_cmpint (TW_RECORD (shown (desk))->id, ==, 0);
  g_assert_cmpstr (shown (desk)->reference, ==, "kept");
  tw_detail_page_discard (tw_desk_get_detail (desk));
  tw_goods_desk_close (desk);
}

/* The oldest due first, the rest stays on account. */
static void
test_allocate (void)
{
  TwDesk *desk;
  TwAllocateDialog *dialog;

  add_invoice ();
  add_invoice ();
  desk = show_payments ();
  enter (desk, "150");
  dialog = ask_allocate (desk);
  g_assert_cmpuint (tw_record_count (tw_allocate_dialog_get_sheet (dialog)->lines), ==, 2);
  assert_amount (choice_of (dialog, 0)->amount, "114.13");
  assert_amount (choice_of (dialog, 1)->amount, "35.87");
  assert_amount (tw_allocate_dialog_get_rest (dialog), "0.00");
  choice_of (dialog, 1)->amount = tw_decimal_from_int (20);
  assert_amount (tw_allocate_dialog_get_rest (dialog), "15.87");
  tw_goods_finish_dialog (TW_ACTION_DIALOG (dialog));
  tw_test_wait_for (tw_decimal_sign (shown (desk)->allocated) > 0, SECONDS);
  assert_amount (shown (desk)->allocated, "134.13");
  assert_amount (shown (desk)->unallocated, "15.87");
  g_assert_cmpuint (tw_record_count (shown (desk)->allocations), ==, 2);
  tw_goods_desk_close (desk);
}

/* More than an invoice is open for is refused, and everything typed is still there. */
static void
test_allocate_too_much (void)
{
  TwDesk *desk = show_payments ();
  TwAllocateDialog *dialog;

  enter (desk, "500");
  dialog = ask_allocate (desk);
  g_assert_cmpuint (tw_record_count (tw_allocate_dialog_get_sheet (dialog)->lines), ==, 1);
  assert_amount (choice_of (dialog, 0)->open_amount, "94.13");
  choice_of (dialog, 0)->amount = tw_decimal_from_int (400);
  tw_action_dialog_carry_out (TW_ACTION_DIALOG (dialog));
  tw_goods_settle ();
  g_assert_true (tw_goods_has_dialog ());
  assert_amount (choice_of (dialog, 0)->amount, "400.00");
  gtk_window_destroy (GTK_WINDOW (dialog));
  tw_detail_page_reload (tw_desk_get_detail (desk));
  tw_goods_settle ();
  assert_amount (shown (desk)->allocated, "0.00");
  tw_goods_desk_close (desk);
}

static void
test_statement (void)
{
  g_autoptr (TwTestReply) reply = call ("finance", "/customers?code=ALFKI", NULL, 200);
  JsonArray *items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  gint64 id = json_object_get_int_member (json_array_get_object_element (items, 0), "id");
  GtkWidget *window = adw_window_new ();
  TwStatementPage *page;
  TwStatementOfAccount *statement;

  tw_goods_fixture_become (fixture, "finance");
  page = g_object_new (TW_TYPE_STATEMENT_PAGE, NULL);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  tw_statement_page_ask (page, id, "ALFKI", "Alfreds", TW_DATE_NONE, TW_DATE_NONE);
  tw_test_wait_for (tw_statement_page_get_statement (page) != NULL, SECONDS);
  statement = tw_statement_page_get_statement (page);
  g_assert_cmpstr (statement->customer, ==, "ALFKI");
  g_assert_cmpuint (tw_record_count (statement->lines), >=, 4);
  assert_amount (((TwStatementLine *) tw_record_nth (statement->lines, 0))->debit, "114.13");
  gtk_window_destroy (GTK_WINDOW (window));
  tw_goods_settle ();
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  g_test_add_func ("/finance/payment/amount-is-typed", test_amount_is_typed);
  g_test_add_func ("/finance/payment/allocate", test_allocate);
  g_test_add_func ("/finance/payment/allocate-too-much", test_allocate_too_much);
  g_test_add_func ("/finance/statement/period", test_statement);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
