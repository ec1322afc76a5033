/* payment-term.h: payment terms with instalments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwInstalment
{
  TwRecord parent;
  TwDecimal share; /* of the total; the shares of a term add up to 1 */
  gint64 days;     /* after the invoice date */
};
TW_DECLARE_RECORD (TwInstalment, tw_instalment)

struct _TwPaymentTerm
{
  TwRecord parent;
  char *code;
  char *name;
  const char *status;
  GListStore *instalments;
};
TW_DECLARE_RECORD (TwPaymentTerm, tw_payment_term)

G_END_DECLS
