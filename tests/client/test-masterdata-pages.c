/* test-masterdata-pages.c: customers, products, users and settings in the window, against the real server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include <glib/gstdio.h>

#include "client/admin/admin-pages.h"
#include "client/admin/roles-editor.h"
#include "client/admin/settings-page.h"
#include "client/masterdata/masterdata-pages.h"
#include "client/widget/form-row.h"
#include "client/widget/import-dialog.h"
#include "client/widget/line-editor.h"
#include "shared/document/customer.h"
#include "shared/document/product.h"
#include "shared/document/user.h"
#include "tests/client/goods-fixture.h"
#include "tests/fixture/workbook.h"

#define SECONDS 20

static TwGoodsFixture *fixture;

static gint64
find_id (const char *user, const char *path)
{
  g_autoptr (TwTestReply) reply = tw_test_as (fixture->server, user, "GET", path, NULL);
  JsonArray *items;

  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  return json_array_get_length (items) == 1
           ? json_object_get_int_member (json_array_get_object_element (items, 0), "id")
           : 0;
}

static TwDesk *
show (const char *user, GType list, GType detail)
{
  tw_goods_fixture_become (fixture, user);
  return tw_goods_desk_show (list, detail);
}

static void
save (TwDesk *desk)
{
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_goods_settle ();
}

/* ---- Customers ----------------------------------------------------------------------------------------------- */

static TwCustomer *
customer_of (TwDesk *desk)
{
  return (TwCustomer *) tw_detail_page_get_record (tw_desk_get_detail (desk));
}

/* The company's first price list and its currency are proposed; what was typed meanwhile stays. */
static void
test_customer_proposals (void)
{
  TwDesk *desk = show ("sales_manager", tw_customer_list_get_type (), tw_customer_page_get_type ());
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));

  tw_desk_open (desk, 0);
  tw_test_wait_for (g_strcmp0 (customer_of (desk)->price_list, "STD") == 0, SECONDS);
  g_assert_cmpstr (customer_of (desk)->currency, ==, "CNY");
  g_assert_false (tw_detail_page_is_dirty (tw_desk_get_detail (desk)));
  tw_desk_open (desk, 0);
  tw_goods_type (page, "currency", "USD");
  tw_test_wait_for (g_strcmp0 (customer_of (desk)->price_list, "STD") == 0, SECONDS);
  g_assert_cmpstr (customer_of (desk)->currency, ==, "USD");
  tw_detail_page_discard (tw_desk_get_detail (desk));
  tw_goods_desk_close (desk);
}

static void
test_customer_create (void)
{
  TwDesk *desk = show ("sales_manager", tw_customer_list_get_type (), tw_customer_page_get_type ());
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));

  tw_desk_open (desk, 0);
  tw_goods_type (page, "code", "HARBR");
  tw_goods_type (page, "name", "Harbour Trading");
  tw_goods_type (page, "local_name", "海港贸易");
  tw_goods_type (page, "price_list", "STD");
  tw_goods_type (page, "payment_term", "NET30");
  tw_goods_type (page, "currency", "R1B");
  save (desk);
  {
    g_autofree char *fault = tw_goods_get_fault (page, "currency");

    g_assert_cmpstr (fault, !=, "");
  }
  g_assert_cmpstr (customer_of (desk)->local_name, ==, "海港贸易");
  tw_goods_type (page, "currency", "CNY");
  save (desk);
  g_assert_cmpint (TW_RECORD (customer_of (desk))->id, !=, 0);
  g_assert_cmpint (find_id ("sales_manager", "/customers?code=HARBR"), ==, TW_RECORD (customer_of (desk))->id);
  tw_goods_desk_close (desk);
}

/* Only the finance manager writes the limit; everybody sees it. */
static void
test_customer_credit_limit (void)
{
  gint64 id = find_id ("finance_manager", "/customers?code=ALFKI");
  TwDesk *desk = show ("sales_manager", tw_customer_list_get_type (), tw_customer_page_get_type ());

  tw_goods_desk_open (desk, id);
  g_assert_null (tw_form_row_get_entry (tw_goods_find (GTK_WIDGET (desk), TW_TYPE_FORM_ROW, "credit_limit")));
  tw_goods_desk_close (desk);
  desk = show ("finance_manager", tw_customer_list_get_type (), tw_customer_page_get_type ());
  tw_goods_desk_open (desk, id);
  tw_goods_type (GTK_WIDGET (desk), "credit_limit", "1234.50");
  save (desk);
  {
    g_autofree char *limit = tw_decimal_format (customer_of (desk)->credit_limit, 2);

    g_assert_cmpstr (limit, ==, "1234.50");
    g_assert_false (tw_detail_page_is_dirty (tw_desk_get_detail (desk)));
  }
  tw_goods_desk_close (desk);
}

