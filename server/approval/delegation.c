/* delegation.c: from one day to another, someone signs for someone else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/admin/user.h"
#include "server/approval/approval.h"
#include "server/approval/delegation-store.h"
#include "shared/document/common.h"

/* Everyone gives away their own signature only; the administrator sets things up for the absent. */
static gboolean
check_principal (TwContext *ctx, TwDelegation *delegation, GError **error)
{
  if ((ctx->who->roles & TW_ROLE_ADMIN) || delegation->principal_id == ctx->who->user_id)
    return TRUE;
  return tw_error_fault (error, "/principal", "forbidden", _ ("You can only delegate your own signature."));
}

static gboolean
check_delegate (TwContext *ctx, TwDelegation *delegation, GError **error)
{
  TwRoles roles;

  if (delegation->delegate_id == delegation->principal_id)
    return tw_error_fault (error, "/delegate", "unknown_value", _ ("Please name someone else."));
  if (!tw_delegation_store_read_roles (ctx->db, delegation->delegate_id, &roles, error))
    return FALSE;
  return tw_role_may (roles, "order.approve")
         || tw_error_fault (error, "/delegate", "unknown_value", _ ("“%s” has no role that approves orders."),
                            delegation->delegate);
}

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwDelegation *delegation = (TwDelegation *) record;

  if (delegation->status == NULL)
    delegation->status = tw_key_find (tw_active_keys, "active");
  if (stored == NULL
      && (!tw_user_find_id (ctx, delegation->principal, "/principal", &delegation->principal_id, error)
          || !tw_user_find_id (ctx, delegation->delegate, "/delegate", &delegation->delegate_id, error)))
    return FALSE;
  if (tw_date_compare (delegation->valid_to, delegation->valid_from) < 0)
    return tw_error_fault (error, "/valid_to", "out_of_range", _ ("The last day cannot be before the first."));
  return check_principal (ctx, delegation, error) && (stored != NULL || check_delegate (ctx, delegation, error));
}

TW_DEFINE_MASTER_FUNCTIONS (delegation, tw_delegation_master, prepare)

const TwResource tw_delegation_resource = {
  .path = "delegations",
  .document = "delegation",
  .type = tw_delegation_get_type,
  .list = &tw_delegation_list,
  .load = delegation_load,
  .create = delegation_create,
  .update = delegation_update,
};
