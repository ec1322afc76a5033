/* judge-chain.c: every change is sealed, link after link, and the head that was written outside is one of the links
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/simulation/judge.h"

/* The sealer looks five times a second; after a failure it waits a second. */
#define SEAL_SECONDS 10

static gint64
count_unsealed (SimJudge *judge)
{
  return sim_judge_count (judge, "SELECT COUNT(*) AS n FROM change_log c LEFT JOIN change_seal s ON s.change_id = c.id"
                                 " WHERE s.seq IS NULL");
}

static void
judge_seals (SimJudge *judge)
{
  gint64 until = g_get_monotonic_time () + SEAL_SECONDS * G_USEC_PER_SEC;
  gint64 left;

  while ((left = count_unsealed (judge)) > 0 && g_get_monotonic_time () < until)
    g_usleep (50000);
  if (left > 0)
    sim_world_complain (judge->world, "unsealed: %" G_GINT64_FORMAT " changes have no link", left);
  sim_judge_find (judge, "SELECT CONCAT('links: ', COUNT(*), ' up to ', MAX(seq)) AS problem FROM change_seal"
                         " HAVING MAX(seq) <> COUNT(*) OR MIN(seq) <> 1");
}

static void
head_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  *(char **) data = g_ascii_strdown (tw_column_text (row, "hash"), -1);
}

/* "17 a1b2… time" */
static void
judge_head (SimJudge *judge)
{
  g_autofree char *file = g_build_filename (tw_test_server_get_data_dir (judge->world->server), "audit-head", NULL);
  g_autofree char *text = NULL, *found = NULL, *sql = NULL;
  g_auto (GStrv) parts = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    {
      sim_world_complain (judge->world, "no head of the chain was written to %s", file);
      return;
    }
  parts = g_strsplit (text, " ", 3);
  sql = g_strdup_printf ("SELECT HEX(hash) AS hash FROM change_seal WHERE seq = %" G_GINT64_FORMAT,
                         g_ascii_strtoll (parts[0], NULL, 10));
  sim_judge_each (judge, sql, head_cb, &found);
  if (g_strcmp0 (found, parts[1]) != 0)
    sim_world_complain (judge->world, "the head %s %s that was written outside is not in the chain: %s", parts[0],
                        parts[1], found);
}

void
sim_judge_chain (SimJudge *judge)
{
  judge_seals (judge);
  judge_head (judge);
}
