/* chain-store.h: the SQL of rules, rounds, steps and signatures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/approval-rule.h"
#include "shared/document/approval.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

/* The active rules with their steps, by code. (transfer full) (element-type TwApprovalRule) */
GListStore *tw_chain_store_read_rules (TwDb *db, GError **error);
gboolean tw_chain_store_read_category (TwDb *db, gint64 product_id, char **category, GError **error);
/* How many active users hold @role, besides @author and @editor. */
gboolean tw_chain_store_count_holders (TwDb *db, const char *role, gint64 author, gint64 editor, gint64 *holders,
                                       GError **error);

/* ---- A round ---- */
typedef struct
{
  gint64 id;
  char *rule_version;
  char *state;
} TwRound;

void tw_round_clear (TwRound *round);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TwRound, tw_round_clear)

gboolean tw_chain_store_read_round (TwDb *db, TwOrder *order, TwRound *round, gboolean *found, GError **error);
/* The order's open round; 0 when there is none. */
gboolean tw_chain_store_find_open (TwDb *db, gint64 order_id, gint64 *round_id, GError **error);
gboolean tw_chain_store_insert_round (TwContext *ctx, TwOrder *order, const char *rule_version, const char *state,
                                      gint64 *round_id, GError **error);
gboolean tw_chain_store_insert_step (TwContext *ctx, gint64 round_id, TwApprovalStep *step, gint64 needed, gint64 hours,
                                     GError **error);
/* *has_signatures: there are some in the present round. */
gboolean tw_chain_store_read_steps (TwDb *db, TwOrder *order, gboolean *has_signatures, GError **error);
/* The signatures of the present round, each with the step's id in *step_ids at the same index. */
gboolean tw_chain_store_read_signatures (TwDb *db, TwOrder *order, GListStore *signatures, GArray *step_ids,
                                         GError **error);

/* ---- Signing ---- */
gboolean tw_chain_store_insert_signature (TwContext *ctx, gint64 round_id, gint64 step_id, gint64 on_behalf_of,
                                          const char *decision, const char *comment, const char *digest,
                                          GError **error);
/* The step becomes signed when enough people have. */
gboolean tw_chain_store_close_step (TwDb *db, gint64 step_id, gboolean *closed, GError **error);
gboolean tw_chain_store_set_step (TwDb *db, gint64 step_id, const char *state, GError **error);
gboolean tw_chain_store_open_level (TwContext *ctx, gint64 round_id, gint64 level, GError **error);
/* All its steps are signed. */
gboolean tw_chain_store_complete_round (TwContext *ctx, gint64 round_id, GError **error);
/* Before that: what is open or waits will not be signed any more. */
gboolean tw_chain_store_end_round (TwContext *ctx, gint64 round_id, const char *state, GError **error);

/* Who gave their signature to ctx->who for today. (element-type TwDeputy) (transfer full) */
typedef struct
{
  gint64 user_id;
  char *user;
  char *name;
  TwRoles roles;
} TwDeputy;

GPtrArray *tw_chain_store_read_principals (TwContext *ctx, GError **error);

/* ---- Late steps ---- */
typedef struct
{
  gint64 step_id;
  gint64 order_id;
  gint64 order_version;
  gint64 level; /* the next one that the rules name; 0: there is none */
} TwLateStep;

GArray *tw_chain_store_list_late (TwContext *ctx, GError **error);
gboolean tw_chain_store_escalate (TwContext *ctx, const TwLateStep *late, GError **error);

G_END_DECLS
