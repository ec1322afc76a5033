/* carrier-store.h: the SQL of carriers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_carrier_master;
/* Columns id and status of the row whose key is :key. */
extern const char tw_carrier_find_sql[];
extern const TwList tw_carrier_list;

G_END_DECLS
