/* test-detail-page.c: a document shown, edited, saved, merged and kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/model/draft-store.h"
#include "client/widget/desk.h"
#include "client/widget/decimal-entry.h"
#include "client/widget/line-editor-private.h"
#include "client/widget/lookup-entry.h"
#include "shared/document/customer.h"
#include "tests/client/desk-fixture.h"
#include "tests/client/probe.h"

#define N_CUSTOMERS 30
#define N_FAR 120 /* lines, of which few are in sight */

static TwDeskFixture *fixture;

typedef struct
{
  GtkWidget *window;
  TwDesk *desk;
  TwDetailPage *page;
} Case;

static void
case_set_up (Case *c, gconstpointer data)
{
  c->desk = TW_DESK (tw_desk_new (TW_TYPE_PROBE_LIST, TW_TYPE_PROBE_PAGE));
  c->page = tw_desk_get_detail (c->desk);
  c->window = tw_desk_fixture_show (GTK_WIDGET (c->desk));
}

static void
case_tear_down (Case *c, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (c->window));
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (fixture->session)) == 0, 10);
}

static TwCustomer *
shown (Case *c)
{
  return (TwCustomer *) tw_detail_page_get_record (c->page);
}

static gint64
open_customer (Case *c, guint n)
{
  gint64 id = tw_desk_fixture_find_customer (fixture, n);

  tw_desk_open (c->desk, id);
  tw_test_wait_for (shown (c) != NULL && TW_RECORD (shown (c))->id == id, 10);
  return id;
}

static GtkWidget *
entry_of (Case *c, const char *field)
{
  return tw_form_row_get_entry (tw_probe_page_get_row (TW_PROBE_PAGE (c->page), field));
}

/* As a person: types and leaves the entry. */
static void
type_into (Case *c, const char *field, const char *text)
{
  GtkWidget *entry = entry_of (c, field);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  tw_value_entry_commit (TW_VALUE_ENTRY (entry));
}

static void
save (Case *c)
{
  tw_detail_page_save (c->page);
  tw_test_wait_for (!tw_detail_page_is_dirty (c->page), 10);
}

static void
test_shows (Case *c, gconstpointer data)
{
  open_customer (c, 3);
  g_assert_cmpstr (shown (c)->code, ==, "C0003");
  g_assert_cmpstr (tw_value_entry_get_value (TW_VALUE_ENTRY (entry_of (c, "name"))), ==, "Customer 0003");
  /* Given at creation and fixed: no editor. */
  g_assert_null (entry_of (c, "code"));
  g_assert_false (tw_detail_page_is_dirty (c->page));
}

static void
test_saves_what_changed (Case *c, gconstpointer data)
{
  gint64 version;

  open_customer (c, 4);
  version = TW_RECORD (shown (c))->version;
  type_into (c, "name", "Renamed");
  g_assert_true (tw_detail_page_is_dirty (c->page));
  save (c);
  g_assert_cmpstr (shown (c)->name, ==, "Renamed");
  g_assert_cmpint (TW_RECORD (shown (c))->version, ==, version + 1);
}

static void
test_creates (Case *c, gconstpointer data)
{
  tw_desk_open (c->desk, 0);
  type_into (c, "code", "NEW1");
  type_into (c, "name", "A new one");
  type_into (c, "payment_term", "N30");
  tw_record_set_string (&shown (c)->price_list, "STD");
  tw_record_set_string (&shown (c)->currency, "CNY");
  save (c);
  g_assert_cmpint (TW_RECORD (shown (c))->id, >, 0);
  g_assert_cmpstr (shown (c)->payment_term, ==, "N30");
}

/* The server's refusal stands beside the field, and what was typed is still there. */
static void
test_fault_beside_field (Case *c, gconstpointer data)
{
  GtkWidget *entry;

  open_customer (c, 5);
  type_into (c, "payment_term", "NONSENSE");
  tw_detail_page_save (c->page);
  entry = entry_of (c, "payment_term");
  tw_test_wait_for (gtk_widget_has_css_class (entry, "error"), 10);
  g_assert_cmpstr (tw_value_entry_get_value (TW_VALUE_ENTRY (entry)), ==, "NONSENSE");
  g_assert_true (tw_detail_page_is_dirty (c->page));
  tw_detail_page_discard (c->page);
  g_assert_cmpstr (shown (c)->payment_term, ==, "N30");
}

