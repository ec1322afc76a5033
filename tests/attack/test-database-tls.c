/* test-database-tls.c: a MariaDB across the network is spoken to only when it proves who it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The MariaDB is the test's own, on 127.0.0.1. The certificate that it shows is replaced while it runs.
 */
#include "server/db/mariadb-process.h"
#include "tests/fixture/database.h"

typedef struct
{
  char *folder;
  char *certificate; /* what it shows: certificate and key */
  TwMariadbPaths paths;
  guint16 port;
  GPid pid;
} Far;

/* ---- The MariaDB ---- */

static guint16
find_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, TRUE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
show_certificate (Far *far, const char *name)
{
  g_autofree char *source = g_build_filename (TW_CERTIFICATES, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &text, &length, NULL));
  g_assert_true (g_file_set_contents (far->certificate, text, (gssize) length, NULL));
}

static void
start (Far *far, gboolean with_tls)
{
  g_autofree char *data = g_strconcat ("--datadir=", far->paths.data, NULL);
  g_autofree char *socket = g_strconcat ("--socket=", far->paths.socket, NULL);
  g_autofree char *pid_file = g_strconcat ("--pid-file=", far->paths.pid_file, NULL);
  g_autofree char *log = g_strconcat ("--log-error=", far->paths.log, NULL);
  g_autofree char *user = g_strconcat ("--user=", g_get_user_name (), NULL);
  g_autofree char *port = g_strdup_printf ("--port=%u", far->port);
  g_autofree char *certificate = g_strconcat ("--ssl-cert=", far->certificate, NULL);
  g_autofree char *key = g_strconcat ("--ssl-key=", far->certificate, NULL);
  const char *words[] = { "mariadbd", "--no-defaults", data, socket, pid_file, log, user, port,
                          "--bind-address=127.0.0.1", "--skip-name-resolve",
                          with_tls ? certificate : "--skip-ssl", with_tls ? key : NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async (NULL, (char **) words, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, &far->pid,
                 &error);
  g_assert_no_error (error);
  g_assert_true (tw_mariadb_wait (&far->paths, far->pid, -1));
}

static TwDb *
open_as_administrator (Far *far)
{
  TwDbAddress address
    = { .socket = far->paths.socket, .user = (char *) g_get_user_name (), .database = (char *) "mysql" };
  g_autoptr (GError) error = NULL;
  TwDb *db = tw_db_open (&address, &error);

  g_assert_no_error (error);
  return db;
}

static void
run_script (Far *far, const char *script)
{
  g_autoptr (TwDb) db = open_as_administrator (far);
  g_autoptr (GError) error = NULL;

  tw_db_execute_script (db, script, &error);
  g_assert_no_error (error);
}

static Far *
far_new (void)
{
  Far *far = g_new0 (Far, 1);
  g_autoptr (GError) error = NULL;

  far->folder = tw_test_folder_new ();
  far->certificate = g_build_filename (far->folder, "certificate.pem", NULL);
  far->paths = (TwMariadbPaths) { .data = g_build_filename (far->folder, "data", NULL),
                                  .socket = g_build_filename (far->folder, "socket", NULL),
                                  .pid_file = g_build_filename (far->folder, "pid", NULL),
                                  .log = g_build_filename (far->folder, "log", NULL) };
  far->port = find_port ();
  show_certificate (far, "good.pem");
  tw_mariadb_install (&far->paths, &error);
  g_assert_no_error (error);
  start (far, TRUE);
  run_script (far, "CREATE DATABASE trade CHARACTER SET utf8mb4;"
                   "CREATE USER trader@'127.0.0.1' IDENTIFIED BY 'secret' REQUIRE SSL;"
                   "GRANT ALL ON trade.* TO trader@'127.0.0.1';"
                   "CREATE USER careless@'127.0.0.1' IDENTIFIED BY 'secret';"
                   "GRANT ALL ON trade.* TO careless@'127.0.0.1';");
  return far;
}

static void
far_free (Far *far)
{
  tw_mariadb_end (far->pid);
  tw_test_folder_remove (far->folder);
  g_free (far->folder);
  g_free (far->certificate);
  g_free (far->paths.data);
  g_free (far->paths.socket);
  g_free (far->paths.pid_file);
  g_free (far->paths.log);
  g_free (far);
}

/* ---- Connections to it ---- */

static char *
url_of (Far *far, const char *user, const char *ca)
{
  return g_strdup_printf ("mariadb://%s:secret@127.0.0.1:%u/trade%s%s", user, far->port,
                          ca != NULL ? "?tls_ca=" TW_CERTIFICATES "/" : "", ca != NULL ? ca : "");
}

/* NULL with TW_ERROR_UNAVAILABLE. */
static TwDb *
open_far (Far *far, const char *user, const char *ca)
{
  g_autofree char *url = url_of (far, user, ca);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDbAddress) address = tw_db_address_parse (url, &error);
  TwDb *db;

  g_assert_no_error (error);
  db = tw_db_open (address, &error);
  if (db == NULL)
    g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
  return db;
}

