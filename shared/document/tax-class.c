/* tax-class.c: see tax-class.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/tax-class.h"

#include "shared/document/common.h"

static const TwField tax_class_fields[] = {
  TW_RECORD_FIELDS (TwTaxClass),
  TW_TEXT (TwTaxClass, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwTaxClass, name, N_ ("Name"), 80, TW_REQUIRED),
  TW_RATE (TwTaxClass, rate, N_ ("Rate"), 1, TW_REQUIRED | TW_NOT_NEGATIVE),
  TW_KEY (TwTaxClass, status, N_ ("Status"), tw_active_keys, 0),
};
TW_DEFINE_RECORD (TwTaxClass, tw_tax_class, "tax_class", N_ ("Tax class"), tax_class_fields)
