/* chain-store.c: the SQL of rules, rounds, steps and signatures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain-store.h"

/* ---- Rules ---- */

static const char rules_sql[]
  = "SELECT r.id, r.version, r.code, r.name, r.condition_key AS `condition`, r.threshold, r.category, s.level, s.role,"
    " s.user_id, u.user, s.mode, s.hours"
    " FROM approval_rule r JOIN approval_rule_step s ON s.approval_rule_id = r.id"
    " LEFT JOIN app_user u ON u.id = s.user_id"
    " WHERE r.status = 'active' ORDER BY r.code, s.position";
static const char category_sql[] = "SELECT category FROM product WHERE id = :id";
static const char holders_sql[]
  = "SELECT COUNT(*) AS holders FROM user_role r JOIN app_user u ON u.id = r.user_id"
    " WHERE r.role = :role AND u.status = 'active' AND u.id NOT IN (:author, :editor)";

/* Rows of one rule follow each other. */
GListStore *
tw_chain_store_read_rules (TwDb *db, GError **error)
{
  g_autoptr (GListStore) rules = g_list_store_new (tw_approval_rule_get_type ());
  g_autoptr (TwStatement) read = tw_db_prepare (db, rules_sql);
  TwApprovalRule *rule = NULL;

  while (TRUE)
    {
      g_autoptr (TwApprovalRuleStep) step = tw_approval_rule_step_new ();
      gboolean found;

      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&rules);
      if (rule == NULL || rule->parent.id != tw_column_int (read, "id"))
        {
          g_autoptr (TwApprovalRule) next = tw_approval_rule_new ();

          tw_column_record (read, TW_RECORD (next));
          g_list_store_append (rules, next);
          rule = next;
        }
      tw_column_record (read, TW_RECORD (step));
      g_list_store_append (rule->steps, step);
    }
}

gboolean
tw_chain_store_read_category (TwDb *db, gint64 product_id, char **category, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, category_sql);
  gboolean found;

  tw_bind_int (read, "id", product_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *category = found ? g_strdup (tw_column_text (read, "category")) : NULL;
  return TRUE;
}

gboolean
tw_chain_store_count_holders (TwDb *db, const char *role, gint64 author, gint64 editor, gint64 *holders, GError **error)
{
  g_autoptr (TwStatement) count = tw_db_prepare (db, holders_sql);
  gboolean found;

  tw_bind_text (count, "role", role);
  tw_bind_int (count, "author", author);
  tw_bind_int (count, "editor", editor);
  if (!tw_statement_step (count, &found, error))
    return FALSE;
  *holders = tw_column_int (count, "holders");
  return TRUE;
}

/* ---- Rounds ---- */

static const char read_round_sql[] = "SELECT id, rule_version, state FROM approval"
                                     " WHERE order_id = :order_id AND round = :round";
static const char find_open_sql[] = "SELECT id FROM approval WHERE order_id = :order_id AND state = 'open'";
static const char insert_round_sql[]
  = "INSERT INTO approval (order_id, round, digest, rule_version, state, created_at, ended_at)"
    " VALUES (:order_id, :round, :digest, :rule_version, :state, :now, :ended_at)";
static const char insert_step_sql[]
  = "INSERT INTO approval_step (approval_id, level, role, user_id, mode, needed, rules, state, hours, due_at)"
    " VALUES (:approval_id, :level, :role, :user_id, :mode, :needed, :rules, :state, :hours, :due_at)";
static const char read_steps_sql[]
  = "SELECT s.id, s.level, s.role, s.user_id, u.user, u.name AS user_name, s.mode, s.rules, s.state, s.due_at,"
    " s.escalated_level,"
    " EXISTS (SELECT 1 FROM approval_signature g WHERE g.approval_id = a.id) AS has_signatures"
    " FROM approval a JOIN approval_step s ON s.approval_id = a.id"
    " LEFT JOIN app_user u ON u.id = s.user_id WHERE a.order_id = :order_id AND a.round = :round"
    " ORDER BY s.level, s.id";
