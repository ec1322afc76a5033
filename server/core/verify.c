/* verify.c: see verify.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/verify.h"

#include "server/core/log-trace.h"
#include "server/core/verify-store.h"
#include "shared/policy/transition.h"

#define MAX_PRINTED 10
#define MAX_READ 1000

/* Filled at start, constant afterwards. */
static GPtrArray *checks;

void
tw_verify_add (const TwCheck *rows)
{
  if (!checks)
    checks = g_ptr_array_new ();
  for (; rows->name; rows++)
    g_ptr_array_add (checks, (gpointer)rows);
}

static void G_GNUC_PRINTF (3, 4) print_line (TwVerifyPrint print, gpointer data, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  print (line, data);
}

static void
report (const char *name, GPtrArray *problems, TwVerifyPrint print, gpointer data)
{
  print_line (print, data, "%s: %s", problems->len == 0 ? "ok" : "FAILED", name);
  for (guint i = 0; i < MIN (problems->len, MAX_PRINTED); i++)
    print_line (print, data, "  %s", (const char *)g_ptr_array_index (problems, i));
  if (problems->len > MAX_PRINTED)
    print_line (print, data, "  … and %s%u more", problems->len >= MAX_READ ? "at least " : "",
                problems->len - MAX_PRINTED);
}

/* ---- The audit log's own ---- */

static void
check_step_cb (const char *document, const char *action, const char *from, const char *to, gint64 change,
               gpointer problems)
{
  const TwTransition *row = tw_transition_find (document, from, action);

  if (row != NULL && !tw_transition_allows (document, from, action, to))
    g_ptr_array_add (problems, g_strdup_printf ("change %" G_GINT64_FORMAT ": %s.%s led from %s to %s", change,
                                                document, action, from, to));
  if (row == NULL && g_strcmp0 (from, to) != 0)
    g_ptr_array_add (problems, g_strdup_printf ("change %" G_GINT64_FORMAT ": %s.%s is no step from %s", change,
                                                document, action, from));
}

/* One run, by several threads. */
typedef struct
{
  const char *head_file;
  TwVerifyPrint print;
  gpointer data;
  GMutex mutex; /* guards what follows, and printing */
  guint next;   /* the job that nobody has begun */
  gboolean clean;
  GError *error; /* the first; then nothing new is begun */
} Run;

static void
conclude (Run *run, const char *name, GPtrArray *problems)
{
  g_mutex_lock (&run->mutex);
  report (name, problems, run->print, run->data);
  run->clean = run->clean && problems->len == 0;
  g_mutex_unlock (&run->mutex);
}

static gboolean
compare (TwDb *db, const TwCheck *check, TwLogTrace *trace, Run *run, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!tw_log_trace_compare (trace, db, check, MAX_READ, problems, error))
    {
      g_prefix_error (error, "%s: ", check->name);
      return FALSE;
    }
  conclude (run, check->name, problems);
  return TRUE;
}

static const TwCheck *
nth_check (guint i)
{
  return checks != NULL && i < checks->len ? g_ptr_array_index (checks, i) : NULL;
}

typedef struct
{
  Run *run;
  GPtrArray *chain; /* what is wrong with it */
} Log;

/* In one snapshot: the log and the documents of one moment. */
static gboolean
check_log_cb (TwDb *db, gpointer data, GError **error)
{
  Log *log = data;
  g_autoptr (TwLogTrace) trace = tw_log_trace_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  const TwCheck *check;

  g_ptr_array_set_size (log->chain, 0); /* it may be run again */
  for (guint i = 0; (check = nth_check (i)) != NULL; i++)
    tw_log_trace_watch (trace, check);
  if (!tw_seal_verify_links (db, tw_log_trace_follow, trace, log->chain, error))
    return FALSE;
  for (guint i = 0; (check = nth_check (i)) != NULL; i++)
    if (check->document != NULL && !compare (db, check, trace, log->run, error))
      return FALSE;
  tw_state_trace_each_step (trace->states, check_step_cb, problems);
  conclude (log->run, "every step in the audit log is one that the table of transitions has", problems);
  return TRUE;
}

/* The log is read once, for the chain and for what it says of documents. */
static gboolean
check_log (TwDb *db, Run *run, GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func (g_free);

  if (!tw_db_snapshot (db, check_log_cb, &(Log) { run, chain }, error)
      || !tw_seal_verify_witness (db, run->head_file, chain, error))
    return FALSE;
  conclude (run, "audit chain is whole", chain);
  return TRUE;
}

/* ---- All of them ---- */

static gboolean
run_check (TwDb *db, const TwCheck *check, GPtrArray *problems, GError **error)
{
  gboolean done = check->check ? check->check (db, problems, error)
                               : tw_verify_store_read (db, check->sql, MAX_READ, problems, error);

  if (!done)
    g_prefix_error (error, "%s: ", check->name);
  return done;
}

static gboolean
run_and_report (TwDb *db, const TwCheck *check, Run *run, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!run_check (db, check, problems, error))
    return FALSE;
  conclude (run, check->name, problems);
  return TRUE;
}

/* What takes longest comes first: the log, then each check by itself. */
static gboolean
run_job (TwDb *db, guint job, Run *run, GError **error)
{
  const TwCheck *check;

  if (job == 0)
    return check_log (db, run, error);
  check = nth_check (job - 1);
  return check->document != NULL || run_and_report (db, check, run, error);
}

/* FALSE when there is no more, or somebody has failed. */
static gboolean
take_job (Run *run, guint *job)
{
  gboolean more;

  g_mutex_lock (&run->mutex);
  more = run->error == NULL && run->next < 1 + (checks != NULL ? checks->len : 0);
  *job = run->next++;
  g_mutex_unlock (&run->mutex);
  return more;
}

static void
work (TwDb *db, Run *run)
{
  guint job;

  while (take_job (run, &job))
    {
      g_autoptr (GError) error = NULL;

      if (run_job (db, job, run, &error))
        continue;
      g_mutex_lock (&run->mutex);
      if (run->error == NULL)
        run->error = g_steal_pointer (&error);
      g_mutex_unlock (&run->mutex);
    }
}

typedef struct
{
  TwDb *db;
  Run *run;
} Helper;

static gpointer
help_cb (gpointer data)
{
  Helper *helper = data;

  tw_db_thread_init ();
  work (helper->db, helper->run);
  tw_db_thread_end ();
  return NULL;
}

gboolean
tw_verify_run (TwDb *const *dbs, guint n, const char *head_file, TwVerifyPrint print, gpointer data, gboolean *clean,
               GError **error)
{
  g_autofree Helper *helpers = g_new0 (Helper, n);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  Run run = { .head_file = head_file, .print = print, .data = data, .clean = TRUE };

  g_mutex_init (&run.mutex);
  for (guint i = 1; i < n; i++)
    {
      helpers[i] = (Helper) { dbs[i], &run };
      g_ptr_array_add (threads, g_thread_new ("verify", help_cb, &helpers[i]));
    }
  work (dbs[0], &run);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  g_mutex_clear (&run.mutex);
  *clean = run.clean;
  if (run.error != NULL)
    g_propagate_error (error, run.error);
  return run.error == NULL;
}
