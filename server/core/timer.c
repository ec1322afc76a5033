/* timer.c: what the server does by itself from time to time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/timer.h"

#include "server/core/timer-store.h"

#define TICK_USEC G_USEC_PER_SEC

typedef struct
{
  const char *name;
  guint seconds;
  TwTimerFunc func;
} Timer;

/* Filled at start, constant afterwards. */
static GArray *known;

struct _TwTimers
{
  TwDbAddress *address;
  char *holder;
  GThread *thread;
  GMutex mutex;
  GCond wake;
  gint stopping;     /* atomic; changed under mutex, for wake */
  gint64 *next;      /* monotonic; one for each timer */
};

void
tw_timer_add (const char *name, guint seconds, TwTimerFunc func)
{
  Timer timer = { name, seconds, func };

  if (known == NULL)
    known = g_array_new (FALSE, FALSE, sizeof (Timer));
  g_array_append_val (known, timer);
}

gboolean
tw_timer_run (TwDb *db, const char *name, guint seconds, TwTimerFunc func, const char *holder, gboolean *done,
              GError **error)
{
  g_autofree char *lease = g_strconcat ("timer:", name, NULL);

  *done = FALSE;
  if (!tw_timer_store_lease (db, lease, holder, seconds, done, error))
    return FALSE;
  return !*done || func (db, error);
}

static gboolean
is_stopping (TwTimers *timers)
{
  return g_atomic_int_get (&timers->stopping) != 0;
}

static void
run_due (TwTimers *timers, TwDb *db)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < known->len && !is_stopping (timers); i++)
    {
      const Timer *timer = &g_array_index (known, Timer, i);
      g_autoptr (GError) error = NULL;
      gboolean done;

      if (now < timers->next[i])
        continue;
      timers->next[i] = now + (gint64) timer->seconds * G_USEC_PER_SEC;
      if (!tw_timer_run (db, timer->name, timer->seconds, timer->func, timers->holder, &done, &error)
          && !is_stopping (timers))
        g_warning ("timer %s: %s", timer->name, error->message);
    }
}

/* FALSE when it is time to stop. */
static gboolean
rest (TwTimers *timers)
{
  gint64 until = g_get_monotonic_time () + TICK_USEC;

  g_mutex_lock (&timers->mutex);
  while (!is_stopping (timers))
    if (!g_cond_wait_until (&timers->wake, &timers->mutex, until))
      break;
  g_mutex_unlock (&timers->mutex);
  return !is_stopping (timers);
}

/* What was interrupted is not left until its interval is over. */
static void
give_back (TwTimers *timers, TwDb *db)
{
  g_autoptr (GError) error = NULL;

  tw_db_heed (db, NULL);
  if (!tw_timer_store_give_back (db, timers->holder, &error))
    g_message ("the timers' leases were not given back: %s", error->message);
}

static gpointer
timers_thread_cb (gpointer data)
{
  TwTimers *timers = data;
  g_autoptr (TwDb) db = NULL;

  tw_db_thread_init ();
  do
    {
      g_autoptr (GError) error = NULL;

      /* A database that is away is reported by the listener and the sealer. */
      if (db == NULL)
        {
          db = tw_db_open (timers->address, &error);
          if (db != NULL)
            tw_db_heed (db, &timers->stopping);
        }
      if (db != NULL)
        run_due (timers, db);
    }
  while (rest (timers));
  if (db != NULL)
    give_back (timers, db);
  g_clear_pointer (&db, tw_db_close);
  tw_db_thread_end ();
  return NULL;
}

TwTimers *
tw_timers_start (const TwDbAddress *address)
{
  TwTimers *timers = g_new0 (TwTimers, 1);

  if (known == NULL)
    known = g_array_new (FALSE, FALSE, sizeof (Timer));
  timers->address = tw_db_address_copy (address);
  timers->holder = g_uuid_string_random ();
  timers->next = g_new0 (gint64, known->len + 1);
  g_mutex_init (&timers->mutex);
  g_cond_init (&timers->wake);
  timers->thread = g_thread_new ("timers", timers_thread_cb, timers);
  return timers;
}

void
tw_timers_stop (TwTimers *timers)
{
  g_mutex_lock (&timers->mutex);
  g_atomic_int_set (&timers->stopping, 1);
  g_cond_broadcast (&timers->wake);
  g_mutex_unlock (&timers->mutex);
  g_thread_join (timers->thread);
  tw_db_address_free (timers->address);
  g_mutex_clear (&timers->mutex);
  g_cond_clear (&timers->wake);
  g_free (timers->holder);
  g_free (timers->next);
  g_free (timers);
}
