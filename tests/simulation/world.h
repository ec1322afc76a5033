/* world.h: what everybody in a run shares: where the server is, how far the run has come, what went wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/fixture/company.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/proxy.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 seed;
  SimProxy *proxy;
  SimLedger *ledger;
  TwTestServer *server; /* the first; calls of the judge go to it */

  GMutex mutex; /* guards what follows */
  GCond moved;
  guint answered;     /* requests that got a final answer */
  guint attempts;     /* requests sent */
  guint unanswered;   /* attempts without an answer */
  guint unavailable;  /* attempts answered 503 or 429 */
  guint signed_out;   /* attempts answered 401 */
  gboolean is_over;   /* nobody begins anything new */
  guint people;       /* who work here */
  guint day;          /* passed so far */
  guint entered;      /* people who have signed in since the last day passed */
  GPtrArray *complaints; /* (element-type utf8) */
} SimWorld;

SimWorld *sim_world_new (guint64 seed);
void sim_world_free (SimWorld *world);

/* Something is not as promised: printed at once with the seed, and the run ends soon. */
void sim_world_complain (SimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint sim_world_count_complaints (SimWorld *world);

gboolean sim_world_goes_on (SimWorld *world);
void sim_world_end (SimWorld *world);
/* One attempt that ended with @status (0: no answer). */
void sim_world_count (SimWorld *world, guint status);
guint sim_world_get_answered (SimWorld *world);
/* Somebody has signed in, the last time on @day (1 the first), which becomes the present one. */
void sim_world_note_entry (SimWorld *world, guint *day);
/* Everybody is out again. */
void sim_world_pass_day (SimWorld *world);
/* Waits until everybody has signed in since the last day passed, or @seconds have, or something was complained of. */
void sim_world_wait_for_people (SimWorld *world, double seconds);
/* Waits until @n attempts more have ended, well or badly, or @seconds have passed, or something was complained of. */
void sim_world_wait (SimWorld *world, guint n, double seconds);

G_END_DECLS
