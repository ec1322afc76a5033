/* test-network.c: a server with a wrong certificate is told from the right one; live events go on after a break; a
 * change whose answer is lost is made once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server speaks TLS and is started with one certificate after the other. The authority that signed the good one is
 * the only one that this process trusts.
 */
#include "client/sign-in-page.h"
#include "client/window.h"
#include "tests/fixture/database.h"
#include "tests/fixture/relay.h"
#include "tests/fixture/server.h"

static TwTestServer *server;
static TwApplication *application;
static char *certificate; /* the file that the server shows */

static void
show_certificate (const char *name)
{
  g_autofree char *source = g_build_filename (TW_CERTIFICATES, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &text, &length, NULL));
  g_assert_true (g_file_set_contents (certificate, text, (gssize) length, NULL));
}

static TwSession *
get_session (void)
{
  return tw_application_get_session (application);
}

/* ---- Certificates ---- */

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *found = gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static gboolean
says (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* Signing in at @url says @sentence, where %s is that address. */
static void
assert_says (const char *url, const char *language, const char *sentence)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);
  g_autofree char *text = g_strconcat (parts[0], url, parts[1], NULL);
  GtkWidget *window, *page;

  tw_application_set_language (application, language);
  window = GTK_WIDGET (tw_window_new (application));
  gtk_window_present (GTK_WINDOW (window));
  tw_test_wait_for ((page = find (window, TW_TYPE_SIGN_IN_PAGE)) != NULL, 10);
  tw_sign_in_page_prepare (TW_SIGN_IN_PAGE (page), url, "sales", NULL);
  tw_sign_in_page_try (TW_SIGN_IN_PAGE (page), "sales", TW_TEST_PASSWORD);
  tw_test_wait_for (says (window, text), 20);
  g_assert_false (tw_session_is_signed_in (get_session ()));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Certificate, and what is said of it in English and in Chinese. */
static const char *const wrong[][3] = {
  { "stranger.pem",
    "The server at %s does not prove who it is, so nothing was sent to it. Check the address, or ask your administrator "
    "for its certificate.",
    "无法验证服务器 %s 的身份，因此未向其发送任何数据。请检查地址，或向管理员索取其证书。" },
  { "elsewhere.pem",
    "The certificate of the server at %s was made for another address, so nothing was sent to it. Check the address.",
    "服务器 %s 的证书属于另一个地址，因此未向其发送任何数据。请检查地址。" },
  { "expired.pem",
    "The certificate of the server at %s is out of date, so nothing was sent to it. Ask your administrator to renew it, "
    "and check the clock of this computer.",
    "服务器 %s 的证书不在有效期内，因此未向其发送任何数据。请联系管理员更换证书，并检查本机的日期和时间。" },
};

static void
test_wrong_certificates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *log = NULL;

      g_test_message ("%s", wrong[i][0]);
      show_certificate (wrong[i][0]);
      tw_test_server_restart (server);
      assert_says (tw_test_server_get_url (server), "en", wrong[i][1]);
      assert_says (tw_test_server_get_url (server), "zh_CN", wrong[i][2]);
      log = tw_test_server_read_log (server);
      g_assert_null (strstr (log, "/session")); /* nothing was sent to it */
    }
  tw_application_set_language (application, "en");
  show_certificate ("good.pem");
  tw_test_server_restart (server);
}

/* Nothing is said of certificates where none was seen. */
static void
test_broken_handshake (void)
{
  TwTestRelay *relay = tw_test_relay_new ("https://127.0.0.1:1"); /* there is nobody, so the connection ends at once */

  assert_says (tw_test_relay_get_url (relay), "en",
               "The server at %s does not encrypt, or the connection broke off. Nothing was sent to it. Check the "
               "address and the network.");
  assert_says (tw_test_relay_get_url (relay), "zh_CN",
               "服务器 %s 未使用加密连接，或连接已中断，因此未向其发送任何数据。请检查地址和网络。");
  tw_test_relay_free (relay);
  tw_application_set_language (application, "en");
}

/* ---- Live events ---- */

typedef struct
{
  GArray *ids; /* of changed settings */
  guint missed;
  gboolean done;
} Heard;

static void
changed_cb (TwEvents *events, const char *kind, gint64 id, gint64 version, gpointer data)
{
  g_array_append_val (((Heard *) data)->ids, id);
}

static void
missed_cb (TwEvents *events, gpointer data)
{
  ((Heard *) data)->missed++;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  tw_session_sign_in_finish (TW_SESSION (source), result, &error);
  g_assert_no_error (error);
  ((Heard *) data)->done = TRUE;
}

static void
change (gint64 id)
{
  g_autofree char *script
    = g_strdup_printf ("INSERT INTO change_log (at, source, document, document_id, version, action)"
                       " VALUES (UTC_TIMESTAMP(6), 'test', 'setting', %" G_GINT64_FORMAT ", 1, 'change')",
                       id);

  tw_test_server_script (server, script);
}

static gint64
last_of (Heard *heard)
{
  return heard->ids->len > 0 ? g_array_index (heard->ids, gint64, heard->ids->len - 1) : 0;
}

