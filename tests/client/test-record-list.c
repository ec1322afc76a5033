/* test-record-list.c: lists of the server's records, page by page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/model/record-list.h"
#include "shared/document/customer.h"
#include "tests/client/desk-fixture.h"

#define N_CUSTOMERS 230

static TwDeskFixture *fixture;

static TwRecordList *
open_list (void)
{
  TwRecordList *list = tw_record_list_new (fixture->session, tw_customer_get_type (), "/customers");

  tw_record_list_set_sort (list, "code");
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_READY, 10);
  return list;
}

static TwCustomer *
get (TwRecordList *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (list), position);
}

static void
test_total (void)
{
  g_autoptr (TwRecordList) list = open_list ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_CUSTOMERS);
  g_assert_cmpuint (tw_record_list_get_total (list), ==, N_CUSTOMERS);
}

static void
count_notify_cb (guint *count)
{
  (*count)++;
}

/* A row far down comes at once as a placeholder, and the same object is filled later. */
static void
test_placeholder_is_filled (void)
{
  g_autoptr (TwRecordList) list = open_list ();
  g_autoptr (TwCustomer) row = get (list, 205);
  g_autoptr (TwCustomer) again = NULL;
  guint notified = 0;

  g_assert_cmpint (TW_RECORD (row)->id, ==, 0);
  g_signal_connect_swapped (row, "notify::code", G_CALLBACK (count_notify_cb), &notified);
  tw_test_wait_for (TW_RECORD (row)->id != 0, 10);
  g_assert_cmpstr (row->code, ==, "C0206");
  g_assert_cmpuint (notified, ==, 1);
  again = get (list, 205);
  g_assert_true (again == row);
}

/* A hundred rows are one request. */
static void
test_one_request_a_page (void)
{
  g_autoptr (TwRecordList) list = open_list ();

  for (guint i = 100; i < 200; i++)
    {
      g_autoptr (TwCustomer) row = get (list, i);

      g_assert_nonnull (row);
    }
  g_assert_cmpuint (tw_api_count_pending (tw_session_get_api (fixture->session)), ==, 1);
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (fixture->session)) == 0, 10);
}

static void
test_search (void)
{
  g_autoptr (TwRecordList) list = open_list ();
  g_autoptr (TwCustomer) row = NULL;

  tw_record_list_set_search (list, "C0042");
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_LOADING, 10);
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_READY, 10);
  g_assert_cmpuint (tw_record_list_get_total (list), ==, 1);
  row = get (list, 0);
  g_assert_cmpstr (row->code, ==, "C0042");
}

static void
test_sort (void)
{
  g_autoptr (TwRecordList) list = open_list ();
  g_autoptr (TwCustomer) row = NULL;

  tw_record_list_set_sort (list, "-code");
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_LOADING, 10);
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_READY, 10);
  row = get (list, 0);
  g_assert_cmpstr (row->code, ==, "C0230");
}

static void
test_refused_question (void)
{
  g_autoptr (TwRecordList) list = tw_record_list_new (fixture->session, tw_customer_get_type (), "/customers");

  tw_record_list_set_filter (list, "no_such_field", "1");
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_FAILED, 10);
  g_assert_nonnull (tw_record_list_get_error (list));
  tw_record_list_set_filter (list, "no_such_field", NULL);
  tw_test_wait_for (tw_record_list_get_status (list) == TW_LIST_READY, 10);
  g_assert_null (tw_record_list_get_error (list));
}

/* Somebody else's change shows in the row that is held, without a new object. */
static void
test_live_change (void)
{
  g_autoptr (TwRecordList) list = open_list ();
  g_autoptr (TwCustomer) row = get (list, 6);

  tw_test_wait_for (tw_events_is_connected (tw_session_get_events (fixture->session)), 10);
  g_assert_cmpstr (row->code, ==, "C0007");
  tw_desk_fixture_change_customer (fixture, TW_RECORD (row)->id, "name", "Changed elsewhere");
  tw_test_wait_for (g_strcmp0 (row->name, "Changed elsewhere") == 0, 10);
}

static void
test_find (void)
{
  g_autoptr (TwRecordList) list = open_list ();
  g_autoptr (TwCustomer) row = get (list, 33);

  g_assert_cmpuint (tw_record_list_find (list, TW_RECORD (row)->id), ==, 33);
  g_assert_cmpuint (tw_record_list_find (list, 0), ==, G_MAXUINT);
  g_assert_cmpuint (tw_record_list_find (list, G_MAXINT64), ==, G_MAXUINT);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  fixture = tw_desk_fixture_new (N_CUSTOMERS);
  g_test_add_func ("/client/record-list/total", test_total);
  g_test_add_func ("/client/record-list/placeholder-is-filled", test_placeholder_is_filled);
  g_test_add_func ("/client/record-list/one-request-a-page", test_one_request_a_page);
  g_test_add_func ("/client/record-list/search", test_search);
  g_test_add_func ("/client/record-list/sort", test_sort);
  g_test_add_func ("/client/record-list/refused-question", test_refused_question);
  g_test_add_func ("/client/record-list/live-change", test_live_change);
  g_test_add_func ("/client/record-list/find", test_find);
  status = g_test_run ();
  tw_desk_fixture_free (fixture);
  return status;
}
