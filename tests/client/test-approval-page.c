/* test-approval-page.c: an inbox read and signed in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "client/approval/approval-list.h"
#include "client/approval/approval-page.h"
#include "client/approval/chain-panel.h"
#include "client/approval/delegation-list.h"
#include "client/approval/delegation-page.h"
#include "client/widget/action-bar.h"
#include "shared/document/approval.h"
#include "shared/document/order.h"
#include "shared/document/user.h"
#include "tests/client/sales-fixture.h"

static TwSalesFixture *fixture;

typedef struct
{
  GtkWidget *window;
  TwDesk *desk;
  TwDetailPage *page;
  gint64 orders[2]; /* wait for the manager, the older one first */
} Case;

static gint64
submit_order (void)
{
  gint64 id = tw_test_enter (fixture->server, "sales",
                             "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"5\"}]}");

  tw_test_expect (fixture->server, "sales", id, "submit", "{}", 200, "pending_approval");
  return id;
}

static TwRecordList *
model_of (Case *c)
{
  return tw_list_page_get_model (tw_desk_get_list (c->desk));
}

static void
case_set_up (Case *c, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (c->orders); i++)
    c->orders[i] = submit_order ();
  tw_sales_fixture_sign_in (fixture, "manager");
  c->desk = TW_DESK (tw_desk_new (TW_TYPE_APPROVAL_LIST, TW_TYPE_APPROVAL_PAGE));
  c->page = tw_desk_get_detail (c->desk);
  c->window = tw_sales_fixture_show (c->desk);
  tw_test_wait_for (tw_record_list_get_status (model_of (c)) == TW_LIST_READY, 10);
}

/* The inbox is empty again for the next. */
static void
case_tear_down (Case *c, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (c->window));
  tw_sales_fixture_settle (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (c->orders); i++)
    {
      g_autoptr (TwTestReply) reply = tw_test_act (fixture->server, "sales", c->orders[i], "withdraw", "{}");

      g_assert_true (reply->status == 200 || reply->status == 409);
    }
}

static TwOrder *
shown (Case *c)
{
  return (TwOrder *) tw_detail_page_get_record (c->page);
}

static gboolean
is_shown (Case *c, gint64 id)
{
  return shown (c) != NULL && TW_RECORD (shown (c))->id == id;
}

/* Chooses the row of the order as the arrow keys do. */
static void
choose (Case *c, guint n)
{
  for (guint i = 0; i <= n; i++)
    tw_list_page_choose_next (tw_desk_get_list (c->desk));
  tw_test_wait_for (is_shown (c, c->orders[n]), 10);
}

static void
write_comment (Case *c, const char *text)
{
  GtkWidget *comment = tw_sales_fixture_find (GTK_WIDGET (c->page), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (comment), text);
}

static void
assert_state (gint64 order, const char *state)
{
  g_autoptr (TwTestReply) reply = tw_test_read_order (fixture->server, "sales", order);

  tw_test_assert_member (reply, "state", state);
}

static void
test_shows_the_order (Case *c, gconstpointer data)
{
  g_assert_cmpuint (tw_record_list_get_total (model_of (c)), ==, 2);
  choose (c, 0);
  g_assert_false (tw_detail_page_is_editing (c->page));
  g_assert_cmpuint (tw_record_count (shown (c)->approvals), ==, 1);
  g_assert_true (gtk_widget_get_visible (tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_CHAIN_PANEL)));
}

static void
test_approve_goes_on (Case *c, gconstpointer data)
{
  choose (c, 0);
  write_comment (c, "Fine");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.approve", NULL));
  tw_test_wait_for (is_shown (c, c->orders[1]), 20);
  assert_state (c->orders[0], "released");
  tw_test_wait_for (tw_record_list_get_total (model_of (c)) == 1, 10);
}

