/* chance.c: see chance.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/chance.h"

/* SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
#define GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

SimChance
sim_chance_new (guint64 seed, guint who, guint step)
{
  return (SimChance) { mix (mix (seed + GAMMA) ^ mix (((guint64) who << 32) + step + GAMMA)) };
}

guint64
sim_chance_next (SimChance *chance)
{
  chance->state += GAMMA;
  return mix (chance->state);
}

guint
sim_chance_below (SimChance *chance, guint n)
{
  guint64 drawn = sim_chance_next (chance);

  return n > 0 ? (guint) (drawn % n) : 0;
}

gboolean
sim_chance_percent (SimChance *chance, guint percent)
{
  return sim_chance_below (chance, 100) < percent;
}
