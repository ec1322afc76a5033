/* worker.c: the threads that talk to the database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/worker.h"

#include <sys/resource.h>

#include "shared/base/text.h"

/* How often a lost database is tried. */
#define RETRY_USEC (250 * G_TIME_SPAN_MILLISECOND)
#define CHECK_USEC G_USEC_PER_SEC

typedef struct
{
  TwWorkers *pool;
  TwWorkRun run;
  TwWorkDone done;
  gpointer data;
  GError *error;
} Job;

struct _TwWorkers
{
  TwDbAddress *address;
  GMainContext *context;
  GThread **threads;
  guint n_threads;
  guint max_queue;
  int niceness;
  gint interrupted; /* atomic; not 0: no further statement */

  GMutex mutex; /* guards what follows */
  GCond cond;
  GQueue queue;
  gboolean stopping;
  gboolean away;    /* the database is gone: nothing is queued */
  gboolean probing; /* one thread is trying to reach it */
};

/* ---- Reports on the main context -------------------------------------------------------------- */

static gboolean
report_cb (gpointer data)
{
  Job *job = data;

  job->done (job->data, job->error);
  return G_SOURCE_REMOVE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->error);
  g_free (job);
}

static void
report (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, job, job_free);
  g_source_attach (source, job->pool->context);
}

static gboolean
is_interrupted (TwWorkers *self)
{
  return g_atomic_int_get (&self->interrupted) != 0;
}

static void
refuse (TwWorkers *self, GError **error)
{
  if (is_interrupted (self))
    tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The server is stopping. Please try again in a moment."));
  else
    tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The database cannot be reached at the moment. Please try again."));
}

/* ---- Losing and finding the database ------------------------------------------------------------ */

static void
refuse_waiting_locked (TwWorkers *self)
{
  Job *job;

  while ((job = g_queue_pop_head (&self->queue)) != NULL)
    {
      refuse (self, &job->error);
      report (job);
    }
  g_cond_broadcast (&self->cond);
}

/* Nobody shall wait for a database that is away. */
static void
set_away (TwWorkers *self)
{
  g_mutex_lock (&self->mutex);
  self->away = TRUE;
  refuse_waiting_locked (self);
  g_mutex_unlock (&self->mutex);
}

/* Makes sure that *db is a living connection. */
static gboolean
connect_db (TwWorkers *self, TwDb **db, GError **error)
{
  if (*db != NULL)
    return tw_db_ensure (*db, error);
  *db = tw_db_open (self->address, error);
  if (*db == NULL)
    return FALSE;
  tw_db_heed (*db, &self->interrupted);
  return TRUE;
}

/* One attempt of the thread whose turn it is; the others wait for the outcome. Called and returns locked. */
static void
probe_locked (TwWorkers *self, TwDb **db)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  if (self->probing)
    {
      g_cond_wait (&self->cond, &self->mutex);
      return;
    }
  self->probing = TRUE;
  g_mutex_unlock (&self->mutex);
  reached = connect_db (self, db, &error);
  g_mutex_lock (&self->mutex);
  self->probing = FALSE;
  if (reached)
    {
      g_message ("the database is reached again");
      self->away = FALSE;
      g_cond_broadcast (&self->cond);
    }
  else if (!self->stopping)
    g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + RETRY_USEC);
}

/* ---- Threads ------------------------------------------------------------------------------------ */

/* Whether the connection was there a moment ago. Asking it before each job costs a round trip, and a transaction that
 * finds it gone takes it up again by itself. */
static gboolean
is_fresh (TwDb *db, gint64 *checked)
{
  gint64 now = g_get_monotonic_time ();

  if (db != NULL && now - *checked < CHECK_USEC)
    return TRUE;
  *checked = now;
  return FALSE;
}

/* After a failure. A database that answers nothing is not waited for again by who has waited for it already, nor by
 * those in the queue. */
static gboolean
is_there (TwWorkers *self, TwDb **db, GError **error)
{
  if (tw_db_is_silent (*db))
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, "it does not answer");
  return connect_db (self, db, error);
}

static void
run_job (TwWorkers *self, TwDb **db, gint64 *checked, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (is_interrupted (self))
    refuse (self, &job->error);
  else if (!is_fresh (*db, checked) && !connect_db (self, db, &error))
    {
      if (!is_interrupted (self)) /* meanwhile */
        {
          g_warning ("the database cannot be reached: %s", error->message);
          set_away (self);
        }
      refuse (self, &job->error);
    }
  else if (!job->run (*db, job->data, &job->error) && g_error_matches (job->error, TW_ERROR, TW_ERROR_UNAVAILABLE)
           && !is_interrupted (self) && !is_there (self, db, &error))
    {
      g_warning ("the database is lost: %s", error->message);
      set_away (self);
    }
  report (job);
}

/* The next job; NULL when the pool stops. *db may get connected meanwhile. */
static Job *
take_job (TwWorkers *self, TwDb **db)
{
  Job *job = NULL;

  g_mutex_lock (&self->mutex);
  while (TRUE)
    {
      job = g_queue_pop_head (&self->queue);
      if (job != NULL || self->stopping)
        break;
      if (self->away)
        probe_locked (self, db);
      else
        g_cond_wait (&self->cond, &self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return job;
}

static gpointer
worker_thread (gpointer data)
{
  TwWorkers *self = data;
  TwDb *db = NULL;
  gint64 checked = 0; /* monotonic */
  Job *job;

  if (self->niceness != 0) /* on Linux 0 is this thread alone */
    setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + self->niceness);
  while ((job = take_job (self, &db)) != NULL)
    run_job (self, &db, &checked, job);
  g_clear_pointer (&db, tw_db_close);
  return NULL;
}

/* ---- Public --------------------------------------------------------------------------------------- */

TwWorkers *
tw_workers_new (const TwDbAddress *address, guint n_threads, guint max_queue, int niceness)
{
  TwWorkers *self = g_new0 (TwWorkers, 1);

  self->address = tw_db_address_copy (address);
  self->context = g_main_context_ref_thread_default ();
  self->n_threads = n_threads;
  self->max_queue = max_queue;
  self->niceness = niceness;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->queue);
  self->threads = g_new0 (GThread *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    self->threads[i] = g_thread_new ("worker", worker_thread, self);
  return self;
}

void
tw_workers_interrupt (TwWorkers *self)
{
  g_atomic_int_set (&self->interrupted, 1);
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  refuse_waiting_locked (self);
  g_mutex_unlock (&self->mutex);
}

void
tw_workers_free (TwWorkers *self)
{
  tw_workers_interrupt (self);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  while (g_main_context_iteration (self->context, FALSE)) /* the last reports */
    ;
  g_main_context_unref (self->context);
  tw_db_address_free (self->address);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->threads);
  g_free (self);
}

gboolean
tw_workers_push (TwWorkers *self, TwWorkRun run, TwWorkDone done, gpointer data, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Job *job;

  if (self->away || self->stopping)
    {
      refuse (self, error);
      return FALSE;
    }
  if (g_queue_get_length (&self->queue) >= self->max_queue)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The server is busy. Please try again in a moment."));
  job = g_new0 (Job, 1);
  job->pool = self;
  job->run = run;
  job->done = done;
  job->data = data;
  g_queue_push_tail (&self->queue, job);
  g_cond_signal (&self->cond);
  return TRUE;
}

gboolean
tw_workers_is_connected (TwWorkers *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return !self->away;
}

guint
tw_workers_count_waiting (TwWorkers *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_queue_get_length (&self->queue);
}
