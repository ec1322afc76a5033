/* test-invoice-page.c: what was delivered is invoiced, posted, printed and credited in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/collective-dialog.h"
#include "client/finance/credit-dialog.h"
#include "client/finance/finance-pages.h"
#include "client/widget/document-file.h"
#include "client/widget/table.h"
#include "shared/document/invoice.h"
#include "shared/document/order.h"
#include "tests/client/goods-fixture.h"

#define SECONDS 20

static TwGoodsFixture *fixture;

static void
call (const char *user, const char *path, const char *body, guint status)
{
  g_autoptr (TwTestReply) reply = tw_test_as (fixture->server, user, "POST", path, body);

  tw_test_assert_status (reply, status);
}

static gint64
read_order (gint64 shipment)
{
  g_autofree char *path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT, shipment);
  g_autofree char *order = tw_goods_fixture_read (fixture, path, "order_id");

  return g_ascii_strtoll (order, NULL, 10);
}

/* An order of 114.13 whose goods are with the customer; its id. */
static gint64
add_delivered (void)
{
  gint64 shipment = tw_goods_fixture_add_shipment (fixture, "in_transit");
  g_autofree char *deliver = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT "/actions/deliver", shipment);

  call ("dispatcher", deliver, "{\"receiver\":\"Maria\"}", 200);
  return read_order (shipment);
}

static gint64
add_invoice (gboolean posted)
{
  g_autofree char *order_path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, add_delivered ());
  g_autofree char *number = tw_goods_fixture_read (fixture, order_path, "number");
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
  g_autoptr (TwTestReply) reply = tw_test_as (fixture->server, "finance", "POST", "/invoices", body);
  gint64 id;

  tw_test_assert_status (reply, 201);
  id = tw_test_reply_id (reply);
  if (posted)
    {
      g_autofree char *path = g_strdup_printf ("/invoices/%" G_GINT64_FORMAT "/actions/post", id);

      call ("finance", path, "{}", 200);
    }
  return id;
}

static TwDesk *
open_invoice (gint64 id)
{
  TwDesk *desk;

  tw_goods_fixture_become (fixture, "finance");
  desk = tw_goods_desk_show (tw_invoice_list_get_type (), tw_invoice_page_get_type ());
  tw_goods_desk_open (desk, id);
  return desk;
}

static TwInvoice *
shown (TwDesk *desk)
{
  return (TwInvoice *) tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static void
assert_amount (TwDecimal amount, const char *expected)
{
  g_autofree char *text = tw_decimal_format (amount, 2);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- Making -------------------------------------------------------------------------------------------------- */

static void
test_make_of_order (void)
{
  gint64 order = add_delivered ();
  g_autofree char *path = g_strdup_printf ("/invoices?order_id=%" G_GINT64_FORMAT, order);
  g_autofree char *total = NULL;
  TwDesk *desk;
  GtkWidget *button;

  tw_goods_fixture_become (fixture, "finance");
  desk = tw_goods_desk_show (tw_to_invoice_list_get_type (), tw_to_invoice_page_get_type ());
  tw_goods_desk_open (desk, order);
  button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (tw_desk_get_detail (desk)),
                                                      tw_to_invoice_page_get_type (), "invoice_button"));
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
  tw_goods_settle ();
  {
    g_autoptr (TwTestReply) reply = tw_test_as (fixture->server, "finance", "GET", path, NULL);

    tw_test_assert_status (reply, 200);
    total = tw_test_reply_get (reply, "total");
  }
  g_assert_cmpstr (total, ==, "1");
  tw_goods_desk_close (desk);
}

static gboolean
has_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return gtk_widget_get_mapped (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_button (child, label))
      return TRUE;
  return FALSE;
}

/* Beside the button that invoices, holding the order has none: it is in the menu. */
static void
test_one_step (void)
{
  gint64 order = read_order (tw_goods_fixture_add_shipment (fixture, "released"));
  TwDesk *desk;
  GtkWidget *page;

  tw_goods_fixture_become (fixture, "finance");
  desk = tw_goods_desk_show (tw_to_invoice_list_get_type (), tw_to_invoice_page_get_type ());
  tw_goods_desk_open (desk, order);
  page = GTK_WIDGET (tw_desk_get_detail (desk));
  g_assert_true (has_button (page, "Make _invoice"));
  g_assert_false (has_button (page, "Hold"));
  tw_goods_desk_close (desk);
}

