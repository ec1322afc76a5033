/* sealer.c: the thread that seals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks five times a second and whenever a commit wakes it. Rows that commit late have lower ids than rows that are
 * sealed already; so a look goes back over the ids of the last moment, now and then over those of the last minutes.
 * From the start on and once an hour it goes over all there are, some thousand a second: a million orders have thirty
 * million changes.
 */
#include "server/core/seal.h"

#include <string.h>

#include "server/core/seal-store.h"

#define TICK_USEC (200 * 1000)
#define GATHER_USEC (80 * 1000) /* after a wake: commits that come together are sealed together */
#define DEEP_SECONDS 600
#define ROUND_IDS 20000
#define ROUND_EVERY_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define LOG_EVERY_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define WAIT_AFTER_FAILURE_USEC G_USEC_PER_SEC

/* How far back a look goes, and how often. Each look does the first that is due; the last one always is. */
static const struct
{
  gint64 usec, every_usec;
} depths[] = {
  { DEEP_SECONDS * G_USEC_PER_SEC, 30 * G_USEC_PER_SEC },
  { 30 * G_USEC_PER_SEC, 5 * G_USEC_PER_SEC },
  { 1 * G_USEC_PER_SEC, 1 * G_USEC_PER_SEC },
  { GATHER_USEC + 220 * 1000, 0 }, /* most transactions commit sooner after their first change */
};

#define MARK_EVERY_USEC (G_USEC_PER_SEC / 10)

/* The highest id that was there at a time: what is below has had that long to commit. */
typedef struct
{
  gint64 at; /* monotonic */
  gint64 id;
} Mark;

struct _TwSealer
{
  TwDbAddress *address;
  char *head_file;
  char *holder;
  TwSealedFunc sealed;
  gpointer data;
  GThread *thread;
  gboolean stopping; /* under wake_mutex */
  GArray *marks; /* (element-type Mark), by time; empty before the first look and after a failure */
  gint64 last_seq;
  gint64 due[G_N_ELEMENTS (depths)]; /* monotonic */
  gint64 round_at;                   /* the id up to which the present round over all has come */
  gint64 round_due;                  /* monotonic: when it goes on */
  gint64 next_log;
  gboolean failing;
  gboolean behind;       /* the file may lack the newest link */
  gboolean contradicted; /* by the file */
};

/* All sealers of the process wait here. */
static GMutex wake_mutex;
static GCond wake_cond;
static guint64 wakes;

void
tw_seal_wake (void)
{
  g_mutex_lock (&wake_mutex);
  wakes++;
  g_cond_broadcast (&wake_cond);
  g_mutex_unlock (&wake_mutex);
}

/* Waits for a wake or @usec; FALSE when it is time to stop. */
static gboolean
rest (TwSealer *sealer, guint64 *seen, gint64 usec)
{
  gint64 until = g_get_monotonic_time () + usec;
  gboolean going, woken;

  g_mutex_lock (&wake_mutex);
  while (!sealer->stopping && wakes == *seen)
    if (!g_cond_wait_until (&wake_cond, &wake_mutex, until))
      break;
  woken = wakes != *seen;
  *seen = wakes;
  going = !sealer->stopping;
  g_mutex_unlock (&wake_mutex);
  if (going && woken)
    g_usleep (GATHER_USEC);
  return going;
}

/* The highest id that was there @usec ago, or an earlier one. */
static gint64
find_mark (TwSealer *sealer, gint64 usec)
{
  gint64 before = g_get_monotonic_time () - usec;
  guint i = sealer->marks->len - 1;

  while (i > 0 && g_array_index (sealer->marks, Mark, i).at > before)
    i--;
  return g_array_index (sealer->marks, Mark, i).id;
}

/* Of the time before it looked only the changes tell: what had begun by the last of them may still commit. */
static gboolean
begin_marks (TwSealer *sealer, TwDb *db, GError **error)
{
  Mark mark = { g_get_monotonic_time () - depths[0].usec, 0 };

  if (!tw_seal_store_find_earlier (db, DEEP_SECONDS, &mark.id, error))
    return FALSE;
  g_array_append_val (sealer->marks, mark);
  return TRUE;
}

static gboolean
set_mark (TwSealer *sealer, TwDb *db, GError **error)
{
  Mark mark = { g_get_monotonic_time (), 0 };
  guint n = sealer->marks->len;

  if (n == 0 && !begin_marks (sealer, db, error))
    return FALSE;
  if (n > 0 && mark.at - g_array_index (sealer->marks, Mark, n - 1).at < MARK_EVERY_USEC)
    return TRUE;
  if (!tw_seal_store_max_change (db, &mark.id, error))
    return FALSE;
  g_array_append_val (sealer->marks, mark);
  while (sealer->marks->len > 2 && g_array_index (sealer->marks, Mark, 1).at < mark.at - depths[0].usec)
    g_array_remove_index (sealer->marks, 0);
  return TRUE;
}

/* How far back this look goes. */
static gint64
choose_low (TwSealer *sealer)
{
  gint64 now = g_get_monotonic_time ();
  guint i = 0;

  while (now < sealer->due[i])
    i++;
  sealer->due[i] = now + depths[i].every_usec;
  return find_mark (sealer, depths[i].usec);
}

