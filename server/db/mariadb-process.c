/* mariadb-process.c: one mariadbd on one folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/mariadb-process.h"
#include "server/db/file-tree.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1024 * 1024)
/* Of the redo log. */
#define SMALL_LOG_MIB 64
#define LARGE_LOG_MIB 256
/* To recover from a crash each page that the redo log names is read, from a slow disk some hundred a second; a living
 * process is given this long. Killed, it would begin again. */
#define READY_SECONDS 180
#define END_SECONDS 30
#define GREETING_MSEC 500
/* A data directory that is being made is called so. */
#define NEW_SUFFIX ".new"

static char *
find_program (const char *name, GError **error)
{
  static const char *const folders[] = { "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec" };
  char *found = g_find_program_in_path (name);

  for (gsize i = 0; found == NULL && i < G_N_ELEMENTS (folders); i++)
    {
      found = g_build_filename (folders[i], name, NULL);
      if (!g_file_test (found, G_FILE_TEST_IS_EXECUTABLE))
        g_clear_pointer (&found, g_free);
    }
  if (found == NULL)
    /* Translators: %s is the name of a program. */
    tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("%s is not installed; install MariaDB's server, or name a database."),
                  name);
  return found;
}

static void
add (GPtrArray *arguments, const char *format, const char *value)
{
  g_ptr_array_add (arguments, value != NULL ? g_strconcat (format, value, NULL) : g_strdup (format));
}

/* ---- Installing ---- */

static gboolean
run_installer (const char *folder, GError **error)
{
  g_autofree char *program = find_program ("mariadb-install-db", error);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;

  if (program == NULL)
    return FALSE;
  add (arguments, program, NULL);
  add (arguments, "--no-defaults", NULL);
  add (arguments, "--datadir=", folder);
  /* Two installations at once would meet in /tmp: the names of temporary tables hold process ids, which containers that
   * share that folder have in common. */
  add (arguments, "--tmpdir=", folder);
  add (arguments, "--auth-root-authentication-method=socket", NULL);
  add (arguments, "--auth-root-socket-user=", g_get_user_name ());
  add (arguments, "--skip-test-db", NULL);
  add (arguments, "--skip-name-resolve", NULL);
  if (geteuid () == 0)
    add (arguments, "--user=root", NULL);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, error))
    return FALSE;
  if (!g_subprocess_get_successful (process))
    {
      g_message ("mariadb-install-db: %s", output);
      return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                           _ ("The private database cannot be created; the log says why."));
    }
  return TRUE;
}

/* Of tries that were cut off. Their installer may still run, for it is not killed with the server. */
static void
remove_halves (const char *data)
{
  g_autofree char *parent = g_path_get_dirname (data);
  g_autofree char *prefix = g_strconcat (data, NEW_SUFFIX, NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);

      if (g_str_has_prefix (path, prefix))
        tw_file_tree_remove (path);
    }
}

gboolean
tw_mariadb_install (const TwMariadbPaths *paths, GError **error)
{
  /* A name of its own: what still writes into the half of an earlier try must never meet this one. */
  g_autofree char *temporary = g_strconcat (paths->data, NEW_SUFFIX "-XXXXXX", NULL);

  if (g_file_test (paths->data, G_FILE_TEST_IS_DIR))
    return TRUE;
  remove_halves (paths->data);
  if (g_mkdtemp (temporary) == NULL)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The folder %s cannot be created: %s"), temporary,
                         g_strerror (errno));
  if (!run_installer (temporary, error))
    return FALSE;
  if (g_rename (temporary, paths->data) != 0)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The folder %s cannot be created: %s"), paths->data,
                         g_strerror (errno));
  return TRUE;
}

/* ---- Starting ---- */

gboolean
tw_mariadb_accepts (const char *socket_path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  struct pollfd greeted = { .events = POLLIN };
  char first;
  int fd;
  gboolean accepted;

  g_return_val_if_fail (strlen (socket_path) < sizeof address.sun_path, FALSE);
  /* One that is frozen takes no connection off its queue; when that is full, a connect would wait for ever. */
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;
  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  /* The kernel accepts as soon as MariaDB listens. Only its greeting shows that its loop runs: asked to end
   * before that, it would never hear of it. */
  greeted.fd = fd;
  accepted = connect (fd, (struct sockaddr *) &address, sizeof address) == 0 && poll (&greeted, 1, GREETING_MSEC) > 0
             && read (fd, &first, 1) == 1;
  close (fd);
  return accepted;
}