static void
test_bad_number_is_not_sent (Case *c, gconstpointer data)
{
  open_customer (c, 6);
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (fixture->session)) == 0, 10);
  gtk_editable_set_text (GTK_EDITABLE (entry_of (c, "credit_limit")), "a lot");
  tw_detail_page_save (c->page);
  g_assert_cmpuint (tw_api_count_pending (tw_session_get_api (fixture->session)), ==, 0);
  g_assert_true (gtk_widget_has_css_class (entry_of (c, "credit_limit"), "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (c, "credit_limit"))), ==, "a lot");
}

/* Somebody else saved another field meanwhile: both survive. */
static void
test_stale_write_merges (Case *c, gconstpointer data)
{
  gint64 id = open_customer (c, 7);

  tw_events_stop (tw_session_get_events (fixture->session)); /* so that the page does not know yet */
  type_into (c, "name", "Mine");
  tw_desk_fixture_change_customer (fixture, id, "tax_id", "THEIRS");
  tw_detail_page_save (c->page);
  tw_test_wait_for (g_strcmp0 (shown (c)->tax_id, "THEIRS") == 0, 10);
  g_assert_cmpstr (shown (c)->name, ==, "Mine");
  g_assert_true (tw_detail_page_is_dirty (c->page));
  save (c);
  g_assert_cmpstr (shown (c)->name, ==, "Mine");
  g_assert_cmpstr (shown (c)->tax_id, ==, "THEIRS");
  tw_events_start (tw_session_get_events (fixture->session));
}

static void
test_follows_live (Case *c, gconstpointer data)
{
  gint64 id = open_customer (c, 8);

  tw_test_wait_for (tw_events_is_connected (tw_session_get_events (fixture->session)), 10);
  tw_desk_fixture_change_customer (fixture, id, "name", "Seen live");
  tw_test_wait_for (g_strcmp0 (shown (c)->name, "Seen live") == 0, 10);
  g_assert_cmpstr (tw_value_entry_get_value (TW_VALUE_ENTRY (entry_of (c, "name"))), ==, "Seen live");
}

/* What was typed and not saved is there again when one comes back, also in another window. */
static void
test_draft_survives (Case *c, gconstpointer data)
{
  Case other;

  open_customer (c, 9);
  type_into (c, "name", "Half written");
  open_customer (c, 10);
  g_assert_false (tw_detail_page_is_dirty (c->page));
  case_set_up (&other, NULL);
  open_customer (&other, 9);
  g_assert_cmpstr (shown (&other)->name, ==, "Half written");
  g_assert_true (tw_detail_page_is_dirty (other.page));
  tw_detail_page_discard (other.page);
  g_assert_cmpstr (shown (&other)->name, ==, "Customer 0009");
  case_tear_down (&other, NULL);
}

/* Not even the moment that a draft waits to be written down is lost. */
static void
test_draft_outlives_window (Case *c, gconstpointer data)
{
  Case other;

  case_set_up (&other, NULL);
  open_customer (&other, 9);
  type_into (&other, "name", "Typed and gone");
  gtk_window_destroy (GTK_WINDOW (other.window));
  open_customer (c, 9);
  g_assert_cmpstr (shown (c)->name, ==, "Typed and gone");
  tw_detail_page_discard (c->page);
}

/* What is discarded at once is not written down later. */
static void
test_discarded_stays_discarded (Case *c, gconstpointer data)
{
  open_customer (c, 9);
  type_into (c, "name", "Never mind");
  tw_detail_page_discard (c->page);
  open_customer (c, 10);
  open_customer (c, 9);
  g_assert_cmpstr (shown (c)->name, ==, "Customer 0009");
  g_assert_false (tw_detail_page_is_dirty (c->page));
}

/* A result for a record no longer shown is dropped. */
static void
test_late_answer_is_dropped (Case *c, gconstpointer data)
{
  gint64 first = tw_desk_fixture_find_customer (fixture, 11);
  gint64 second = tw_desk_fixture_find_customer (fixture, 12);

  tw_desk_open (c->desk, first);
  tw_desk_open (c->desk, second);
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (fixture->session)) == 0, 10);
  g_assert_cmpint (TW_RECORD (shown (c))->id, ==, second);
}

static void
test_lines_are_saved (Case *c, gconstpointer data)
{
  TwLineEditor *contacts = tw_probe_page_get_contacts (TW_PROBE_PAGE (c->page));

  open_customer (c, 13);
  g_assert_cmpuint (tw_line_editor_paste (contacts, 0, NULL, "Ann\tBuyer\t123\nBob\tOwner\t456\n"), ==, 0);
  save (c);
  g_assert_cmpuint (tw_record_count (shown (c)->contacts), ==, 2);
  g_assert_cmpstr (((TwContact *) tw_record_nth (shown (c)->contacts, 1))->phone, ==, "456");
  tw_line_editor_remove_line (contacts, 0);
  save (c);
  g_assert_cmpuint (tw_record_count (shown (c)->contacts), ==, 1);
  g_assert_cmpstr (((TwContact *) tw_record_nth (shown (c)->contacts, 0))->name, ==, "Bob");
  tw_desk_fixture_picture (c->window, "probe-lines");
}

