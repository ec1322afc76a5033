/* chain-sign.c: who may sign a step, and what a signature does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain-plan.h"
#include "server/approval/chain-store.h"
#include "server/core/change.h"
#include "shared/base/codec.h"
#include "shared/policy/digest.h"

/* Someone whose signature a step may ask for. */
typedef struct
{
  gint64 user_id;
  const char *user;
  TwRoles roles;
} Signer;

/* What was found for ctx->who: an open step, and for whom they sign it. */
typedef struct
{
  TwApprovalStep *step;   /* borrowed from the order */
  gint64 on_behalf_of;    /* 0: in their own right */
} Place;

static gboolean
is_open (TwApprovalStep *step)
{
  return g_strcmp0 (step->state, "open") == 0;
}

/* One person signs one step of a round at most, whoever held the pen. */
static gboolean
has_signed (TwOrder *order, const char *user)
{
  for (guint i = 0; i < tw_record_count (order->approvals); i++)
    {
      TwApprovalStep *step = tw_record_nth (order->approvals, i);

      for (guint j = 0; j < tw_record_count (step->signatures); j++)
        {
          TwSignature *signature = tw_record_nth (step->signatures, j);

          if (g_strcmp0 (signature->user, user) == 0 || g_strcmp0 (signature->on_behalf_of, user) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_asked (const char *role, gint64 user_id, const Signer *signer)
{
  return (user_id != 0 && user_id == signer->user_id)
         || (role != NULL && *role != '\0' && (tw_role_from_key (role) & signer->roles) != 0);
}

/* A late step may be signed by those whom the rules name at the level it went up to. */
static gboolean
is_asked_by_escalation (TwContext *ctx, TwApprovalStep *step, const Signer *signer, gboolean *asked, GError **error)
{
  g_autoptr (GListStore) rules = NULL;

  *asked = FALSE;
  if (step->escalated_level == 0)
    return TRUE;
  rules = tw_chain_get_rules (ctx, error);
  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < tw_record_count (rules); i++)
    {
      TwApprovalRule *rule = tw_record_nth (rules, i);

      for (guint j = 0; j < tw_record_count (rule->steps); j++)
        {
          TwApprovalRuleStep *named = tw_record_nth (rule->steps, j);

          if (named->level == step->escalated_level && is_asked (named->role, named->user_id, signer))
            *asked = TRUE;
        }
    }
  return TRUE;
}

/* The first open step that @signer is asked for; *step NULL when there is none. */
static gboolean
find_step (TwContext *ctx, TwOrder *order, const Signer *signer, TwApprovalStep **step, GError **error)
{
  *step = NULL;
  if (signer->user_id == order->author_id || signer->user_id == order->editor_id || has_signed (order, signer->user))
    return TRUE;
  for (guint i = 0; *step == NULL && i < tw_record_count (order->approvals); i++)
    {
      TwApprovalStep *candidate = tw_record_nth (order->approvals, i);
      gboolean asked;

      if (!is_open (candidate))
        continue;
      asked = is_asked (candidate->role, candidate->user_id, signer);
      if (!asked && !is_asked_by_escalation (ctx, candidate, signer, &asked, error))
        return FALSE;
      if (asked)
        *step = candidate;
    }
  return TRUE;
}

static gboolean
find_place_for_others (TwContext *ctx, TwOrder *order, Place *place, GError **error)
{
  g_autoptr (GPtrArray) principals = tw_chain_store_read_principals (ctx, error);

  if (principals == NULL)
    return FALSE;
  for (guint i = 0; place->step == NULL && i < principals->len; i++)
    {
      TwDeputy *principal = g_ptr_array_index (principals, i);
      Signer signer = { principal->user_id, principal->user, principal->roles };

      if (!find_step (ctx, order, &signer, &place->step, error))
        return FALSE;
      place->on_behalf_of = principal->user_id;
    }
  return TRUE;
}

static gboolean
find_place (TwContext *ctx, TwOrder *order, Place *place, GError **error)
{
  Signer me = { ctx->who->user_id, ctx->who->user, ctx->who->roles };

  *place = (Place) { NULL };
  if (me.user_id == order->author_id || me.user_id == order->editor_id || has_signed (order, me.user))
    return TRUE;
  if (!find_step (ctx, order, &me, &place->step, error))
    return FALSE;
  return place->step != NULL || find_place_for_others (ctx, order, place, error);
}

static const char *
describe_obstacle (TwContext *ctx, TwOrder *order)
{
  if (ctx->who->user_id == order->author_id || ctx->who->user_id == order->editor_id)
    return _ ("Whoever wrote or last changed an order cannot sign it.");
  if (has_signed (order, ctx->who->user))
    return _ ("You have signed this order already.");
  return _ ("The open step is for others to sign.");
}

char *
tw_chain_explain (TwContext *ctx, TwOrder *order)
{
  g_autoptr (GError) error = NULL;
  Place place;

  if (!find_place (ctx, order, &place, &error))
    return g_strdup (error->message);
  return place.step != NULL ? NULL : g_strdup (describe_obstacle (ctx, order));
}

/* ---- Signing ---- */

static gboolean
note_signature (TwContext *ctx, TwOrder *order, const Place *place, const char *decision, const char *comment,
                GError **error)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  g_string_append_printf (detail, "{\"level\":\"%" G_GINT64_FORMAT "\",\"decision\":", place->step->level);
  tw_codec_append_string (detail, decision);
  g_string_append (detail, ",\"digest\":");
  tw_codec_append_string (detail, order->digest);
  g_string_append_c (detail, '}');
  return tw_change_note_for (ctx, "order", order->parent.id, order->parent.version, "sign", place->on_behalf_of,
                             detail->str, comment, error);
}

static gboolean
put_signature (TwContext *ctx, TwOrder *order, const TwRound *round, const Place *place, const char *decision,
               const char *comment, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (tw_chain_store_insert_signature (ctx, round->id, place->step->parent.id, place->on_behalf_of, decision, comment,
                                       order->digest, &problem))
    return note_signature (ctx, order, place, decision, comment, error);
  if (g_error_matches (problem, TW_ERROR, TW_ERROR_DUPLICATE))
    return tw_error_set (error, TW_ERROR_STATE, _ ("You have signed this order already."));
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* What is left to sign besides @step: whether a step is open, and the lowest level that waits (0: none does). */
static void
look_beyond (TwOrder *order, TwApprovalStep *step, gboolean *any_open, gint64 *next)
{
  *any_open = FALSE;
  *next = 0;
  for (guint i = 0; i < tw_record_count (order->approvals); i++)
    {
      TwApprovalStep *other = tw_record_nth (order->approvals, i);

      *any_open = *any_open || (other != step && is_open (other));
      if (g_strcmp0 (other->state, "waiting") == 0 && (*next == 0 || other->level < *next))
        *next = other->level;
    }
}

/* An approval closes its step and opens the next level; the last one completes the round. The order is locked, so its
 * steps are as they were read. */
static gboolean
advance (TwContext *ctx, TwOrder *order, const TwRound *round, TwApprovalStep *step, gboolean *complete, GError **error)
{
  gboolean closed, any_open;
  gint64 next;

  if (!tw_chain_store_close_step (ctx->db, step->parent.id, &closed, error))
    return FALSE;
  look_beyond (order, step, &any_open, &next);
  if (!closed || any_open)
    return TRUE;
  *complete = next == 0;
  return *complete ? tw_chain_store_complete_round (ctx, round->id, error)
                   : tw_chain_store_open_level (ctx, round->id, next, error);
}

/* A signature is for what was submitted, to the letter, under the rules of then. */
static gboolean
check_digest (TwOrder *order, const TwRound *round, GError **error)
{
  g_autofree char *digest = tw_digest_commercial (TW_RECORD (order), round->rule_version);

  return g_strcmp0 (digest, order->digest) == 0
         || tw_error_set (error, TW_ERROR_STATE,
                          _ ("The content is not what was submitted. The order has to be submitted again."));
}

gboolean
tw_chain_sign (TwContext *ctx, TwOrder *order, const char *decision, const char *comment, gboolean *complete,
               GError **error)
{
  g_auto (TwRound) round = { 0 };
  gboolean found, approved = g_str_equal (decision, "approve");
  const char *end = g_str_equal (decision, "reject") ? "rejected" : "returned";
  Place place;

  *complete = FALSE;
  if (!tw_chain_store_read_round (ctx->db, order, &round, &found, error) || !find_place (ctx, order, &place, error))
    return FALSE;
  if (!found || !g_str_equal (round.state, "open"))
    return tw_error_set (error, TW_ERROR_STATE, _ ("The order does not wait for a signature."));
  if (place.step == NULL)
    return tw_error_set (error, TW_ERROR_STATE, "%s", describe_obstacle (ctx, order));
  if (approved && !check_digest (order, &round, error))
    return FALSE;
  if (!put_signature (ctx, order, &round, &place, decision, comment, error))
    return FALSE;
  if (approved)
    return advance (ctx, order, &round, place.step, complete, error);
  return tw_chain_store_set_step (ctx->db, place.step->parent.id, end, error)
         && tw_chain_store_end_round (ctx, round.id, end, error);
}
