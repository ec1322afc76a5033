/* world.c: see world.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/world.h"

#include <stdarg.h>

#define MAX_COMPLAINTS 40

SimWorld *
sim_world_new (guint64 seed)
{
  SimWorld *world = g_new0 (SimWorld, 1);

  world->seed = seed;
  world->day = 1;
  world->ledger = sim_ledger_new ();
  world->complaints = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&world->mutex);
  g_cond_init (&world->moved);
  return world;
}

void
sim_world_free (SimWorld *world)
{
  sim_ledger_free (world->ledger);
  g_ptr_array_unref (world->complaints);
  g_mutex_clear (&world->mutex);
  g_cond_clear (&world->moved);
  g_free (world);
}

void
sim_world_complain (SimWorld *world, const char *format, ...)
{
  g_autofree char *text = NULL, *shown = NULL;
  g_auto (GStrv) lines = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  lines = g_strsplit (text, "\n", -1); /* of another program's output, which must not read as a result of ours */
  shown = g_strjoinv ("\n#   ", lines);
  g_mutex_lock (&world->mutex);
  if (world->complaints->len < MAX_COMPLAINTS)
    g_print ("# seed %" G_GUINT64_FORMAT ": %s\n", world->seed, shown);
  g_ptr_array_add (world->complaints, g_steal_pointer (&text));
  world->is_over = TRUE;
  g_cond_broadcast (&world->moved);
  g_mutex_unlock (&world->mutex);
}

guint
sim_world_count_complaints (SimWorld *world)
{
  guint n;

  g_mutex_lock (&world->mutex);
  n = world->complaints->len;
  g_mutex_unlock (&world->mutex);
  return n;
}

gboolean
sim_world_goes_on (SimWorld *world)
{
  gboolean goes_on;

  g_mutex_lock (&world->mutex);
  goes_on = !world->is_over;
  g_mutex_unlock (&world->mutex);
  return goes_on;
}

void
sim_world_end (SimWorld *world)
{
  g_mutex_lock (&world->mutex);
  world->is_over = TRUE;
  g_cond_broadcast (&world->moved);
  g_mutex_unlock (&world->mutex);
}

void
sim_world_count (SimWorld *world, guint status)
{
  g_mutex_lock (&world->mutex);
  world->attempts++;
  if (status == 0)
    world->unanswered++;
  else if (status == 503 || status == 429)
    world->unavailable++;
  else if (status == 401)
    world->signed_out++;
  else
    world->answered++;
  g_cond_broadcast (&world->moved);
  g_mutex_unlock (&world->mutex);
}

guint
sim_world_get_answered (SimWorld *world)
{
  guint n;

  g_mutex_lock (&world->mutex);
  n = world->answered;
  g_mutex_unlock (&world->mutex);
  return n;
}

void
sim_world_note_entry (SimWorld *world, guint *day)
{
  g_mutex_lock (&world->mutex);
  world->entered += *day != world->day ? 1 : 0;
  *day = world->day;
  g_cond_broadcast (&world->moved);
  g_mutex_unlock (&world->mutex);
}

void
sim_world_pass_day (SimWorld *world)
{
  g_mutex_lock (&world->mutex);
  world->day++;
  world->entered = 0;
  g_mutex_unlock (&world->mutex);
}

void
sim_world_wait_for_people (SimWorld *world, double seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  g_mutex_lock (&world->mutex);
  while (world->entered < world->people && world->complaints->len == 0)
    if (!g_cond_wait_until (&world->moved, &world->mutex, until))
      break;
  g_mutex_unlock (&world->mutex);
}

void
sim_world_wait (SimWorld *world, guint n, double seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  g_mutex_lock (&world->mutex);
  for (guint enough = world->attempts + n; world->attempts < enough && world->complaints->len == 0;)
    if (!g_cond_wait_until (&world->moved, &world->mutex, until))
      break;
  g_mutex_unlock (&world->mutex);
}