/* The line breaks, things change while nobody is connected: all is heard afterwards, once each and in order. */
static void
test_resume (void)
{
  TwSession *session = get_session ();
  TwApi *api = tw_session_get_api (session);
  TwEvents *events = tw_session_get_events (session);
  Heard heard = { .ids = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  g_assert_true (tw_api_set_server (api, tw_test_server_get_url (server), NULL));
  tw_session_sign_in_async (session, "admin", TW_TEST_PASSWORD, NULL, signed_in_cb, &heard);
  tw_test_wait_for (heard.done && tw_events_is_connected (events), 20);
  g_signal_connect (events, "changed::setting", G_CALLBACK (changed_cb), &heard);
  g_signal_connect (events, "missed", G_CALLBACK (missed_cb), &heard);
  for (gint64 id = 1; heard.ids->len == 0; id++) /* until the server has placed it */
    {
      change (id);
      g_usleep (100000);
      g_main_context_iteration (NULL, FALSE);
    }
  change (1000);
  tw_test_wait_for (last_of (&heard) == 1000, 10);
  g_array_set_size (heard.ids, 0);
  tw_test_server_kill (server);
  tw_test_wait_for (!tw_events_is_connected (events), 20);
  for (gint64 id = 1001; id <= 1020; id++)
    change (id);
  tw_test_server_start (server);
  g_assert_true (tw_api_set_server (api, tw_test_server_get_url (server), NULL)); /* another port */
  tw_events_retry (events);
  tw_test_wait_for (last_of (&heard) == 1020, 20);
  change (1021);
  tw_test_wait_for (last_of (&heard) == 1021, 10);
  g_assert_cmpuint (heard.ids->len, ==, 21);
  for (guint i = 0; i < heard.ids->len; i++)
    g_assert_cmpint (g_array_index (heard.ids, gint64, i), ==, 1001 + i);
  g_assert_cmpuint (heard.missed, ==, 0);
  g_signal_handlers_disconnect_by_data (events, &heard);
  g_array_unref (heard.ids);
  tw_session_sign_out (session);
  tw_test_wait_for (tw_api_count_pending (api) == 0, 30);
}

/* ---- A lost answer ---- */

typedef struct
{
  TwApiReply *reply;
  GError *error;
} Answer;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->reply = tw_api_call_finish (TW_API (source), result, &answer->error);
}

/* The change is in the database, and its own author must not be told that somebody else has made it. */
static void
test_lost_answer (void)
{
  TwSession *session = get_session ();
  TwApi *api = tw_session_get_api (session);
  TwTestRelay *relay = tw_test_relay_new (tw_test_server_get_url (server));
  gint64 id = tw_test_server_add_user (server, "clerk", "sales");
  g_autofree char *path = g_strdup_printf ("/users/%" G_GINT64_FORMAT, id);
  g_autoptr (GString) body = g_string_new ("{\"name\":\"Clara\"}");
  Heard heard = { 0 };
  Answer answer = { 0 };

  g_assert_true (tw_api_set_server (api, tw_test_relay_get_url (relay), NULL));
  tw_session_sign_in_async (session, "admin", TW_TEST_PASSWORD, NULL, signed_in_cb, &heard);
  tw_test_wait_for (heard.done && tw_events_is_connected (tw_session_get_events (session))
                      && tw_api_count_pending (api) == 0, 20);
  tw_test_relay_lose_answer (relay);
  tw_api_call_async (api, "PATCH", path, body, 1, NULL, NULL, answered_cb, &answer);
  tw_test_wait_for (answer.reply != NULL || answer.error != NULL, 20);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (tw_test_relay_count_lost (relay), ==, 1);
  g_assert_cmpstr (answer.reply->etag, ==, "\"2\"");
  tw_api_reply_unref (answer.reply);
  tw_session_sign_out (session);
  tw_test_wait_for (tw_api_count_pending (api) == 0, 30);
  g_assert_true (tw_api_set_server (api, tw_test_server_get_url (server), NULL));
  tw_test_relay_free (relay);
}

static void
trust_our_authority (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (TW_CERTIFICATES "/ca.pem", &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = tw_test_folder_new ();
  const char *options[] = { "--tls-certificate", NULL, "--tls-key", NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  trust_our_authority ();
  certificate = g_build_filename (folder, "server.pem", NULL);
  options[1] = options[3] = certificate;
  show_certificate ("good.pem");
  server = tw_test_server_new (options);
  tw_test_server_add_user (server, "sales", "sales");
  tw_test_server_add_user (server, "admin", "admin");
  application = tw_application_new_for_server (tw_test_server_get_url (server), "en", &error);
  g_assert_no_error (error);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/client/network/wrong-certificates", test_wrong_certificates);
  g_test_add_func ("/client/network/broken-handshake", test_broken_handshake);
  g_test_add_func ("/client/network/resume", test_resume);
  g_test_add_func ("/client/network/lost-answer", test_lost_answer);
  status = g_test_run ();
  g_object_unref (application);
  tw_test_server_free (server);
  tw_test_folder_remove (folder);
  g_free (certificate);
  return status;
}
