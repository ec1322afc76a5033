/* goods.h: what the demonstration company sells, and its opening stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/sample.h"
#include "server/demo/stage.h"

G_BEGIN_DECLS

/* "NW-11" for the source's product 11. (transfer full) */
char *tw_demo_sku (gint64 product_id);

/* The 77 products and the price list STANDARD. */
gboolean tw_demo_add_products (TwStage *stage, GError **error);

/* Goods in on the stage's present day: what the orders take in all and a tenth more; a few products come short, so that
 * there are backorders. */
gboolean tw_demo_receive_opening_stock (TwStage *stage, GError **error);

G_END_DECLS