static guint
stat_log_mib (const TwMariadbPaths *paths)
{
  g_autofree char *path = g_build_filename (paths->data, "ib_logfile0", NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (guint) (status.st_size / MIB) : 0;
}

static guint64
stat_room_mib (const TwMariadbPaths *paths)
{
  struct statvfs room;

  return statvfs (paths->data, &room) == 0 ? (guint64) room.f_bavail * room.f_frsize / MIB : 0;
}

/* When the log is full, every change waits until pages are written: a thousand orders a second fill 64 MiB in some five
 * seconds, and one request in a hundred met that. After a crash it is read again, and a machine with little memory is
 * spared that. Another size is another file, made beside the old one before the start goes on; so it is never made
 * smaller, nor larger on a disk that is nearly full. */
guint
tw_mariadb_choose_log_mib (guint pool_mib, guint present_mib, guint64 room_mib)
{
  guint wanted = pool_mib < LARGE_LOG_MIB ? SMALL_LOG_MIB : LARGE_LOG_MIB;

  return present_mib >= wanted || (present_mib > 0 && room_mib <= 2 * wanted) ? present_mib : wanted;
}

static GPtrArray *
build_arguments (const TwMariadbPaths *paths, const char *program)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *pool = g_strdup_printf ("%uM", paths->buffer_pool_mib);
  guint log_mib = tw_mariadb_choose_log_mib (paths->buffer_pool_mib, stat_log_mib (paths), stat_room_mib (paths));
  g_autofree char *log = g_strdup_printf ("%uM", log_mib);

  add (arguments, program, NULL);
  add (arguments, "--no-defaults", NULL);
  add (arguments, "--datadir=", paths->data);
  add (arguments, "--tmpdir=", paths->data);
  add (arguments, "--secure-file-priv=", paths->data);
  add (arguments, "--socket=", paths->socket);
  add (arguments, "--pid-file=", paths->pid_file);
  add (arguments, "--log-error=", paths->log);
  add (arguments, "--skip-networking", NULL);
  add (arguments, "--skip-name-resolve", NULL);
  add (arguments, "--local-infile=0", NULL);
  add (arguments, "--character-set-server=utf8mb4", NULL);
  add (arguments, "--collation-server=utf8mb4_unicode_520_ci", NULL);
  add (arguments, "--sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
                  "NO_ENGINE_SUBSTITUTION",
       NULL);
  add (arguments, "--innodb-flush-log-at-trx-commit=1", NULL);
  add (arguments, "--innodb-buffer-pool-size=", pool);
  add (arguments, "--innodb-log-file-size=", log);
  /* Both are laid out at each start, and the log is read through the latter: with what MariaDB takes else (128 and
   * 16 MiB) that is a quarter of the start. No table of ours is MyISAM; few transactions log more than a MiB. */
  add (arguments, "--key-buffer-size=8", NULL);
  add (arguments, "--innodb-log-buffer-size=4M", NULL);
  add (arguments, "--performance-schema=0", NULL);
  add (arguments, "--max-allowed-packet=64M", NULL);
  add (arguments, "--max-connections=200", NULL);
  if (geteuid () == 0)
    add (arguments, "--user=root", NULL);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

gboolean
tw_mariadb_wait (const TwMariadbPaths *paths, GPid pid, int leaving)
{
  gint64 until = g_get_monotonic_time () + READY_SECONDS * G_TIME_SPAN_SECOND;
  struct pollfd ends[2] = { { .fd = tw_mariadb_watch (pid), .events = POLLIN }, { .fd = leaving, .events = POLLIN } };
  gboolean ready = FALSE;

  while (ends[0].fd >= 0 && !ready && g_get_monotonic_time () < until)
    {
      if (poll (ends, 2, 1) > 0)
        break;
      ready = tw_mariadb_accepts (paths->socket);
    }
  if (ends[0].fd >= 0)
    close (ends[0].fd);
  return ready;
}

/* Out of the reach of the terminal's Ctrl-C: the server ends it when it has finished its own work. */
static void
leave_group_cb (gpointer data)
{
  setpgid (0, 0);
}

gboolean
tw_mariadb_spawn (const TwMariadbPaths *paths, GPid *pid, GError **error)
{
  g_autofree char *program = find_program ("mariadbd", error);
  g_autoptr (GPtrArray) arguments = NULL;

  *pid = 0;
  if (program == NULL)
    return FALSE;
  g_unlink (paths->socket); /* of one that was killed; nobody else runs on this folder, we hold its lock */
  arguments = build_arguments (paths, program);
  if (!g_spawn_async (NULL, (char **) arguments->pdata, NULL,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                      leave_group_cb, NULL, pid, error))
    return FALSE;
  if (tw_mariadb_wait (paths, *pid, -1))
    return TRUE;
  tw_mariadb_end (*pid);
  *pid = 0;
  /* Translators: %s is a file name. */
  return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                       _ ("The private database does not start; %s says why."), paths->log);
}

/* ---- Watching and ending ---- */

static gboolean
is_ours (GPid pid, const TwMariadbPaths *paths)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/cmdline", (int) pid);
  g_autofree char *own = g_strconcat ("--datadir=", paths->data, NULL);
  g_autofree char *arguments = NULL;
  gsize length;

  if (!g_file_get_contents (path, &arguments, &length, NULL))
    return FALSE;
  for (const char *a = arguments; a < arguments + length; a += strlen (a) + 1)
    if (g_str_equal (a, own))
      return TRUE;
  return FALSE;
}

static GPid
read_pid_file (const TwMariadbPaths *paths)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (paths->pid_file, &text, NULL, NULL) ? (GPid) g_ascii_strtoll (text, NULL, 10) : 0;
}

/* It writes its pid file when it listens: one whose server was killed just after starting it has none yet. */
GPid
tw_mariadb_find (const TwMariadbPaths *paths)
{
  g_autoptr (GDir) processes = NULL;
  const char *name;
  GPid pid = read_pid_file (paths);

  if (pid > 0 && is_ours (pid, paths))
    return pid;
  processes = g_dir_open ("/proc", 0, NULL);
  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL)
    {
      pid = (GPid) g_ascii_strtoll (name, NULL, 10);
      if (pid > 0 && is_ours (pid, paths))
        return pid;
    }
  return 0;
}

int
tw_mariadb_watch (GPid pid)
{
  return pidfd_open (pid, 0);
}

void
tw_mariadb_end (GPid pid)
{
  struct pollfd ended = { .fd = tw_mariadb_watch (pid), .events = POLLIN };

  if (ended.fd >= 0)
    {
      kill (pid, SIGTERM);
      if (poll (&ended, 1, END_SECONDS * 1000) == 0)
        {
          g_warning ("mariadbd does not end and is killed");
          kill (pid, SIGKILL);
          poll (&ended, 1, -1);
        }
      close (ended.fd);
    }
  waitpid (pid, NULL, WNOHANG); /* when it was our child; an adopted one is not */
}
