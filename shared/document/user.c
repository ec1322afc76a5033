/* user.c: see user.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/user.h"

#include "shared/document/common.h"

const TwKey tw_user_status_keys[] = {
  { "active", N_ ("Active") },
  { "disabled", N_ ("Disabled") },
  { NULL },
};

static const TwField user_fields[] = {
  TW_RECORD_FIELDS (TwUser),
  TW_TEXT (TwUser, user, N_ ("User name"), 40, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwUser, name, N_ ("Full name"), 120, TW_REQUIRED),
  TW_TEXT (TwUser, email, N_ ("E-mail"), 120, 0),
  TW_KEY (TwUser, language, N_ ("Language"), tw_language_keys, 0),
  TW_KEY (TwUser, status, N_ ("Status"), tw_user_status_keys, 0),
  TW_STRINGS (TwUser, roles, N_ ("Roles"), 20, TW_REQUIRED),
  TW_RATE (TwUser, discount_limit, N_ ("Discount limit"), 1, TW_NOT_NEGATIVE),
  TW_TEXT (TwUser, customer, N_ ("Customer"), 20, 0),
  TW_INT (TwUser, customer_id, N_ ("Customer"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwUser, password, N_ ("Password"), 200, TW_WRITE_ONLY),
};
TW_DEFINE_RECORD (TwUser, tw_user, "user", N_ ("User"), user_fields)

static const TwField delegation_fields[] = {
  TW_RECORD_FIELDS (TwDelegation),
  TW_TEXT (TwDelegation, principal, N_ ("Absent approver"), 40, TW_REQUIRED | TW_FIXED),
  TW_INT (TwDelegation, principal_id, N_ ("Absent approver"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwDelegation, principal_name, N_ ("Absent approver"), 120, TW_SERVER),
  TW_TEXT (TwDelegation, delegate, N_ ("Delegate"), 40, TW_REQUIRED | TW_FIXED),
  TW_INT (TwDelegation, delegate_id, N_ ("Delegate"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwDelegation, delegate_name, N_ ("Delegate"), 120, TW_SERVER),
  TW_DATE (TwDelegation, valid_from, N_ ("From"), TW_REQUIRED),
  TW_DATE (TwDelegation, valid_to, N_ ("Until"), TW_REQUIRED),
  TW_TEXT (TwDelegation, reason, N_ ("Reason"), 200, 0),
  TW_KEY (TwDelegation, status, N_ ("Status"), tw_active_keys, 0),
};
TW_DEFINE_RECORD (TwDelegation, tw_delegation, "delegation", N_ ("Delegation"), delegation_fields)

static const TwField signer_fields[] = {
  TW_RECORD_FIELDS (TwSigner),
  TW_TEXT (TwSigner, user, N_ ("User name"), 40, TW_SERVER),
  TW_TEXT (TwSigner, name, N_ ("Full name"), 120, TW_SERVER),
};
TW_DEFINE_RECORD (TwSigner, tw_signer, "signer", N_ ("Approver"), signer_fields)