static const char read_signatures_sql[]
  = "SELECT g.id, g.approval_step_id, u.user, u.name AS user_name, b.user AS on_behalf_of, b.name AS on_behalf_of_name,"
    " g.decision, g.comment, g.digest, g.signed_at"
    " FROM approval a JOIN approval_signature g ON g.approval_id = a.id JOIN app_user u ON u.id = g.signer_id"
    " LEFT JOIN app_user b ON b.id = g.on_behalf_of WHERE a.order_id = :order_id AND a.round = :round ORDER BY g.id";

void
tw_round_clear (TwRound *round)
{
  g_clear_pointer (&round->rule_version, g_free);
  g_clear_pointer (&round->state, g_free);
}

gboolean
tw_chain_store_read_round (TwDb *db, TwOrder *order, TwRound *round, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_round_sql);

  tw_bind_int (read, "order_id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  if (!tw_statement_step (read, found, error))
    return FALSE;
  if (*found)
    {
      round->id = tw_column_int (read, "id");
      round->rule_version = g_strdup (tw_column_text (read, "rule_version"));
      round->state = g_strdup (tw_column_text (read, "state"));
    }
  return TRUE;
}

gboolean
tw_chain_store_find_open (TwDb *db, gint64 order_id, gint64 *round_id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, find_open_sql);
  gboolean found;

  tw_bind_int (find, "order_id", order_id);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *round_id = found ? tw_column_int (find, "id") : 0;
  return TRUE;
}

