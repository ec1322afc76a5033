/* scope.c: whose documents a person may know of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/scope.h"

#include "server/masterdata/masterdata.h"

#define NARROW (TW_ROLE_SALES | TW_ROLE_DRIVER | TW_ROLE_CUSTOMER)

static gboolean
reps_see_all (TwContext *ctx)
{
  /* When the setting cannot be read, the narrower rule holds. */
  g_autofree char *setting = tw_setting_get (ctx, TW_SETTING_SALES_SEE_ALL, NULL);

  return g_strcmp0 (setting, "yes") == 0;
}

TwScope
tw_scope_get (TwContext *ctx, const char *permission)
{
  TwRoles roles = ctx->who->roles;

  if ((roles & TW_ROLE_SYSTEM) || tw_role_may (roles & ~NARROW, permission))
    return TW_SCOPE_ALL;
  if ((roles & TW_ROLE_SALES) && tw_role_may (TW_ROLE_SALES, permission) && reps_see_all (ctx))
    return TW_SCOPE_ALL;
  if (roles & (TW_ROLE_SALES | TW_ROLE_DRIVER))
    return TW_SCOPE_USER;
  return TW_SCOPE_CUSTOMER;
}
