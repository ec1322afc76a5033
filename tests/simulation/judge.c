/* judge.c: see judge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/judge.h"

/* ---- Reading ---- */

static gboolean
step (TwStatement *s)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return found;
}

void
sim_judge_each (SimJudge *judge, const char *sql, SimRowFunc func, gpointer data)
{
  g_autoptr (TwStatement) s = tw_db_prepare (judge->db, sql);

  while (step (s))
    func (judge, s, data);
}

static void
complain_cb (SimJudge *judge, TwStatement *row, gpointer data)
{
  sim_world_complain (judge->world, "%s", tw_column_text (row, "problem"));
}

void
sim_judge_find (SimJudge *judge, const char *sql)
{
  sim_judge_each (judge, sql, complain_cb, NULL);
}

gint64
sim_judge_count (SimJudge *judge, const char *sql)
{
  g_autoptr (TwStatement) s = tw_db_prepare (judge->db, sql);

  return step (s) ? tw_column_int (s, "n") : 0;
}

/* ---- The whole ---- */

void
sim_judge_begin (SimJudge *judge, SimWorld *world)
{
  judge->world = world;
  judge->db = tw_test_server_open_database (world->server);
  judge->last_change = sim_judge_count (judge, "SELECT MAX(id) AS n FROM change_log");
  judge->last_move = sim_judge_count (judge, "SELECT MAX(id) AS n FROM stock_move");
  g_clear_pointer (&judge->db, tw_db_close);
}

static void
run_verify (SimJudge *judge)
{
  static const char *const verify[] = { "verify", NULL };
  g_autofree char *output = NULL;

  if (tw_test_server_command (judge->world->server, verify, NULL, &output) != 0)
    sim_world_complain (judge->world, "verify found:\n%s", output);
}

void
sim_judge_run (SimJudge *judge)
{
  g_autoptr (GError) error = NULL;

  judge->db = tw_test_server_open_database (judge->world->server);
  tw_db_set_patience (judge->db, 120, &error);
  g_assert_no_error (error);
  sim_judge_chain (judge);
  sim_judge_writes (judge);
  sim_judge_documents (judge);
  sim_judge_signatures (judge);
  sim_judge_stock (judge);
  sim_judge_money (judge);
  g_clear_pointer (&judge->db, tw_db_close);
  run_verify (judge);
}
