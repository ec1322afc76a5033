/* order-check.h: what was checked at submit, and with what result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* customer, address, product, quantity, price, discount, margin, credit, stock, duplicate, lines */
extern const TwKey tw_check_keys[];
extern const TwKey tw_check_result_keys[]; /* pass, warn, needs_signature, block */

struct _TwOrderCheck
{
  TwRecord parent;
  const char *check;
  const char *result;
  gint64 line;  /* position of the line it is about; 0: the whole order */
  char *detail; /* a sentence in the reader's language, made from the facts */
  char *facts;  /* JSON object of strings: what was compared, e.g. {"limit":"5000.00","exposure":"6200.00"} */
};
TW_DECLARE_RECORD (TwOrderCheck, tw_order_check)

G_END_DECLS
