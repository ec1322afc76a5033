/* approval.c: see approval.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/approval.h"

#include "shared/document/approval-rule.h"

const TwKey tw_step_state_keys[] = {
  { "waiting", N_ ("Waiting for earlier signatures") },
  { "open", N_ ("Waiting for a signature") },
  { "signed", N_ ("Signed") },
  { "rejected", N_ ("Rejected") },
  { "returned", N_ ("Returned") },
  /* Translators: the signature no longer counts since the order was changed */
  { "void", N_ ("No longer valid") },
  { NULL },
};

const TwKey tw_decision_keys[] = {
  { "approve", N_ ("Approved") },
  { "reject", N_ ("Rejected") },
  { "return", N_ ("Returned") },
  { NULL },
};

static const TwField signature_fields[] = {
  TW_LINE_FIELDS (TwSignature),
  TW_TEXT (TwSignature, user, N_ ("User"), 40, TW_SERVER),
  TW_TEXT (TwSignature, user_name, N_ ("Signed by"), 120, TW_SERVER),
  TW_TEXT (TwSignature, on_behalf_of, N_ ("On behalf of"), 40, TW_SERVER),
  TW_TEXT (TwSignature, on_behalf_of_name, N_ ("On behalf of"), 120, TW_SERVER),
  TW_KEY (TwSignature, decision, N_ ("Decision"), tw_decision_keys, TW_SERVER),
  TW_TEXT (TwSignature, comment, N_ ("Comment"), 500, TW_SERVER),
  TW_TEXT (TwSignature, digest, N_ ("Content digest"), 64, TW_SERVER),
  TW_TIME (TwSignature, signed_at, N_ ("Signed"), TW_SERVER),
};
TW_DEFINE_RECORD (TwSignature, tw_signature, "signature", N_ ("Signature"), signature_fields)

static const TwField approval_step_fields[] = {
  TW_LINE_FIELDS (TwApprovalStep),
  TW_INT (TwApprovalStep, level, N_ ("Level"), 1, 9, TW_SERVER),
  TW_TEXT (TwApprovalStep, role, N_ ("Role"), 40, TW_SERVER),
  TW_TEXT (TwApprovalStep, user, N_ ("User"), 40, TW_SERVER),
  TW_INT (TwApprovalStep, user_id, N_ ("User"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwApprovalStep, user_name, N_ ("Full name"), 120, TW_SERVER),
  TW_KEY (TwApprovalStep, mode, N_ ("Who of them"), tw_step_mode_keys, TW_SERVER),
  TW_TEXT (TwApprovalStep, rules, N_ ("Rules"), 400, TW_SERVER),
  TW_TEXT (TwApprovalStep, reason, N_ ("Why"), 1000, TW_SERVER),
  TW_KEY (TwApprovalStep, state, N_ ("State"), tw_step_state_keys, TW_SERVER),
  TW_TIME (TwApprovalStep, due_at, N_ ("Due"), TW_SERVER),
  TW_INT (TwApprovalStep, escalated_level, N_ ("Escalated to level"), 0, 9, TW_SERVER),
  TW_LIST (TwApprovalStep, signatures, N_ ("Signatures"), tw_signature_get_type, 50, TW_SERVER),
};
TW_DEFINE_RECORD (TwApprovalStep, tw_approval_step, "approval_step", N_ ("Approval step"), approval_step_fields)

static const TwField approval_fields[] = {
  TW_RECORD_FIELDS (TwApproval),
  TW_INT (TwApproval, order_id, N_ ("Order"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwApproval, order, N_ ("Order"), 30, TW_SERVER),
  TW_INT (TwApproval, order_version, N_ ("Version"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwApproval, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_TEXT (TwApproval, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwApproval, sales_rep_name, N_ ("Sales rep"), 120, TW_SERVER),
  TW_MONEY (TwApproval, total, N_ ("Total"), TW_SERVER),
  TW_TEXT (TwApproval, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_MONEY (TwApproval, total_company, N_ ("Total in company currency"), TW_SERVER),
  TW_INT (TwApproval, level, N_ ("Level"), 1, 9, TW_SERVER),
  TW_TEXT (TwApproval, reason, N_ ("Why"), 1000, TW_SERVER),
  TW_TEXT (TwApproval, on_behalf_of_name, N_ ("On behalf of"), 120, TW_SERVER),
  TW_TIME (TwApproval, submitted_at, N_ ("Submitted"), TW_SERVER),
  TW_TIME (TwApproval, due_at, N_ ("Due"), TW_SERVER),
};
TW_DEFINE_RECORD (TwApproval, tw_approval, "approval", N_ ("Approval"), approval_fields)
