/* role.h: roles, and what each may do: one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

typedef enum
{
  TW_ROLE_SALES = 1 << 0,
  TW_ROLE_SALES_MANAGER = 1 << 1,
  TW_ROLE_APPROVER = 1 << 2,
  TW_ROLE_PLANNER = 1 << 3,
  TW_ROLE_WAREHOUSE = 1 << 4,
  TW_ROLE_QUALITY = 1 << 5,
  TW_ROLE_DISPATCHER = 1 << 6,
  TW_ROLE_DRIVER = 1 << 7,
  TW_ROLE_FINANCE = 1 << 8,
  TW_ROLE_FINANCE_MANAGER = 1 << 9,
  TW_ROLE_PURCHASING = 1 << 10,
  TW_ROLE_PRODUCTION = 1 << 11,
  TW_ROLE_AFTER_SALES = 1 << 12,
  TW_ROLE_AUDITOR = 1 << 13,
  TW_ROLE_ADMIN = 1 << 14,
  TW_ROLE_CUSTOMER = 1 << 15,
  TW_ROLE_SYSTEM = 1 << 16, /* timers and automatic steps; no user can hold it */
} TwRoles;

#define TW_N_ROLES 17

/* Role keys and labels in the order of the bits, without `system`. */
extern const TwKey tw_role_keys[];

/* 0 when unknown. */
TwRoles tw_role_from_key (const char *key);
TwRoles tw_roles_from_keys (const char *const *keys);
GStrv tw_roles_to_keys (TwRoles roles);

typedef struct
{
  const char *permission; /* "order.submit" */
  TwRoles roles;
} TwPermission;

/* The role × permission matrix, sorted by permission. Ends with { NULL }. */
extern const TwPermission tw_permissions[];

gboolean tw_role_may (TwRoles roles, const char *permission);
/* All permissions of @roles. (transfer full) */
GStrv tw_role_list_permissions (TwRoles roles);
TwSecrets tw_role_get_secrets (TwRoles roles);

G_END_DECLS
