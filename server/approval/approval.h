/* approval.h: the documents of approval: rules, delegations and the inbox
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"

G_BEGIN_DECLS

extern const TwResource tw_approval_rule_resource;
extern const TwResource tw_delegation_resource;

/* GET /approvals: the open steps that the reader may sign, in their own right or for somebody else. */
extern const TwResource tw_approval_resource;

/* GET /signers: who may sign, and so be a delegate. */
extern const TwResource tw_signer_resource;

/* Registers resources and routes of this area. */
void tw_approval_register (void);

G_END_DECLS
