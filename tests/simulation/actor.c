/* actor.c: see actor.h; what they ask the server for is in ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/actor.h"

#include <unistd.h>

/* How a stream of decisions is told from the one of cuts. */
#define CUT_STREAM 1000000
#define EVENING_STREAM 3000000
/* How many of their old keys everybody asks again at the end. */
#define EVENING_KEYS 3

/* ---- Decisions ---- */

static const SimWork *
choose (const SimWork *table, SimChance *chance)
{
  guint total = 0, drawn;

  for (const SimWork *work = table; work->weight > 0; work++)
    total += work->weight;
  drawn = sim_chance_below (chance, total);
  while (drawn >= table->weight)
    drawn -= (table++)->weight;
  return table;
}

static const SimWork *
decide (const SimPost *post, SimChance *chance)
{
  gboolean mischief = sim_chance_percent (chance, post->mischief);

  return choose (mischief ? sim_work_mischief : post->work, chance);
}

const SimWork *
sim_actor_decide (guint64 seed, const SimPost *post, guint number, guint step)
{
  SimChance chance = sim_chance_new (seed, number, step);

  return decide (post, &chance);
}

char *
sim_actor_mark (SimActor *actor)
{
  return g_strdup_printf ("S-%u-%u", actor->number, actor->step);
}

guint
sim_actor_draw (SimActor *actor, guint n)
{
  return sim_chance_below (&actor->chance, n);
}

/* ---- A working day ---- */

/* Also what was answered long ago, by a server that is dead, is answered the same. */
static void
look_back (SimActor *actor)
{
  actor->chance = sim_chance_new (actor->world->seed, actor->number + EVENING_STREAM, 0);
  for (guint i = 0; i < EVENING_KEYS && sim_world_count_complaints (actor->world) == 0; i++)
    {
      const SimDeed *deed = sim_ledger_get_deed (actor->world->ledger, actor->user, sim_actor_draw (actor, 1000000));

      if (deed != NULL)
        sim_actor_repeat (actor, deed);
    }
}

static gpointer
actor_thread_cb (gpointer data)
{
  SimActor *actor = data;

  for (; sim_world_goes_on (actor->world); actor->step++)
    {
      actor->chance = sim_chance_new (actor->world->seed, actor->number, actor->step);
      actor->cuts = sim_chance_new (actor->world->seed, actor->number + CUT_STREAM, actor->step);
      actor->sent = 0;
      decide (actor->post, &actor->chance)->work (actor);
    }
  look_back (actor);
  return NULL;
}

SimActor *
sim_actor_new (SimWorld *world, const SimPost *post, guint number, const char *user)
{
  SimActor *actor = g_new0 (SimActor, 1);

  actor->world = world;
  actor->post = post;
  actor->number = number;
  actor->user = g_strdup (user);
  actor->connection = -1;
  actor->request = g_string_new (NULL);
  actor->answer = g_string_new (NULL);
  return actor;
}

void
sim_actor_start (SimActor *actor)
{
  actor->thread = g_thread_new (actor->user, actor_thread_cb, actor);
}

void
sim_actor_finish (SimActor *actor)
{
  g_clear_pointer (&actor->thread, g_thread_join);
  if (actor->connection >= 0)
    close (actor->connection);
  g_string_free (actor->request, TRUE);
  g_string_free (actor->answer, TRUE);
  g_free (actor->token);
  g_free (actor->user);
  g_free (actor);
}
