/* warehouse.c: see warehouse.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/warehouse.h"

#include "shared/document/common.h"

static const TwField warehouse_fields[] = {
  TW_RECORD_FIELDS (TwWarehouse),
  TW_TEXT (TwWarehouse, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwWarehouse, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_TEXT (TwWarehouse, street, N_ ("Street"), 200, 0),
  TW_TEXT (TwWarehouse, city, N_ ("City"), 80, 0),
  TW_TEXT (TwWarehouse, region, N_ ("Region"), 80, 0),
  TW_TEXT (TwWarehouse, country, N_ ("Country"), 80, 0),
  TW_KEY (TwWarehouse, status, N_ ("Status"), tw_active_keys, 0),
};
TW_DEFINE_RECORD (TwWarehouse, tw_warehouse, "warehouse", N_ ("Warehouse"), warehouse_fields)
