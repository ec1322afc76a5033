/* approval.h: approval steps, signatures and the inbox
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_step_state_keys[]; /* waiting (lower level first), open, signed, rejected, returned, void */
extern const TwKey tw_decision_keys[];   /* approve, reject, return */

struct _TwSignature
{
  TwRecord parent;
  char *user;
  char *user_name;
  char *on_behalf_of; /* user name; none: in their own right */
  char *on_behalf_of_name;
  const char *decision;
  char *comment;
  char *digest; /* of the content that was signed */
  TwTime signed_at;
};
TW_DECLARE_RECORD (TwSignature, tw_signature)

/* One step of an order's chain: who has to sign, and why. */
struct _TwApprovalStep
{
  TwRecord parent;
  gint64 level;
  char *role; /* role key, nullable */
  char *user; /* user name, nullable */
  gint64 user_id;
  char *user_name;
  const char *mode;
  char *rules;  /* codes of the rules that ask for it, comma separated */
  char *reason; /* a sentence in the reader's language */
  const char *state;
  TwTime due_at;          /* when it escalates; none: never */
  gint64 escalated_level; /* the level that may sign too since the step is late; 0: none */
  GListStore *signatures;
};
TW_DECLARE_RECORD (TwApprovalStep, tw_approval_step)

/* An inbox row: an order with a step that the reader may sign. */
struct _TwApproval
{
  TwRecord parent;
  gint64 order_id;
  char *order; /* number */
  gint64 order_version;
  char *customer;
  char *customer_name;
  char *sales_rep_name;
  TwDecimal total;
  char *currency;
  TwDecimal total_company;
  gint64 level;
  char *reason;
  char *on_behalf_of_name; /* set when it is in the inbox by delegation */
  TwTime submitted_at;
  TwTime due_at;
};
TW_DECLARE_RECORD (TwApproval, tw_approval)

G_END_DECLS