gboolean
tw_chain_store_insert_round (TwContext *ctx, TwOrder *order, const char *rule_version, const char *state,
                             gint64 *round_id, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, insert_round_sql);

  tw_bind_int (insert, "order_id", order->parent.id);
  tw_bind_int (insert, "round", order->approval_round);
  tw_bind_text (insert, "digest", order->digest);
  tw_bind_text (insert, "rule_version", rule_version);
  tw_bind_text (insert, "state", state);
  tw_bind_time (insert, "now", ctx->now);
  tw_bind_time (insert, "ended_at", g_str_equal (state, "open") ? TW_TIME_NONE : ctx->now);
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  *round_id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_chain_store_insert_step (TwContext *ctx, gint64 round_id, TwApprovalStep *step, gint64 needed, gint64 hours,
                            GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, insert_step_sql);

  tw_bind_int (insert, "approval_id", round_id);
  tw_bind_int (insert, "needed", needed);
  tw_bind_int (insert, "hours", hours);
  tw_bind_record (insert, TW_RECORD (step));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  step->parent.id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_chain_store_read_steps (TwDb *db, TwOrder *order, gboolean *has_signatures, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_steps_sql);

  *has_signatures = FALSE;
  g_list_store_remove_all (order->approvals);
  tw_bind_int (read, "order_id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  while (TRUE)
    {
      g_autoptr (TwApprovalStep) step = tw_approval_step_new ();
      gboolean found;

      if (!tw_statement_read_one (read, TW_RECORD (step), &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      *has_signatures = tw_column_bool (read, "has_signatures");
      g_list_store_append (order->approvals, step);
    }
}

gboolean
tw_chain_store_read_signatures (TwDb *db, TwOrder *order, GListStore *signatures, GArray *step_ids, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_signatures_sql);

  tw_bind_int (read, "order_id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  while (TRUE)
    {
      g_autoptr (TwSignature) signature = tw_signature_new ();
      gboolean found;
      gint64 step_id;

      if (!tw_statement_read_one (read, TW_RECORD (signature), &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      step_id = tw_column_int (read, "approval_step_id");
      g_array_append_val (step_ids, step_id);
      g_list_store_append (signatures, signature);
    }
}

/* ---- Signing ---- */

static const char insert_signature_sql[]
  = "INSERT INTO approval_signature (approval_id, approval_step_id, signer_id, on_behalf_of, decision, comment, digest,"
    " signed_at) VALUES (:approval_id, :step_id, :signer_id, :on_behalf_of, :decision, :comment, :digest, :now)";
static const char close_step_sql[]
  = "UPDATE approval_step SET state = 'signed', due_at = NULL WHERE id = :id AND state = 'open' AND needed <="
    " (SELECT COUNT(*) FROM approval_signature g WHERE g.approval_step_id = :id AND g.decision = 'approve')";
static const char set_step_sql[] = "UPDATE approval_step SET state = :state, due_at = NULL WHERE id = :id";
static const char open_level_sql[]
  = "UPDATE approval_step SET state = 'open', due_at = CASE WHEN hours > 0 THEN DATE_ADD(:now, INTERVAL hours HOUR) END"
    " WHERE approval_id = :id AND state = 'waiting' AND level = :level";
static const char end_round_sql[] = "UPDATE approval SET state = :state, ended_at = :now"
                                    " WHERE id = :id AND state = 'open'";
static const char void_steps_sql[]
  = "UPDATE approval_step SET state = 'void', due_at = NULL WHERE approval_id = :id AND state IN ('open', 'waiting')";

gboolean
tw_chain_store_insert_signature (TwContext *ctx, gint64 round_id, gint64 step_id, gint64 on_behalf_of,
                                 const char *decision, const char *comment, const char *digest, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, insert_signature_sql);

  tw_bind_int (insert, "approval_id", round_id);
  tw_bind_int (insert, "step_id", step_id);
  tw_bind_int (insert, "signer_id", ctx->who->user_id);
  tw_bind_id (insert, "on_behalf_of", on_behalf_of);
  tw_bind_text (insert, "decision", decision);
  tw_bind_text (insert, "comment", comment);
  tw_bind_text (insert, "digest", digest);
  tw_bind_time (insert, "now", ctx->now);
  return tw_statement_run (insert, NULL, error);
}

gboolean
tw_chain_store_close_step (TwDb *db, gint64 step_id, gboolean *closed, GError **error)
{
  g_autoptr (TwStatement) close = tw_db_prepare (db, close_step_sql);
  guint64 matched;

  tw_bind_int (close, "id", step_id);
  if (!tw_statement_run (close, &matched, error))
    return FALSE;
  *closed = matched > 0;
  return TRUE;
}

gboolean
tw_chain_store_set_step (TwDb *db, gint64 step_id, const char *state, GError **error)
{
  g_autoptr (TwStatement) set = tw_db_prepare (db, set_step_sql);

  tw_bind_int (set, "id", step_id);
  tw_bind_text (set, "state", state);
  return tw_statement_post (set, error);
}

gboolean
tw_chain_store_open_level (TwContext *ctx, gint64 round_id, gint64 level, GError **error)
{
  g_autoptr (TwStatement) open = tw_db_prepare (ctx->db, open_level_sql);

  tw_bind_int (open, "id", round_id);
  tw_bind_int (open, "level", level);
  tw_bind_time (open, "now", ctx->now);
  return tw_statement_post (open, error);
}

static gboolean
close_round (TwContext *ctx, gint64 round_id, const char *state, GError **error)
{
  g_autoptr (TwStatement) end = tw_db_prepare (ctx->db, end_round_sql);

  tw_bind_int (end, "id", round_id);
  tw_bind_text (end, "state", state);
  tw_bind_time (end, "now", ctx->now);
  return tw_statement_post (end, error);
}

gboolean
tw_chain_store_complete_round (TwContext *ctx, gint64 round_id, GError **error)
{
  return close_round (ctx, round_id, "complete", error);
}

gboolean
tw_chain_store_end_round (TwContext *ctx, gint64 round_id, const char *state, GError **error)
{
  g_autoptr (TwStatement) steps = tw_db_prepare (ctx->db, void_steps_sql);

  tw_bind_int (steps, "id", round_id);
  return close_round (ctx, round_id, state, error) && tw_statement_post (steps, error);
}

/* ---- Deputies ---- */

static const char principals_sql[]
  = "SELECT u.id, u.user, u.name, (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles"
    " FROM app_user u WHERE u.status = 'active' AND u.id IN (SELECT d.principal_id FROM delegation d"
    " WHERE d.delegate_id = :me AND d.status = 'active' AND :today BETWEEN d.valid_from AND d.valid_to) ORDER BY u.id";

static void
deputy_free (gpointer data)
{
  TwDeputy *deputy = data;

  g_free (deputy->user);
  g_free (deputy->name);
  g_free (deputy);
}

GPtrArray *
tw_chain_store_read_principals (TwContext *ctx, GError **error)
{
  g_autoptr (GPtrArray) principals = g_ptr_array_new_with_free_func (deputy_free);
  g_autoptr (TwStatement) read = tw_db_prepare (ctx->db, principals_sql);

  tw_bind_int (read, "me", ctx->who->user_id);
  tw_bind_date (read, "today", ctx->today);
  while (TRUE)
    {
      g_auto (GStrv) roles = NULL;
      TwDeputy *deputy;
      gboolean found;

      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&principals);
      deputy = g_new0 (TwDeputy, 1);
      deputy->user_id = tw_column_int (read, "id");
      deputy->user = g_strdup (tw_column_text (read, "user"));
      deputy->name = g_strdup (tw_column_text (read, "name"));
      if (!tw_column_is_null (read, "roles"))
        roles = g_strsplit (tw_column_text (read, "roles"), ",", -1);
      deputy->roles = tw_roles_from_keys ((const char *const *) roles);
      g_ptr_array_add (principals, deputy);
    }
}

/* ---- Late steps ---- */

/* Up to the next level that is no step of this round: whoever signs there signs once, and would be missing. */
static const char late_sql[]
  = "SELECT s.id, a.order_id, o.version, COALESCE((SELECT MIN(rs.level) FROM approval_rule_step rs"
    " JOIN approval_rule r ON r.id = rs.approval_rule_id WHERE r.status = 'active'"
    " AND rs.level > GREATEST(s.level, s.escalated_level) AND NOT EXISTS (SELECT 1 FROM approval_step t"
    " WHERE t.approval_id = s.approval_id AND t.level = rs.level)), 0) AS next"
    " FROM approval_step s JOIN approval a ON a.id = s.approval_id JOIN sales_order o ON o.id = a.order_id"
    " WHERE s.state = 'open' AND s.due_at < :now AND a.state = 'open' ORDER BY s.id LIMIT 200";
/* With no higher level the step stays with those who have it. */
static const char escalate_sql[]
  = "UPDATE approval_step SET escalated_level = GREATEST(escalated_level, :level),"
    " due_at = CASE WHEN :level > 0 THEN DATE_ADD(:now, INTERVAL hours HOUR) END"
    " WHERE id = :id AND state = 'open' AND due_at < :now";

GArray *
tw_chain_store_list_late (TwContext *ctx, GError **error)
{
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (TwLateStep));
  g_autoptr (TwStatement) list = tw_db_prepare (ctx->db, late_sql);

  tw_bind_time (list, "now", ctx->now);
  while (TRUE)
    {
      TwLateStep step;
      gboolean found;

      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&late);
      step = (TwLateStep) { tw_column_int (list, "id"), tw_column_int (list, "order_id"), tw_column_int (list,
                                                                                                         "version"),
                            tw_column_int (list, "next") };
      g_array_append_val (late, step);
    }
}

gboolean
tw_chain_store_escalate (TwContext *ctx, const TwLateStep *late, GError **error)
{
  g_autoptr (TwStatement) escalate = tw_db_prepare (ctx->db, escalate_sql);

  tw_bind_int (escalate, "id", late->step_id);
  tw_bind_int (escalate, "level", late->level);
  tw_bind_time (escalate, "now", ctx->now);
  return tw_statement_run (escalate, NULL, error);
}
