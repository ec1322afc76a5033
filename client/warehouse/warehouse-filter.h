/* warehouse-filter.h: which warehouse a list is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "client/model/record-list.h"

G_BEGIN_DECLS

#define TW_TYPE_WAREHOUSE_FILTER (tw_warehouse_filter_get_type ())
G_DECLARE_FINAL_TYPE (TwWarehouseFilter, tw_warehouse_filter, TW, WAREHOUSE_FILTER, AdwBin)

/* A drop-down of all warehouses, read from the server, that filters @list by `warehouse`. Not shown to people in a
 * company with only one. */
void tw_warehouse_filter_attach (TwWarehouseFilter *self, TwRecordList *list);
/* Chooses the warehouse with @code, once it is known; NULL or "" shows all. */
void tw_warehouse_filter_choose (TwWarehouseFilter *self, const char *code);

G_END_DECLS
