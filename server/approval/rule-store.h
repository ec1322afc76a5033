/* rule-store.h: the SQL of approval rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_rule_master;
extern const TwList tw_rule_list;

G_END_DECLS
