/* desk-fixture.c: a server with customers, and a client's session to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/client/desk-fixture.h"

#include "tests/pictures/shot.h"

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

static void
post (TwDeskFixture *self, const char *path, const char *body)
{
  g_autoptr (TwTestReply) reply = tw_test_post (self->server, self->token, path, body);

  tw_test_assert_status (reply, 201);
}

static void
add_customers (TwDeskFixture *self, guint n)
{
  post (self, "/payment-terms",
        "{\"code\":\"N30\",\"name\":\"30 days net\",\"instalments\":[{\"days\":30,\"share\":\"1\"}]}");
  post (self, "/price-lists", "{\"code\":\"STD\",\"name\":\"Standard\",\"currency\":\"CNY\"}");
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *body
        = g_strdup_printf ("{\"code\":\"C%04u\",\"name\":\"Customer %04u\",\"price_list\":\"STD\",\"payment_term\":"
                           "\"N30\",\"currency\":\"CNY\",\"sales_rep\":\"boss\"}",
                           i, i);

      post (self, "/customers", body);
    }
}

TwDeskFixture *
tw_desk_fixture_new (guint n_customers)
{
  TwDeskFixture *self = g_new0 (TwDeskFixture, 1);
  g_autoptr (GError) error = NULL;
  SignIn sign_in = { 0 };

  tw_application_prepare ("en");
  self->server = tw_test_server_new (NULL);
  tw_test_server_add_user (self->server, "boss", "sales,sales_manager,finance_manager,admin");
  self->token = tw_test_server_sign_in (self->server, "boss");
  add_customers (self, n_customers);
  self->session = tw_session_new (tw_test_server_get_url (self->server));
  tw_session_set_default (self->session);
  tw_session_sign_in_async (self->session, "boss", TW_TEST_PASSWORD, NULL, signed_in_cb, &sign_in);
  tw_test_wait_for (sign_in.done, 20);
  g_assert_no_error (sign_in.error);
  return self;
}

void
tw_desk_fixture_free (TwDeskFixture *self)
{
  tw_session_sign_out (self->session);
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (self->session)) == 0, 10);
  tw_session_set_default (NULL);
  g_object_unref (self->session);
  g_free (self->token);
  tw_test_server_free (self->server);
  g_free (self);
}

gint64
tw_desk_fixture_find_customer (TwDeskFixture *self, guint n)
{
  g_autofree char *path = g_strdup_printf ("/customers?code=C%04u", n);
  g_autoptr (TwTestReply) reply = tw_test_get (self->server, self->token, path);
  JsonArray *items;

  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  return json_object_get_int_member (json_array_get_object_element (items, 0), "id");
}

void
tw_desk_fixture_change_customer (TwDeskFixture *self, gint64 id, const char *field, const char *value)
{
  g_autofree char *path = g_strdup_printf ("/customers/%" G_GINT64_FORMAT, id);
  g_autofree char *body = g_strdup_printf ("{\"%s\":\"%s\"}", field, value);
  g_autoptr (TwTestReply) before = tw_test_get (self->server, self->token, path);
  g_autoptr (TwTestReply) after = tw_test_patch (
    self->server, self->token, path, json_object_get_int_member (tw_test_reply_object (before), "version"), body);

  tw_test_assert_status (after, 200);
}

GtkWidget *
tw_desk_fixture_show (GtkWidget *widget)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  tw_test_wait_for (gtk_widget_get_mapped (widget), 10);
  return window;
}

static gboolean
tick_cb (gpointer ticks)
{
  return ++*(guint *) ticks < 30;
}

void
tw_desk_fixture_picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("TW_TEST_PICTURES");
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  guint ticks = 0;

  if (folder == NULL)
    return;
  g_timeout_add (20, tick_cb, &ticks);
  tw_test_wait_for (ticks == 30, 10);
  file = g_strdup_printf ("%s/%s.png", folder, name);
  tw_shot_save (window, file, &error);
  g_assert_no_error (error);
}
