/* tax-class-store.h: the SQL of tax classs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_tax_class_master;
/* Columns id and status and rate of the row whose key is :key. */
extern const char tw_tax_class_find_sql[];
extern const TwList tw_tax_class_list;

G_END_DECLS
