/* delegation-store.h: the SQL of delegations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_delegation_master;
extern const TwList tw_delegation_list;

gboolean tw_delegation_store_read_roles (TwDb *db, gint64 user_id, TwRoles *roles, GError **error);

G_END_DECLS