static void
test_collective_needs_customer (void)
{
  TwCollectiveDialog *dialog;

  tw_goods_fixture_become (fixture, "finance");
  dialog = tw_collective_dialog_new (NULL, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  tw_collective_dialog_create (dialog);
  {
    g_autofree char *fault = tw_goods_get_fault (GTK_WIDGET (dialog), "customer");

    g_assert_cmpstr (fault, ==, "Please choose a customer.");
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
  tw_goods_settle ();
}

static void
created_cb (TwCollectiveDialog *dialog, TwInvoice *invoice, gpointer user_data)
{
  *(gint64 *) user_data = TW_RECORD (invoice)->id;
}

static void
test_collective (void)
{
  TwCollectiveDialog *dialog;
  gint64 id = 0;

  add_delivered ();
  add_delivered ();
  tw_goods_fixture_become (fixture, "finance");
  dialog = tw_collective_dialog_new (NULL, "ALFKI");
  g_signal_connect (dialog, "created", G_CALLBACK (created_cb), &id);
  gtk_window_present (GTK_WINDOW (dialog));
  tw_collective_dialog_create (dialog);
  tw_test_wait_for (id != 0, SECONDS);
  tw_goods_settle ();
  {
    TwDesk *desk = open_invoice (id);

    g_assert_null (shown (desk)->order);
    g_assert_cmpuint (tw_record_count (shown (desk)->lines), >=, 4);
    tw_goods_desk_close (desk);
  }
}

/* ---- Posting ------------------------------------------------------------------------------------------------- */

static void
test_post (void)
{
  TwDesk *desk = open_invoice (add_invoice (FALSE));

  g_assert_true (tw_detail_page_is_editing (tw_desk_get_detail (desk)));
  g_assert_null (shown (desk)->number);
  assert_amount (shown (desk)->total, "114.13");
  tw_goods_desk_act (desk, "post");
  tw_test_wait_for (g_strcmp0 (shown (desk)->state, "posted") == 0, SECONDS);
  g_assert_nonnull (shown (desk)->number);
  g_assert_cmpuint (tw_record_count (shown (desk)->receivables), >=, 1);
  g_assert_false (tw_detail_page_is_editing (tw_desk_get_detail (desk)));
  tw_goods_desk_close (desk);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_pdf (void)
{
  g_autofree char *path = g_strdup_printf ("/invoices/%" G_GINT64_FORMAT "/pdf?language=zh_CN", add_invoice (TRUE));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *text = NULL;

  tw_goods_fixture_become (fixture, "finance");
  tw_document_file_fetch_async (path, "invoice.pdf", NULL, fetched_cb, &result);
  tw_test_wait_for (result != NULL, SECONDS);
  file = tw_document_file_fetch_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  folder = g_file_get_parent (file);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* ---- Crediting ----------------------------------------------------------------------------------------------- */

static void
test_credit_needs_reason (void)
{
  TwDesk *desk = open_invoice (add_invoice (TRUE));
  TwActionDialog *dialog;

  tw_goods_desk_act (desk, "credit");
  dialog = tw_goods_get_dialog ();
  tw_action_dialog_carry_out (dialog);
  {
    g_autofree char *fault = tw_goods_get_fault (GTK_WIDGET (dialog), "reason");

    g_assert_cmpstr (fault, !=, "");
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
  assert_amount (shown (desk)->credited, "0.00");
  tw_goods_desk_close (desk);
}

static void
test_credit_part (void)
{
  gint64 id = add_invoice (TRUE);
  TwDesk *desk = open_invoice (id);
  TwActionDialog *dialog;
  TwCreditChoice *choice;

  tw_goods_desk_act (desk, "credit");
  dialog = tw_goods_get_dialog ();
  tw_goods_type (GTK_WIDGET (dialog), "reason", "One was broken");
  tw_credit_dialog_choose_part (TW_CREDIT_DIALOG (dialog));
  choice = tw_record_nth (tw_credit_dialog_get_sheet (TW_CREDIT_DIALOG (dialog))->lines, 0);
  g_assert_cmpstr (choice->product, ==, "NW-1");
  choice->quantity = tw_decimal_from_int (99);
  tw_action_dialog_carry_out (dialog);
  tw_goods_settle ();
  g_assert_true (tw_goods_has_dialog ()); /* more than was invoiced: refused, and all is still there */
  choice->quantity = tw_decimal_from_int (1);
  tw_goods_finish_dialog (dialog);
  {
    g_autoptr (TwTestReply) reply
      = tw_test_as (fixture->server, "finance", "GET", "/invoices?kind=credit_note&sort=-id", NULL);
    JsonArray *items;

    tw_test_assert_status (reply, 200);
    items = json_object_get_array_member (tw_test_reply_object (reply), "items");
    g_assert_cmpuint (json_array_get_length (items), >=, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 0), "total"), ==, "11.30");
    g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (items, 0), "reverses_id"), ==, id);
  }
  tw_goods_desk_close (desk);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  g_test_add_func ("/finance/invoice/make-of-order", test_make_of_order);
  g_test_add_func ("/finance/invoice/one-step", test_one_step);
  g_test_add_func ("/finance/invoice/collective-needs-customer", test_collective_needs_customer);
  g_test_add_func ("/finance/invoice/collective", test_collective);
  g_test_add_func ("/finance/invoice/post", test_post);
  g_test_add_func ("/finance/invoice/pdf", test_pdf);
  g_test_add_func ("/finance/invoice/credit-needs-reason", test_credit_needs_reason);
  g_test_add_func ("/finance/invoice/credit-part", test_credit_part);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
