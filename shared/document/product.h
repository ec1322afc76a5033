/* product.h: products: goods and services
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_product_kind_keys[]; /* stocked, service */

struct _TwProduct
{
  TwRecord parent;
  char *sku;
  char *barcode;
  char *name;
  char *local_name;
  char *category;
  char *unit;
  TwDecimal price; /* standard price in company currency, before any price list */
  TwDecimal cost;
  char *tax_class;
  gint64 tax_class_id;
  TwDecimal tax_rate;
  TwDecimal weight; /* kg a unit */
  const char *kind;
  const char *status;
  char *description;
};
TW_DECLARE_RECORD (TwProduct, tw_product)

G_END_DECLS
