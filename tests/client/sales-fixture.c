/* sales-fixture.c: see sales-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/client/sales-fixture.h"

#include "client/widget/form-row.h"
#include "client/widget/value-entry.h"

TwSalesFixture *
tw_sales_fixture_new (void)
{
  TwSalesFixture *self = g_new0 (TwSalesFixture, 1);

  tw_application_prepare ("en");
  self->server = tw_test_server_new (NULL);
  tw_test_company_make (self->server);
  self->session = tw_session_new (tw_test_server_get_url (self->server));
  tw_session_set_default (self->session);
  return self;
}

void
tw_sales_fixture_free (TwSalesFixture *self)
{
  tw_session_sign_out (self->session);
  tw_sales_fixture_settle (self);
  tw_session_set_default (NULL);
  g_object_unref (self->session);
  tw_test_server_free (self->server);
  g_free (self);
}

typedef struct
{
  gboolean done;
  GError *error;
} SignIn;

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *sign_in = user_data;

  tw_session_sign_in_finish (TW_SESSION (source), result, &sign_in->error);
  sign_in->done = TRUE;
}

void
tw_sales_fixture_sign_in (TwSalesFixture *self, const char *user)
{
  SignIn sign_in = { 0 };

  if (g_strcmp0 (tw_session_get_user (self->session), user) == 0)
    return;
  if (tw_session_is_signed_in (self->session))
    tw_session_sign_out (self->session);
  tw_session_sign_in_async (self->session, user, TW_TEST_PASSWORD, NULL, signed_in_cb, &sign_in);
  tw_test_wait_for (sign_in.done, 20);
  g_assert_no_error (sign_in.error);
}

void
tw_sales_fixture_settle (TwSalesFixture *self)
{
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (self->session)) == 0, 20);
}

GtkWidget *
tw_sales_fixture_show (TwDesk *desk)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (desk));
  gtk_window_present (GTK_WINDOW (window));
  tw_test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (desk)), 10);
  return window;
}

GtkWidget *
tw_sales_fixture_find_editor (TwDesk *desk, const char *name)
{
  g_autoptr (GPtrArray) editors = tw_editor_collect (GTK_WIDGET (tw_desk_get_detail (desk)));

  for (guint i = 0; i < editors->len; i++)
    if (g_strcmp0 (tw_editor_get_field (g_ptr_array_index (editors, i)), name) == 0)
      return g_ptr_array_index (editors, i);
  g_error ("the page has no editor of %s", name);
}

void
tw_sales_fixture_type (TwDesk *desk, const char *field, const char *text)
{
  TwFormRow *row = TW_FORM_ROW (tw_sales_fixture_find_editor (desk, field));
  GtkWidget *entry = tw_form_row_get_entry (row);

  g_assert_true (TW_IS_VALUE_ENTRY (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_assert_true (tw_value_entry_commit (TW_VALUE_ENTRY (entry)));
}

GtkWidget *
tw_sales_fixture_find (GtkWidget *root, GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = tw_sales_fixture_find (child, type);
  return found;
}
