/* order-hold.h: what an order is held for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* The body of the action hold. */
struct _TwOrderHold
{
  TwRecord parent;
  const char *hold; /* tw_order_hold_keys; none: manual for sales, credit for finance */
  char *reason;
};
TW_DECLARE_RECORD (TwOrderHold, tw_order_hold)

G_END_DECLS