static void
test_line_fault (Case *c, gconstpointer data)
{
  TwLineEditor *contacts = tw_probe_page_get_contacts (TW_PROBE_PAGE (c->page));
  TwRecord *line;

  open_customer (c, 14);
  tw_line_editor_paste (contacts, 0, "job_title", "Buyer");
  tw_detail_page_save (c->page);
  line = tw_record_nth (shown (c)->contacts, 0);
  tw_test_wait_for (g_object_get_data (G_OBJECT (line), "fault-name") != NULL, 10);
  tw_desk_fixture_picture (c->window, "probe-line-fault");
  tw_detail_page_discard (c->page);
}

static GtkWidget *
row_of (TwLineEditor *editor, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_last_child (GTK_WIDGET (editor->view)));

  for (; n > 0 && row != NULL; n--)
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  return row;
}

static gboolean
is_whole (GtkWidget *row)
{
  return gtk_widget_get_visible (gtk_widget_get_last_child (row));
}

/* Whether the @nth cell of @row has anything to say. */
static gboolean
has_face (GtkWidget *row, guint nth)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);

  for (guint i = 0; i < nth; i++)
    cell = gtk_widget_get_next_sibling (cell);
  return gtk_widget_get_first_child (gtk_widget_get_first_child (cell)) != NULL;
}

static int
height_of (GtkWidget *row)
{
  int height;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

/* Rows out of sight are hidden but for their first cell, and can be written into all the same. */
static void
test_far_lines (Case *c, gconstpointer data)
{
  TwLineEditor *contacts = tw_probe_page_get_contacts (TW_PROBE_PAGE (c->page));
  g_autoptr (GString) rows = g_string_new (NULL);

  open_customer (c, 16);
  for (guint i = 0; i < N_FAR; i++)
    g_string_append_printf (rows, "Ann %u\tBuyer\t%u\n", i, i);
  g_assert_cmpuint (tw_line_editor_paste (contacts, 0, NULL, rows->str), ==, 0);
  tw_test_wait_for (!is_whole (row_of (contacts, N_FAR - 1)), 10);
  g_assert_true (is_whole (row_of (contacts, 2)));
  g_assert_true (has_face (row_of (contacts, N_FAR - 1), 0) && !has_face (row_of (contacts, N_FAR - 1), 1));
  g_assert_cmpint (height_of (row_of (contacts, N_FAR - 2)), ==, height_of (row_of (contacts, 2)));

  g_assert_true (tw_line_editor_focus_field (contacts, N_FAR - 1, "phone"));
  tw_test_wait_for (tw_line_editor_find_active (contacts) != NULL, 10);
  g_assert_true (tw_line_cell_get_record (tw_line_editor_find_active (contacts))
                 == tw_record_nth (shown (c)->contacts, N_FAR - 1));
  g_assert_true (has_face (row_of (contacts, N_FAR - 1), 1));
  tw_test_wait_for (is_whole (row_of (contacts, N_FAR - 2)) && !is_whole (row_of (contacts, 0)), 10);
  tw_detail_page_discard (c->page);
}

static void
test_pictures (Case *c, gconstpointer data)
{
  open_customer (c, 15);
  gtk_widget_grab_focus (entry_of (c, "payment_term"));
  gtk_editable_set_text (GTK_EDITABLE (entry_of (c, "payment_term")), "N3");
  tw_detail_page_show_history (c->page);
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (fixture->session)) == 0, 10);
  tw_desk_fixture_picture (c->window, "probe-detail");
}

#define ADD(path, func) g_test_add (path, Case, NULL, case_set_up, func, case_tear_down)

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  fixture = tw_desk_fixture_new (N_CUSTOMERS);
  ADD ("/client/detail-page/shows", test_shows);
  ADD ("/client/detail-page/saves-what-changed", test_saves_what_changed);
  ADD ("/client/detail-page/creates", test_creates);
  ADD ("/client/detail-page/fault-beside-field", test_fault_beside_field);
  ADD ("/client/detail-page/bad-number-is-not-sent", test_bad_number_is_not_sent);
  ADD ("/client/detail-page/stale-write-merges", test_stale_write_merges);
  ADD ("/client/detail-page/follows-live", test_follows_live);
  ADD ("/client/detail-page/draft-survives", test_draft_survives);
  ADD ("/client/detail-page/draft-outlives-window", test_draft_outlives_window);
  ADD ("/client/detail-page/discarded-stays-discarded", test_discarded_stays_discarded);
  ADD ("/client/detail-page/late-answer-is-dropped", test_late_answer_is_dropped);
  ADD ("/client/detail-page/lines-are-saved", test_lines_are_saved);
  ADD ("/client/detail-page/line-fault", test_line_fault);
  ADD ("/client/detail-page/far-lines", test_far_lines);
  ADD ("/client/detail-page/pictures", test_pictures);
  status = g_test_run ();
  tw_desk_fixture_free (fixture);
  return status;
}