static void
assert_refused (Far *far, const char *user, const char *ca)
{
  g_autoptr (TwDb) db = open_far (far, user, ca);

  g_assert_null (db);
}

static void
test_verified (gconstpointer data)
{
  g_autoptr (TwDb) db = open_far ((Far *) data, "trader", "ca.pem");
  g_autofree char *cipher = NULL;

  g_assert_nonnull (db);
  cipher = tw_test_database_value (
    db, "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher'");
  g_assert_cmpstr (cipher, !=, "");
}

static void
test_wrong_authority (gconstpointer data)
{
  assert_refused ((Far *) data, "trader", "stranger.pem");
}

/* The password does not cross the line in the clear, whatever the other side asks for. */
static void
test_without_tls (gconstpointer data)
{
  Far *far = (Far *) data;
  g_autoptr (TwDb) trusting = NULL;

  assert_refused (far, "trader", NULL); /* MariaDB's own demand */
  tw_mariadb_end (far->pid);
  start (far, FALSE);
  trusting = open_far (far, "careless", NULL); /* loopback: nobody listens in */
  g_assert_nonnull (trusting);
  assert_refused (far, "careless", "ca.pem");
  tw_mariadb_end (far->pid);
  start (far, TRUE);
}

static void
test_wrong_certificate (gconstpointer data)
{
  static const char *const names[] = { "elsewhere.pem", "expired.pem", "stranger.pem" };
  Far *far = (Far *) data;
  g_autoptr (TwDb) again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      show_certificate (far, names[i]);
      run_script (far, "FLUSH SSL;");
      assert_refused (far, "trader", "ca.pem");
    }
  show_certificate (far, "good.pem");
  run_script (far, "FLUSH SSL;");
  again = open_far (far, "trader", "ca.pem");
  g_assert_nonnull (again);
}

/* The whole program: it builds its schema there, or says that there is no database. */
static int
migrate (Far *far, const char *ca)
{
  g_autofree char *url = url_of (far, "trader", ca);
  g_autofree char *data_dir = g_build_filename (far->folder, "server", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                        TW_SERVER_PROGRAM, "--data-dir", data_dir, "--database", url, "migrate", NULL);

  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_program (gconstpointer data)
{
  Far *far = (Far *) data;

  g_assert_cmpint (migrate (far, "stranger.pem"), !=, 0);
  g_assert_cmpint (migrate (far, "ca.pem"), ==, 0);
}

int
main (int argc, char **argv)
{
  Far *far;
  int result;
  g_autofree char *path = g_strconcat (g_getenv ("PATH"), ":/usr/sbin:/usr/libexec", NULL);

  g_test_init (&argc, &argv, NULL);
  g_setenv ("PATH", path, TRUE); /* where mariadbd may be */
  far = far_new ();
  g_test_add_data_func ("/attack/database-tls/verified", far, test_verified);
  g_test_add_data_func ("/attack/database-tls/wrong-authority", far, test_wrong_authority);
  g_test_add_data_func ("/attack/database-tls/wrong-certificate", far, test_wrong_certificate);
  g_test_add_data_func ("/attack/database-tls/without-tls", far, test_without_tls);
  g_test_add_data_func ("/attack/database-tls/program", far, test_program);
  result = g_test_run ();
  far_free (far);
  return result;
}
