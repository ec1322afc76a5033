/* private-mariadb.c: a MariaDB of the server's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/private-mariadb.h"
#include "server/db/connection-private.h"
#include "server/db/private-folder.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of the machine's memory one part in so many is for pages of the database; they are taken as they are needed. */
#define POOL_SHARE 32
#define MIN_POOL_MIB 64
#define MAX_POOL_MIB 1024
/* Whoever waits hears within 2 s, the start of the program included. */
#define JOIN_USEC (1500 * G_TIME_SPAN_MILLISECOND)
/* How often a server that joined tries to become the keeper, and a keeper to start what died at once. */
#define WATCH_MSEC 500

#define OWNER_USER "tradewind_owner"
#define DATABASE "tradewind"

struct _TwPrivateMariadb
{
  TwPrivateFolder *folder;
  gint pid;    /* atomic; 0: none or another server's */
  int leaving; /* eventfd: the watcher is to end */
  GThread *watcher;
  TwDbAddress *owner;
  TwDbAddress *working;
};

/* ---- Accounts ---- */

static TwDbAddress *
new_address (TwPrivateMariadb *p, const char *user, char *password)
{
  TwDbAddress *address = g_new0 (TwDbAddress, 1);

  address->socket = g_strdup (p->folder->paths.socket);
  address->user = g_strdup (user);
  address->password = password;
  address->database = g_strdup (DATABASE);
  return address;
}

static char *
new_password (void)
{
  guchar bytes[24];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("no random numbers: %s", g_strerror (errno));
  return g_base64_encode (bytes, sizeof bytes);
}

