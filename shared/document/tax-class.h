/* tax-class.h: tax classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwTaxClass
{
  TwRecord parent;
  char *code;
  char *name;
  TwDecimal rate;
  const char *status;
};
TW_DECLARE_RECORD (TwTaxClass, tw_tax_class)

G_END_DECLS
