/* command-serve.c: serve, migrate and openapi
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib-unix.h>
#include <stdio.h>

#include "server/areas.h"
#include "server/command.h"
#include "server/core/openapi.h"
#include "server/core/seal.h"
#include "server/core/session.h"
#include "server/core/timer.h"
#include "server/database.h"
#include "server/db/list-mark.h"
#include "server/db/statistics.h"
#include "server/http/dispatch.h"
#include "server/http/log.h"
#include "server/masterdata/masterdata.h"

/* What has begun may take this long after SIGTERM. */
#define STOP_SECONDS 20

typedef struct
{
  GMainLoop *loop;
  TwDispatch *dispatch;
} Serving;

static void
sealed_cb (gint64 seq, gpointer data)
{
  tw_dispatch_changed (data);
}

static gboolean
quiet_cb (gpointer data)
{
  Serving *serving = data;

  g_main_loop_quit (serving->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
terminate_cb (gpointer data)
{
  Serving *serving = data;

  g_message ("stopping");
  tw_dispatch_stop (serving->dispatch, STOP_SECONDS, quiet_cb, serving);
  return G_SOURCE_CONTINUE;
}

/* Until a signal ends it. */
static void
serve_until_stopped (TwDispatch *dispatch)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Serving serving = { .loop = loop, .dispatch = dispatch };
  guint term = g_unix_signal_add (SIGTERM, terminate_cb, &serving);
  guint interrupt = g_unix_signal_add (SIGINT, terminate_cb, &serving);

  printf ("listening on %s\n", tw_dispatch_get_uri (dispatch));
  fflush (stdout);
  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
}

#define STATISTICS_SECONDS 5
#define MARK_SECONDS 30

static gboolean
refresh_statistics_cb (TwDb *db, GError **error)
{
  static GHashTable *known; /* of the timers' thread */

  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return tw_statistics_refresh (db, known, error);
}

/* Its passwords are known to everyone. */
static gboolean
check_demonstration (const TwConfig *config, TwDatabase *database, GError **error)
{
  g_autoptr (TwDb) db = tw_db_open (tw_database_get_working (database), error);
  gboolean is_demo = FALSE;

  if (db == NULL || !tw_setting_is_demonstration (db, &is_demo, error))
    return FALSE;
  if (!is_demo || tw_config_is_loopback (config))
    return TRUE;
  return tw_error_set (error, TW_ERROR_STATE,
                       "this is the demonstration, whose passwords everyone knows: it listens on this machine only");
}

gboolean
tw_command_serve (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *head_file = tw_config_get_head_file (config);
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDispatch) dispatch = NULL;
  TwSealer *sealer;
  TwTimers *timers;

  if (!tw_command_read_options (&argc, &argv, NULL, 0, 0, error) || !tw_config_check (config, error))
    return FALSE;
  tw_log_start ();
  tw_session_set_times ((TwSessionTimes) { .idle = config->session_idle, .absolute = config->session_absolute });
  tw_areas_register ();
  tw_timer_add ("statistics", STATISTICS_SECONDS, refresh_statistics_cb);
  tw_timer_add ("list-marks", MARK_SECONDS, tw_list_mark_advance);
  database = tw_database_open (config, error);
  if (database == NULL || !check_demonstration (config, database, error))
    return FALSE;
  dispatch = tw_dispatch_new (config, tw_database_get_working (database), error);
  if (dispatch == NULL)
    return FALSE;
  sealer = tw_sealer_start (tw_database_get_working (database), head_file, sealed_cb, dispatch);
  timers = tw_timers_start (tw_database_get_working (database));
  serve_until_stopped (dispatch);
  tw_timers_stop (timers);
  tw_sealer_stop (sealer);
  return TRUE;
}

gboolean
tw_command_migrate (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autoptr (TwDatabase) database = NULL;

  if (!tw_command_read_options (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  database = tw_database_open (config, error);
  return database != NULL;
}

gboolean
tw_command_openapi (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;

  if (!tw_command_read_options (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  tw_areas_register ();
  text = tw_openapi_write ();
  puts (text);
  return TRUE;
}