/* ---- Products ------------------------------------------------------------------------------------------------ */

static gboolean
shows_cost (const char *user)
{
  gint64 id = find_id ("planner", "/products?sku=NW-1");
  TwDesk *desk = show (user, tw_product_list_get_type (), tw_product_page_get_type ());
  gboolean shown;

  tw_goods_desk_open (desk, id);
  shown = gtk_widget_get_visible (tw_goods_find (GTK_WIDGET (desk), TW_TYPE_FORM_ROW, "cost"));
  tw_goods_desk_close (desk);
  return shown;
}

static void
test_product_cost (void)
{
  g_assert_true (shows_cost ("planner"));
  g_assert_false (shows_cost ("sales"));
}

/* ---- Import -------------------------------------------------------------------------------------------------- */

static void
imported_cb (TwImportDialog *dialog, guint stored, gpointer user_data)
{
  *(guint *) user_data = stored;
}

/* A file that is called @name, which says nothing of what is in it. (transfer full) */
static GFile *
write_file (const char *name, GBytes *contents)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  int fd = g_mkstemp (path);
  gsize length;
  const char *bytes = g_bytes_get_data (contents, &length);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  return g_file_new_for_path (path);
}

static gint64
find_customer (const char *code)
{
  g_autofree char *path = g_strconcat ("/customers?code=", code, NULL);

  return find_id ("sales_manager", path);
}

/* The bad row of @contents is shown; the good one goes in when that is wanted. */
static void
import (GBytes *contents, const char *good, const char *bad)
{
  g_autoptr (GFile) file = write_file ("customers-XXXXXX", contents);
  TwImportDialog *dialog;
  GtkWidget *button;
  GtkCheckButton *good_only;
  guint stored = 0;

  tw_goods_fixture_become (fixture, "sales_manager");
  dialog = tw_import_dialog_new (NULL, "/customers", tw_customer_get_type ());
  button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), TW_TYPE_IMPORT_DIALOG, "import_button"));
  good_only
    = GTK_CHECK_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (dialog), TW_TYPE_IMPORT_DIALOG, "good_only"));
  g_signal_connect (dialog, "imported", G_CALLBACK (imported_cb), &stored);
  gtk_window_present (GTK_WINDOW (dialog));
  tw_import_dialog_load (dialog, file);
  tw_test_wait_for (gtk_widget_get_visible (GTK_WIDGET (good_only)), SECONDS);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_cmpint (find_customer (good), ==, 0);
  gtk_check_button_set_active (good_only, TRUE);
  g_assert_true (gtk_widget_get_sensitive (button));
  tw_import_dialog_import (dialog);
  tw_test_wait_for (stored == 1, SECONDS);
  tw_goods_settle ();
  g_assert_cmpint (find_customer (good), !=, 0);
  g_assert_cmpint (find_customer (bad), ==, 0);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static void
test_import_csv (void)
{
  static const char text[] = "code,name,price_list,payment_term,currency\n"
                             "IMPO1,First,STD,NET30,CNY\n"
                             "IMPO2,Second,NOSUCH,NET30,CNY\n";
  g_autoptr (GBytes) contents = g_bytes_new_static (text, strlen (text));

  import (contents, "IMPO1", "IMPO2");
}

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void
test_import_workbook (void)
{
  g_autoptr (GBytes) contents = tw_test_workbook (
    "<row>" CELL ("code") CELL ("name") CELL ("price_list") CELL ("payment_term") CELL ("currency") "</row>"
    "<row>" CELL ("IMPO3") CELL ("First") CELL ("STD") CELL ("NET30") CELL ("CNY") "</row>"
    "<row>" CELL ("IMPO4") CELL ("Second") CELL ("NOSUCH") CELL ("NET30") CELL ("CNY") "</row>",
    NULL, NULL);

  import (contents, "IMPO3", "IMPO4");
}

/* ---- Administration ------------------------------------------------------------------------------------------ */

static void
test_user_roles (void)
{
  TwDesk *desk = show ("admin", tw_user_list_get_type (), tw_user_page_get_type ());
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));
  TwRolesEditor *roles = tw_goods_find (page, TW_TYPE_ROLES_EDITOR, NULL);
  TwUser *user;

  tw_desk_open (desk, 0);
  tw_goods_type (page, "user", "lin");
  tw_goods_type (page, "name", "Lin Wei");
  save (desk);
  user = (TwUser *) tw_detail_page_get_record (tw_desk_get_detail (desk));
  g_assert_cmpint (TW_RECORD (user)->id, ==, 0); /* a user without a role is refused */
  gtk_check_button_set_active (tw_roles_editor_get_box (roles, "warehouse"), TRUE);
  gtk_check_button_set_active (tw_roles_editor_get_box (roles, "quality"), TRUE);
  save (desk);
  user = (TwUser *) tw_detail_page_get_record (tw_desk_get_detail (desk));
  g_assert_cmpint (TW_RECORD (user)->id, !=, 0);
  g_assert_cmpuint (g_strv_length (user->roles), ==, 2);
  tw_goods_desk_close (desk);
}

