/* order-fingerprint.h: what makes two orders of a customer alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/order.h"

G_BEGIN_DECLS

#define TW_FINGERPRINT_BYTES 32

/* SHA-256 over "product id:quantity,…" by product and quantity, quantities with six decimals, as 0011-fingerprint.sql
 * has it. FALSE when there is no line. */
gboolean tw_order_get_fingerprint (TwOrder *order, guint8 *fingerprint);

G_END_DECLS
