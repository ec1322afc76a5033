/* chance.h: what is decided by lot, the same for the same seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every step of every person has a stream of its own, so what somebody decides does not depend on who was faster.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} SimChance;

/* The stream of step @step of person (or fault list) @who. */
SimChance sim_chance_new (guint64 seed, guint who, guint step);
guint64 sim_chance_next (SimChance *chance);
/* 0 … n − 1; 0 for n = 0. */
guint sim_chance_below (SimChance *chance, guint n);
gboolean sim_chance_percent (SimChance *chance, guint percent);

G_END_DECLS