/* As people think of a discount; the wire has the fraction. */
static void
test_rule_threshold (void)
{
  TwDesk *desk = show ("admin", tw_approval_rule_list_get_type (), tw_approval_rule_page_get_type ());
  GtkWidget *page = GTK_WIDGET (tw_desk_get_detail (desk));
  g_autoptr (TwTestReply) reply = NULL;
  GtkWidget *entry;

  tw_desk_open (desk, 0);
  tw_goods_type (page, "code", "STEEP");
  tw_goods_type (page, "name", "Steep discounts");
  tw_goods_type (page, "threshold", "5000");
  tw_goods_type (page, "condition", "Line discount above");
  entry = tw_form_row_get_entry (tw_goods_find (page, TW_TYPE_FORM_ROW, "threshold"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), !=, "5,000.00"); /* an amount is no percentage */
  tw_goods_type (page, "threshold", "12.5");
  entry = tw_form_row_get_entry (tw_goods_find (page, TW_TYPE_FORM_ROW, "threshold"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "12.5 %");
  g_assert_cmpuint (tw_line_editor_paste (tw_goods_find (page, TW_TYPE_LINE_EDITOR, "steps"), 0, NULL, "1\tapprover"),
                    ==, 0);
  save (desk);
  g_assert_false (tw_detail_page_is_dirty (tw_desk_get_detail (desk)));
  reply = tw_test_as (fixture->server, "admin", "GET", "/approval-rules?code=STEEP", NULL);
  g_assert_nonnull (strstr (reply->text, "\"threshold\":\"0.125\""));
  tw_goods_desk_close (desk);
}

/* However long the text. */
static void
assert_few_lines (GtkWidget *page)
{
  GtkWidget *row = tw_goods_find (page, TW_TYPE_FORM_ROW, "company_address");
  g_autofree char *text = g_strnfill (400, 'x');
  int height;

  tw_goods_type (page, "company_address", text);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 60, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, <, 120);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 600, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, >, 70);
}

static void
test_settings (void)
{
  GtkWidget *window = adw_window_new ();
  TwSettingsPage *page;
  g_autoptr (TwTestReply) reply = NULL;

  tw_goods_fixture_become (fixture, "admin");
  page = g_object_new (TW_TYPE_SETTINGS_PAGE, NULL);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  tw_test_wait_for (tw_settings_page_get_settings (page) != NULL, SECONDS);
  tw_goods_type (GTK_WIDGET (page), "company_name", "信风贸易");
  tw_goods_type (GTK_WIDGET (page), "gs1_prefix", "12");
  assert_few_lines (GTK_WIDGET (page));
  tw_settings_page_save (page);
  tw_goods_settle ();
  {
    g_autofree char *fault = tw_goods_get_fault (GTK_WIDGET (page), "gs1_prefix");

    g_assert_cmpstr (fault, !=, "");
  }
  g_assert_true (tw_settings_page_is_dirty (page)); /* the bad one is still there, the good one is stored */
  tw_goods_type (GTK_WIDGET (page), "gs1_prefix", "6912345");
  tw_settings_page_save (page);
  tw_goods_settle ();
  g_assert_false (tw_settings_page_is_dirty (page));
  reply = tw_test_as (fixture->server, "admin", "GET", "/settings", NULL);
  g_assert_nonnull (strstr (reply->text, "信风贸易"));
  g_assert_nonnull (strstr (reply->text, "6912345"));
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
  g_test_add_func ("/masterdata/customer/proposals", test_customer_proposals);
  g_test_add_func ("/masterdata/customer/create", test_customer_create);
  g_test_add_func ("/masterdata/customer/credit-limit", test_customer_credit_limit);
  g_test_add_func ("/masterdata/product/cost", test_product_cost);
  g_test_add_func ("/masterdata/import/csv", test_import_csv);
  g_test_add_func ("/masterdata/import/workbook", test_import_workbook);
  g_test_add_func ("/admin/user/roles", test_user_roles);
  g_test_add_func ("/admin/approval-rule/threshold", test_rule_threshold);
  g_test_add_func ("/admin/settings/save", test_settings);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