static void
log_head (TwSealer *sealer, const TwSealHead *head)
{
  gint64 now = g_get_monotonic_time ();
  GString *hex;

  if (now < sealer->next_log || head->seq == 0)
    return;
  sealer->next_log = now + LOG_EVERY_USEC;
  hex = g_string_new (NULL);
  for (guint i = 0; i < TW_SEAL_HASH_BYTES; i++)
    g_string_append_printf (hex, "%02x", head->hash[i]);
  g_message ("audit chain head %" G_GINT64_FORMAT " %s", head->seq, hex->str);
  g_string_free (hex, TRUE);
}

static gboolean
bear_witness (TwSealer *sealer, TwDb *db, const TwSealHead *head, GError **error)
{
  gboolean agrees;

  if (!tw_seal_advance_head (db, sealer->head_file, head, &agrees, error))
    return FALSE;
  if (!agrees && !sealer->contradicted)
    g_warning ("the audit chain has lost or changed what %s witnessed; the file is kept as it is, see verify",
               sealer->head_file);
  sealer->contradicted = !agrees;
  sealer->behind = FALSE;
  return TRUE;
}

/* Batches until nothing is left. */
static gboolean
seal_range (TwSealer *sealer, TwDb *db, TwSealRange range, GError **error)
{
  TwSealHead head;
  guint sealed;

  do
    {
      if (!tw_seal_batch (db, sealer->holder, &range, &sealed, &head, error))
        return FALSE;
      sealer->behind = sealer->behind || sealed > 0;
      if (head.seq != sealer->last_seq && sealer->sealed)
        sealer->sealed (head.seq, sealer->data);
      sealer->last_seq = head.seq;
      if (sealer->behind && head.seq > 0 && sealer->head_file && !bear_witness (sealer, db, &head, error))
        return FALSE;
      log_head (sealer, &head);
    }
  while (sealed == TW_SEAL_BATCH); /* what commits meanwhile wakes us */
  return TRUE;
}

/* The next piece of the round over all. */
static gboolean
go_round (TwSealer *sealer, TwDb *db, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  TwSealRange range = { sealer->round_at, sealer->round_at + ROUND_IDS };

  if (now < sealer->round_due)
    return TRUE;
  if (!seal_range (sealer, db, range, error))
    return FALSE;
  sealer->round_at = range.high < find_mark (sealer, 0) ? range.high : 0;
  sealer->round_due = now + (sealer->round_at > 0 ? G_USEC_PER_SEC : ROUND_EVERY_USEC);
  return TRUE;
}

static gboolean
look (TwSealer *sealer, TwDb *db, GError **error)
{
  return set_mark (sealer, db, error)
         && seal_range (sealer, db, (TwSealRange) { choose_low (sealer), G_MAXINT64 }, error)
         && go_round (sealer, db, error);
}

/* Whether it worked; a failure is logged when it begins and when it ends. After one, everything is looked at again. */
static gboolean
try_look (TwSealer *sealer, TwDb **db)
{
  g_autoptr (GError) error = NULL;

  if (!*db)
    *db = tw_db_open (sealer->address, &error);
  if (*db && look (sealer, *db, &error))
    {
      if (sealer->failing)
        g_message ("sealing goes on");
      sealer->failing = FALSE;
      return TRUE;
    }
  if (!sealer->failing)
    g_warning ("cannot seal: %s", error->message);
  sealer->failing = TRUE;
  g_array_set_size (sealer->marks, 0);
  sealer->round_at = sealer->round_due = 0;
  return FALSE;
}

static gpointer
sealer_thread_cb (gpointer data)
{
  TwSealer *sealer = data;
  TwDb *db = NULL;
  guint64 seen = 0;
  gboolean well;

  tw_db_thread_init ();
  do
    well = try_look (sealer, &db);
  while (rest (sealer, &seen, well ? TICK_USEC : WAIT_AFTER_FAILURE_USEC));
  if (try_look (sealer, &db))
    {
      g_autoptr (GError) error = NULL;

      if (!tw_seal_store_release (db, sealer->holder, &error))
        g_warning ("cannot give the sealer's lease back: %s", error->message);
    }
  g_clear_pointer (&db, tw_db_close);
  tw_db_thread_end ();
  return NULL;
}

TwSealer *
tw_sealer_start (const TwDbAddress *address, const char *head_file, TwSealedFunc sealed, gpointer data)
{
  TwSealer *sealer = g_new0 (TwSealer, 1);

  sealer->address = tw_db_address_copy (address);
  sealer->head_file = g_strdup (head_file);
  sealer->behind = TRUE; /* whoever sealed last may have died before it wrote */
  sealer->holder = g_uuid_string_random ();
  sealer->sealed = sealed;
  sealer->data = data;
  sealer->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  sealer->thread = g_thread_new ("sealer", sealer_thread_cb, sealer);
  return sealer;
}

void
tw_sealer_stop (TwSealer *sealer)
{
  g_mutex_lock (&wake_mutex);
  sealer->stopping = TRUE;
  g_cond_broadcast (&wake_cond);
  g_mutex_unlock (&wake_mutex);
  g_thread_join (sealer->thread);
  tw_db_address_free (sealer->address);
  g_array_unref (sealer->marks);
  g_free (sealer->head_file);
  g_free (sealer->holder);
  g_free (sealer);
}
