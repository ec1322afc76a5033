/* product.c: see product.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/product.h"

#include "shared/document/common.h"

const TwKey tw_product_kind_keys[] = {
  { "stocked", N_ ("Stocked goods") },
  { "service", N_ ("Service") },
  { NULL },
};

static const TwField product_fields[] = {
  TW_RECORD_FIELDS (TwProduct),
  TW_TEXT (TwProduct, sku, N_ ("Product code"), 40, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwProduct, barcode, N_ ("Barcode"), 40, 0),
  TW_TEXT (TwProduct, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_TEXT (TwProduct, local_name, N_ ("Local name"), 120, 0),
  TW_TEXT (TwProduct, category, N_ ("Category"), 60, 0),
  TW_TEXT (TwProduct, unit, N_ ("Unit"), 20, TW_REQUIRED),
  TW_PRICE (TwProduct, price, N_ ("Price"), TW_NOT_NEGATIVE),
  TW_COST (TwProduct, cost, N_ ("Cost"), TW_NOT_NEGATIVE),
  TW_TEXT (TwProduct, tax_class, N_ ("Tax class"), 20, TW_REQUIRED),
  TW_INT (TwProduct, tax_class_id, N_ ("Tax class"), 0, G_MAXINT64, TW_SERVER),
  TW_RATE (TwProduct, tax_rate, N_ ("Tax rate"), 1, TW_SERVER),
  TW_QUANTITY (TwProduct, weight, N_ ("Weight (kg)"), TW_NOT_NEGATIVE),
  TW_KEY (TwProduct, kind, N_ ("Kind"), tw_product_kind_keys, 0),
  TW_KEY (TwProduct, status, N_ ("Status"), tw_active_keys, 0),
  TW_TEXT (TwProduct, description, N_ ("Description"), 2000, TW_MULTILINE | TW_ABSENT),
};
TW_DEFINE_RECORD (TwProduct, tw_product, "product", N_ ("Product"), product_fields)
