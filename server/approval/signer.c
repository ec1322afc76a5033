/* signer.c: whom an approver may name as the one who signs instead
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An approver does not read the users; their sign-in names and names are what a delegation needs of them.
 */
#include "server/approval/approval.h"
#include "server/approval/signer-store.h"
#include "shared/document/user.h"

const TwResource tw_signer_resource = {
  .path = "signers",
  .document = "signer",
  .type = tw_signer_get_type,
  .list = &tw_signer_list,
};
