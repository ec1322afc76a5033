/* order-closures.h: what templates say of an order beyond its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closures for `.ui` expressions, see format.h. All strings are (transfer full), "" for nothing to say.
 */
#pragma once

#include <gtk/gtk.h>

#include "shared/document/order-check.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

void tw_order_bind_closures (GtkWidgetClass *klass);

/* The first of the order's checks about @check that is not in order, NULL when all are. @order nullable. (transfer
 * none) */
TwOrderCheck *tw_order_find_fault (TwOrder *order, const char *check);

/* That another order has the same customer's reference. @order nullable. */
char *tw_order_closure_same_reference (gpointer self, TwOrder *order);
/* The delivery address and the terms in one line. */
char *tw_order_closure_terms (gpointer self, const char *city, const char *price_list, const char *payment_term);
/* Whether an order in @state has been confirmed at some time: then it has more to show than its state. */
gboolean tw_order_closure_is_confirmed (gpointer self, const char *state);
/* How long an offer stands. */
char *tw_order_closure_validity (gpointer self, const char *state, const char *valid_until);
/* "1,234.50 CNY" */
char *tw_order_closure_amount (gpointer self, const char *amount, const char *currency);

G_END_DECLS
