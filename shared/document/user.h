/* user.h: people who sign in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_user_status_keys[]; /* active, disabled */

struct _TwUser
{
  TwRecord parent;
  char *user; /* sign-in name */
  char *name;
  char *email;
  const char *language;
  const char *status;
  GStrv roles;              /* role keys */
  TwDecimal discount_limit; /* the largest discount that this rep may give without a warning */
  char *customer;           /* a customer contact's customer code */
  gint64 customer_id;
  char *password;           /* only ever written */
};
TW_DECLARE_RECORD (TwUser, tw_user)

/* From one day to another, someone signs for someone else. */
struct _TwDelegation
{
  TwRecord parent;
  char *principal; /* user whose steps go over */
  gint64 principal_id;
  char *principal_name;
  char *delegate; /* user who signs */
  gint64 delegate_id;
  char *delegate_name;
  TwDate valid_from;
  TwDate valid_to; /* the last day */
  char *reason;
  const char *status; /* active, inactive (revoked) */
};
TW_DECLARE_RECORD (TwDelegation, tw_delegation)

/* Whom an approver may name as delegate: no more of a user than that. */
struct _TwSigner
{
  TwRecord parent;
  char *user;
  char *name;
};
TW_DECLARE_RECORD (TwSigner, tw_signer)

G_END_DECLS
