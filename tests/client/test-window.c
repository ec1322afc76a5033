/* test-window.c: signing in and out, what each role sees, languages, a lost server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libintl.h>

#include "client/areas.h"
#include "client/sign-in-page.h"
#include "client/widget/banner.h"
#include "client/widget/desk.h"
#include "client/window.h"
#include "tests/fixture/server.h"

static TwTestServer *server;

static TwApplication *application;

typedef struct
{
  TwWindow *window;
} Case;

static void
case_set_up (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tw_api_set_server (tw_session_get_api (tw_application_get_session (application)), tw_test_server_get_url (server),
                     &error);
  g_assert_no_error (error);
  c->window = tw_window_new (application);
  gtk_window_present (GTK_WINDOW (c->window));
  tw_test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (c->window)), 10);
}

static TwSession *
session_of (Case *c)
{
  return tw_application_get_session (application);
}

static void
case_tear_down (Case *c, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (c->window));
  tw_session_sign_out (session_of (c));
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (session_of (c))) == 0, 30);
}

/* The first mapped widget of @type, in the window that is open now. */
static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether a mapped label says @text. */
static gboolean
says (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
window_says (Case *c, const char *text)
{
  return says (GTK_WIDGET (c->window), text);
}

static void
sign_in (Case *c, const char *user, const char *password)
{
  GtkWidget *page = find (GTK_WIDGET (c->window), TW_TYPE_SIGN_IN_PAGE);

  g_assert_nonnull (page);
  tw_sign_in_page_try (TW_SIGN_IN_PAGE (page), user, password);
}

static void
sign_in_and_wait (Case *c, const char *user)
{
  sign_in (c, user, TW_TEST_PASSWORD);
  tw_test_wait_for (tw_window_get_page (c->window) != NULL, 20);
}

static void
test_wrong_password (Case *c, gconstpointer data)
{
  sign_in (c, "sales", "not-the-password");
  tw_test_wait_for (window_says (c, "The user name or the password is not right."), 20);
  g_assert_false (tw_session_is_signed_in (session_of (c)));
}

static void
test_empty_password (Case *c, gconstpointer data)
{
  sign_in (c, "sales", "");
  tw_test_wait_for (window_says (c, "Please enter your password."), 10);
  g_assert_cmpuint (tw_api_count_pending (tw_session_get_api (session_of (c))), ==, 0);
}

/* Nothing listens on port 1. */
static void
test_no_server (Case *c, gconstpointer data)
{
  GtkWidget *page = find (GTK_WIDGET (c->window), TW_TYPE_SIGN_IN_PAGE);

  tw_sign_in_page_prepare (TW_SIGN_IN_PAGE (page), "http://127.0.0.1:1", "sales", NULL);
  sign_in (c, "sales", TW_TEST_PASSWORD);
  tw_test_wait_for (
    window_says (c, "There is no server at http://127.0.0.1:1, or the network does not lead to it."), 20);
}

/* A password does not cross the network in the clear. */
static void
test_plain_http_elsewhere (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  TwApi *api = tw_session_get_api (session_of (c));

  g_assert_false (tw_api_set_server (api, "http://tradewind.example.com", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (tw_api_set_server (api, "https://tradewind.example.com/", &error));
  g_assert_cmpstr (tw_api_get_server (api), ==, "https://tradewind.example.com");
  g_assert_true (tw_api_set_server (api, "tradewind.example.com:8443", &error));
  g_assert_cmpstr (tw_api_get_server (api), ==, "https://tradewind.example.com:8443");
  g_assert_false (tw_api_set_server (api, "nonsense://x", &error));
  g_clear_error (&error);
  g_assert_false (tw_api_set_server (api, "", &error));
}

static void
test_signs_in_and_out (Case *c, gconstpointer data)
{
  sign_in_and_wait (c, "sales");
  g_assert_cmpstr (tw_session_get_user (session_of (c)), ==, "sales");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (c->window), "win.sign-out", NULL));
  tw_test_wait_for (find (GTK_WIDGET (c->window), TW_TYPE_SIGN_IN_PAGE) != NULL, 10);
  g_assert_null (tw_window_get_page (c->window));
}

/* What a role may not read is no area of its window. */
static void
test_areas_follow_roles (Case *c, gconstpointer data)
{
  sign_in_and_wait (c, "driver");
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    {
      GtkWidget *before = tw_window_get_page (c->window);
      gboolean may = tw_session_may (session_of (c), area->permission);

      tw_window_show_area (c->window, area->id);
      if (!may)
        g_assert_true (tw_window_get_page (c->window) == before);
    }
  g_assert_false (tw_session_may (session_of (c), "order.read"));
  g_assert_false (tw_window_open_document (c->window, "order", 1));
  g_assert_true (tw_session_may (session_of (c), "trip.read"));
  g_assert_false (tw_area_is_open (tw_area_find ("carriers")));
}

/* How many of @root's spinners turn, or turn where nobody sees it. */
static guint
count_spinning (GtkWidget *root, gboolean unseen)
{
  guint n = GTK_IS_SPINNER (root) && gtk_spinner_get_spinning (GTK_SPINNER (root))
            && (!unseen || !gtk_widget_get_mapped (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_spinning (child, unseen);
  return n;
}

/* A page that nobody sees takes no part in the window's work, and nothing moves in the one that is seen. */
static void
test_unseen_pages_rest (Case *c, gconstpointer data)
{
  GtkWidget *orders, *customers;

  sign_in_and_wait (c, "sales");
  tw_window_show_area (c->window, "orders");
  orders = tw_window_get_page (c->window);
  tw_window_show_area (c->window, "customers");
  customers = tw_window_get_page (c->window);
  g_assert_true (customers != orders);
  g_assert_false (gtk_widget_get_visible (orders));
  g_assert_true (gtk_widget_get_mapped (customers));
  tw_window_show_area (c->window, "orders");
  g_assert_true (tw_window_get_page (c->window) == orders);
  g_assert_true (gtk_widget_get_mapped (orders));
  g_assert_false (gtk_widget_get_visible (customers));
  g_assert_cmpuint (count_spinning (GTK_WIDGET (c->window), TRUE), ==, 0);
  tw_test_wait_for (count_spinning (GTK_WIDGET (c->window), FALSE) == 0, 20);
}

/* Who audits looks at all master data and at who signs what, though they change none of it. */
static void
test_auditor_sees_all (Case *c, gconstpointer data)
{
  static const char *const ids[] = { "carriers", "tax-classes", "payment-terms", "warehouses", "price-lists",
                                     "approval-rules", "users", "settings", "audit" };

  sign_in_and_wait (c, "auditor");
  g_assert_false (tw_session_may (session_of (c), "carrier.write"));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GtkWidget *before = tw_window_get_page (c->window);

      g_assert_true (tw_area_is_open (tw_area_find (ids[i])));
      tw_window_show_area (c->window, ids[i]);
      g_assert_true (tw_window_get_page (c->window) != before);
    }
}

/* Whoever opens an area gets its list: no column asks for what the server does not have or would not tell. */
static void
test_lists_are_answered (Case *c, gconstpointer user)
{
  sign_in_and_wait (c, user);
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    {
      GtkWidget *page;
      TwRecordList *list;

      if (!tw_area_is_open (area) || area->list == NULL)
        continue;
      tw_window_show_area (c->window, area->id);
      page = tw_window_get_page (c->window);
      list = tw_list_page_get_model (tw_desk_get_list (TW_DESK (page)));
      tw_test_wait_for (tw_record_list_get_status (list) != TW_LIST_LOADING, 20);
      g_assert_no_error (tw_record_list_get_error (list));
    }
}

/* The server ends the session: back to signing in, told why, name kept. */
static void
test_expired_session (Case *c, gconstpointer data)
{
  sign_in_and_wait (c, "sales");
  tw_test_server_script (server, "DELETE FROM session");
  gtk_widget_activate_action (GTK_WIDGET (c->window), "win.refresh", NULL);
  tw_test_wait_for (
    window_says (c, "Your session has ended. Please sign in again; what you typed has been kept."), 90);
  g_assert_false (tw_session_is_signed_in (session_of (c)));
}

static void
test_language (Case *c, gconstpointer data)
{
  TwWindow *old = c->window;
  TwWindow *gone = old;
  GList *windows;

  sign_in_and_wait (c, "sales");
  g_assert_true (window_says (c, "Sales orders"));
  g_object_add_weak_pointer (G_OBJECT (old), (gpointer *) &gone);
  tw_application_set_language (application, "zh_CN");
  windows = gtk_application_get_windows (GTK_APPLICATION (application));
  g_assert_cmpuint (g_list_length (windows), ==, 1);
  g_assert_true (windows->data != old);
  c->window = windows->data;
  tw_test_wait_for (tw_window_get_page (c->window) != NULL && window_says (c, "销售订单"), 10);
  /* The old window, with all that follows the server, is gone for good. */
  tw_test_wait_for (gone == NULL, 10);
  /* Still signed in, and no word of the other language in the sidebar. */
  g_assert_true (tw_session_is_signed_in (session_of (c)));
  g_assert_false (window_says (c, "Sales orders"));
  tw_application_set_language (application, "en");
  windows = gtk_application_get_windows (GTK_APPLICATION (application));
  c->window = windows->data;
  tw_test_wait_for (window_says (c, "Sales orders"), 10);
}

/* The banner says that the server is away, and goes by itself when it is back. */
static void
test_lost_server (Case *c, gconstpointer data)
{
  TwApi *api = tw_session_get_api (session_of (c));
  GtkWidget *banner;

  sign_in_and_wait (c, "sales");
  tw_test_wait_for (tw_events_is_connected (tw_session_get_events (session_of (c))), 10);
  banner = find (GTK_WIDGET (c->window), TW_TYPE_BANNER);
  g_assert_nonnull (banner);
  g_assert_false (tw_banner_get_revealed (TW_BANNER (banner)));
  tw_test_server_kill (server);
  tw_test_wait_for (!tw_api_is_reachable (api), 20);
  g_assert_true (tw_banner_get_revealed (TW_BANNER (banner)));
  tw_test_server_start (server);
  /* It listens on another port now, where a real one would not. */
  g_assert_true (tw_api_set_server (api, tw_test_server_get_url (server), NULL));
  gtk_widget_activate_action (GTK_WIDGET (c->window), "win.retry", NULL);
  tw_test_wait_for (tw_api_is_reachable (api), 40);
  g_assert_false (tw_banner_get_revealed (TW_BANNER (banner)));
}

/* What a notice says may hold anybody's words: they are no markup. */
static void
test_notice_is_text (Case *c, gconstpointer data)
{
  tw_window_notify (GTK_WIDGET (c->window), "R&D <b>Evil</b>");
  tw_test_wait_for (says (GTK_WIDGET (c->window), "R&D <b>Evil</b>"), 10);
}

#define ADD(path, func) g_test_add (path, Case, NULL, case_set_up, func, case_tear_down)

int
main (int argc, char **argv)
{
  static const char *const people[] = { "sales", "auditor", "driver", "many" };
  g_autoptr (GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  server = tw_test_server_new (NULL);
  application = tw_application_new_for_server (tw_test_server_get_url (server), "en", &error);
  g_assert_no_error (error);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  tw_test_server_add_user (server, "sales", "sales");
  tw_test_server_add_user (server, "driver", "driver");
  tw_test_server_add_user (server, "auditor", "auditor");
  tw_test_server_add_user (server, "many", "warehouse,quality,dispatcher,finance_manager,sales_manager,planner,admin");
  ADD ("/client/window/wrong-password", test_wrong_password);
  ADD ("/client/window/notice-is-text", test_notice_is_text);
  ADD ("/client/window/empty-password", test_empty_password);
  ADD ("/client/window/no-server", test_no_server);
  ADD ("/client/window/plain-http-elsewhere", test_plain_http_elsewhere);
  ADD ("/client/window/signs-in-and-out", test_signs_in_and_out);
  ADD ("/client/window/areas-follow-roles", test_areas_follow_roles);
  ADD ("/client/window/unseen-pages-rest", test_unseen_pages_rest);
  ADD ("/client/window/auditor-sees-all", test_auditor_sees_all);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strconcat ("/client/window/lists-are-answered/", people[i], NULL);

      g_test_add (path, Case, people[i], case_set_up, test_lists_are_answered, case_tear_down);
    }
  ADD ("/client/window/expired-session", test_expired_session);
  ADD ("/client/window/language", test_language);
  ADD ("/client/window/lost-server", test_lost_server);
  status = g_test_run ();
  g_object_unref (application);
  tw_test_server_free (server);
  return status;
}