static gboolean
write_accounts (const char *path, GKeyFile *file, GError **error)
{
  g_autofree char *owner = new_password ();
  g_autofree char *working = new_password ();
  g_autofree char *text = NULL;

  g_key_file_set_string (file, "passwords", OWNER_USER, owner);
  g_key_file_set_string (file, "passwords", TW_PRIVATE_USER, working);
  text = g_key_file_to_data (file, NULL, NULL);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

/* The passwords are made before the accounts; only the keeper makes them. */
static gboolean
load_accounts (TwPrivateMariadb *p, GError **error)
{
  g_autofree char *path = g_build_filename (p->folder->path, "accounts.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *owner = NULL, *working = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && p->folder->kept && !write_accounts (path, file, error))
    return FALSE;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return FALSE;
  owner = g_key_file_get_string (file, "passwords", OWNER_USER, error);
  working = owner != NULL ? g_key_file_get_string (file, "passwords", TW_PRIVATE_USER, error) : NULL;
  if (working == NULL)
    return FALSE;
  p->owner = new_address (p, OWNER_USER, g_steal_pointer (&owner));
  p->working = new_address (p, TW_PRIVATE_USER, g_steal_pointer (&working));
  return TRUE;
}

/* Through the operating system's user, whom MariaDB knows as its administrator. */
static gboolean
create_accounts (TwPrivateMariadb *p, GError **error)
{
  static const char script[]
      = "CREATE DATABASE IF NOT EXISTS " DATABASE " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;"
        "CREATE USER IF NOT EXISTS " OWNER_USER "@localhost; ALTER USER " OWNER_USER "@localhost IDENTIFIED BY '%s';"
        "GRANT ALL PRIVILEGES ON " DATABASE ".* TO " OWNER_USER "@localhost WITH GRANT OPTION;"
        "CREATE USER IF NOT EXISTS " TW_PRIVATE_USER "@localhost; ALTER USER " TW_PRIVATE_USER
        "@localhost IDENTIFIED BY '%s';";
  g_autofree char *sql = g_strdup_printf (script, p->owner->password, p->working->password); /* base64 */
  TwDbAddress address = { .socket = p->folder->paths.socket,
                          .user = (char *) g_get_user_name (),
                          .database = (char *) "mysql" };
  g_autoptr (TwDb) db = tw_db_open (&address, error);

  return db != NULL && tw_db_execute_script (db, sql, error);
}

/* The file says whether the accounts were made: written last, it is also there only then. */
static gboolean
ensure_accounts (TwPrivateMariadb *p, GError **error)
{
  g_autofree char *mark = g_build_filename (p->folder->paths.data, "tradewind-accounts", NULL);

  if (g_file_test (mark, G_FILE_TEST_EXISTS))
    return TRUE;
  return create_accounts (p, error)
         && g_file_set_contents_full (mark, "", 0, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* ---- Keeping ---- */

static gboolean
is_leaving (TwPrivateMariadb *p)
{
  struct pollfd leaving = { .fd = p->leaving, .events = POLLIN };

  return poll (&leaving, 1, 0) > 0;
}

/* With the lock held: the one that a killed server left behind, or a new one. */
static gboolean
adopt_or_spawn (TwPrivateMariadb *p, GError **error)
{
  GPid pid = tw_mariadb_find (&p->folder->paths);

  if (pid != 0 && tw_mariadb_wait (&p->folder->paths, pid, p->leaving))
    g_message ("private database: adopted process %d", (int) pid);
  else if (pid != 0 && is_leaving (p))
    g_message ("private database: process %d does not answer, and is ended", (int) pid); /* by whoever leaves */
  else
    {
      if (pid != 0)
        tw_mariadb_end (pid); /* stuck: the folder must be free */
      if (!tw_mariadb_spawn (&p->folder->paths, &pid, error))
        return FALSE;
    }
  g_atomic_int_set (&p->pid, pid);
  return TRUE;
}

/* Whether the other server's database answers its owner: the socket accepts before the accounts are made. */
static gboolean
can_join (TwPrivateMariadb *p)
{
  g_autoptr (TwDb) db = NULL;

  if (!tw_mariadb_accepts (p->folder->paths.socket) || (p->owner == NULL && !load_accounts (p, NULL)))
    return FALSE;
  db = tw_db_open (p->owner, NULL);
  return db != NULL;
}

static gboolean
wait_joined (TwPrivateMariadb *p, GError **error)
{
  gint64 until = g_get_monotonic_time () + JOIN_USEC;

  while (!can_join (p))
    {
      if (g_get_monotonic_time () > until)
        return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                             _ ("Another server keeps the folder %s, and its database does not answer."),
                             p->folder->path);
      g_usleep (20000);
    }
  return TRUE;
}

/* ---- Watching, on a thread of its own ---- */

/* Sleeps until @pid ends (0: nothing to watch) or a while has passed; FALSE when the instance is being stopped. */
static gboolean
watch_once (TwPrivateMariadb *p, GPid pid)
{
  struct pollfd fds[2] = { { .fd = p->leaving, .events = POLLIN }, { .fd = -1, .events = POLLIN } };
  gboolean leaving;

  if (pid != 0)
    fds[1].fd = tw_mariadb_watch (pid);
  poll (fds, 2, fds[1].fd >= 0 ? -1 : WATCH_MSEC);
  leaving = (fds[0].revents & POLLIN) != 0;
  if (fds[1].fd >= 0)
    close (fds[1].fd);
  if (!leaving && pid != 0)
    {
      waitpid (pid, NULL, WNOHANG);
      g_atomic_int_set (&p->pid, 0);
      g_warning ("the private database ended by itself and is started again");
    }
  return !leaving;
}

static gpointer
watch_cb (gpointer data)
{
  TwPrivateMariadb *p = data;

  while (watch_once (p, g_atomic_int_get (&p->pid)))
    {
      g_autoptr (GError) error = NULL;

      if (g_atomic_int_get (&p->pid) == 0 && tw_private_folder_try_keep (p->folder) && !adopt_or_spawn (p, &error))
        g_warning ("private database: %s", error->message);
    }
  return NULL;
}

/* A year's orders do not fit into what is enough for the first; a page that is not there is read from the disk. */
static guint
choose_pool_mib (void)
{
  gint64 mib = (gint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE) / (1024 * 1024);

  return (guint) CLAMP (mib / POOL_SHARE, MIN_POOL_MIB, MAX_POOL_MIB);
}

/* ---- Public ---- */

TwPrivateMariadb *
tw_private_mariadb_start (const char *folder, guint buffer_pool_mib, GError **error)
{
  g_autoptr (TwPrivateMariadb) p = g_new0 (TwPrivateMariadb, 1);

  p->leaving = -1;
  p->folder = tw_private_folder_open (folder, error);
  if (p->folder == NULL)
    return NULL;
  p->folder->paths.buffer_pool_mib = buffer_pool_mib > 0 ? buffer_pool_mib : choose_pool_mib ();
  if (tw_private_folder_try_keep (p->folder))
    {
      if (!tw_mariadb_install (&p->folder->paths, error) || !load_accounts (p, error) || !adopt_or_spawn (p, error)
          || !ensure_accounts (p, error))
        return NULL;
    }
  else if (!wait_joined (p, error))
    return NULL;
  p->leaving = eventfd (0, EFD_CLOEXEC);
  g_assert (p->leaving >= 0);
  p->watcher = g_thread_new ("private-mariadb", watch_cb, p);
  return g_steal_pointer (&p);
}

void
tw_private_mariadb_stop (TwPrivateMariadb *p)
{
  if (p == NULL)
    return;
  if (p->watcher != NULL)
    {
      eventfd_write (p->leaving, 1);
      g_thread_join (p->watcher);
    }
  if (p->pid != 0)
    tw_mariadb_end (p->pid);
  if (p->leaving >= 0)
    close (p->leaving);
  tw_db_address_free (p->owner);
  tw_db_address_free (p->working);
  tw_private_folder_close (p->folder);
  g_free (p);
}

const TwDbAddress *
tw_private_mariadb_get_owner (TwPrivateMariadb *p)
{
  return p->owner;
}

const TwDbAddress *
tw_private_mariadb_get_working (TwPrivateMariadb *p)
{
  return p->working;
}

int
tw_private_mariadb_get_pid (TwPrivateMariadb *p)
{
  return g_atomic_int_get (&p->pid);
}
