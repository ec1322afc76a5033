/* warehouse.h: warehouses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwWarehouse
{
  TwRecord parent;
  char *code;
  char *name;
  char *street;
  char *city;
  char *region;
  char *country;
  const char *status;
};
TW_DECLARE_RECORD (TwWarehouse, tw_warehouse)

G_END_DECLS