static void
test_last_one_leaves_nothing (Case *c, gconstpointer data)
{
  choose (c, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.approve", NULL));
  tw_test_wait_for (is_shown (c, c->orders[1]), 20);
  tw_test_wait_for (tw_record_list_get_total (model_of (c)) == 1, 10);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.approve", NULL));
  tw_test_wait_for (shown (c) == NULL, 20);
  assert_state (c->orders[1], "released");
}

/* Nothing is sent without a reason; with one it goes back to the draft. */
static void
test_reject_needs_reason (Case *c, gconstpointer data)
{
  GtkWidget *comment = tw_sales_fixture_find (GTK_WIDGET (c->page), GTK_TYPE_ENTRY);

  choose (c, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.reject", NULL));
  g_assert_true (gtk_widget_has_css_class (comment, "error"));
  tw_sales_fixture_settle (fixture);
  assert_state (c->orders[0], "pending_approval");
  write_comment (c, "Too cheap");
  g_assert_false (gtk_widget_has_css_class (comment, "error"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.reject", NULL));
  tw_test_wait_for (is_shown (c, c->orders[1]), 20);
  assert_state (c->orders[0], "draft");
}

static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static guint
count_labelled (GtkWidget *root, const char *label)
{
  guint n = 0;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_visible (root)
      && strstr (gtk_button_get_label (GTK_BUTTON (root)) != NULL ? gtk_button_get_label (GTK_BUTTON (root)) : "", label))
    n++;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labelled (child, label);
  return n;
}

/* Where one signs is one place, and the header's menu does not offer it again. */
static void
test_one_button (Case *c, gconstpointer data)
{
  GtkWidget *bar = tw_sales_fixture_find (GTK_WIDGET (c->page), TW_TYPE_ACTION_BAR);

  choose (c, 0);
  g_assert_cmpuint (count_labelled (GTK_WIDGET (c->page), "pprove"), ==, 1);
  g_assert_false (tw_action_bar_activate (TW_ACTION_BAR (bar), "approve"));
  g_assert_false (tw_action_bar_activate (TW_ACTION_BAR (bar), "reject"));
  g_assert_false (tw_action_bar_activate (TW_ACTION_BAR (bar), "return"));
}

/* Somebody else was quicker: the page shows how it is now, and says so. */
static void
test_signed_meanwhile (Case *c, gconstpointer data)
{
  choose (c, 0);
  g_assert_true (gtk_widget_get_sensitive (find_button (GTK_WIDGET (c->page), "approval.approve")));
  tw_test_expect (fixture->server, "sales_manager", c->orders[0], "approve", "{}", 200, "released");
  gtk_widget_activate_action (GTK_WIDGET (c->page), "approval.approve", NULL);
  tw_test_wait_for (shown (c) != NULL && g_strcmp0 (shown (c)->state, "released") == 0, 20);
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (c->page), "approval.approve")));
}

/* ---- Delegations --------------------------------------------------------------------------------------------- */

static void
test_delegation (void)
{
  TwDesk *desk;
  GtkWidget *window;
  TwDelegation *stored;

  tw_sales_fixture_sign_in (fixture, "manager");
  desk = TW_DESK (tw_desk_new (TW_TYPE_DELEGATION_LIST, TW_TYPE_DELEGATION_PAGE));
  window = tw_sales_fixture_show (desk);
  tw_desk_open (desk, 0);
  tw_sales_fixture_type (desk, "delegate", "director");
  tw_sales_fixture_type (desk, "valid_to", "+7");
  tw_detail_page_save (tw_desk_get_detail (desk));
  tw_test_wait_for (!tw_detail_page_is_dirty (tw_desk_get_detail (desk)), 10);
  stored = (TwDelegation *) tw_detail_page_get_record (tw_desk_get_detail (desk));
  g_assert_cmpint (TW_RECORD (stored)->id, >, 0);
  g_assert_cmpstr (stored->principal, ==, "manager");
  g_assert_cmpstr (stored->delegate, ==, "director");
  gtk_window_destroy (GTK_WINDOW (window));
  tw_sales_fixture_settle (fixture);
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
  add ("/approval-page/shows-the-order", test_shows_the_order);
  add ("/approval-page/approve-goes-on", test_approve_goes_on);
  add ("/approval-page/last-one-leaves-nothing", test_last_one_leaves_nothing);
  add ("/approval-page/reject-needs-reason", test_reject_needs_reason);
  add ("/approval-page/one-button", test_one_button);
  add ("/approval-page/signed-meanwhile", test_signed_meanwhile);
  g_test_add_func ("/delegation-page/create", test_delegation);
  status = g_test_run ();
  return status;
}
