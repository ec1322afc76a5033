/* order-preview.h: an order as the server would reckon it, while it is being typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks POST /orders/check a quarter of a second after the last change: prices, availability, totals, checks, and who
 * would have to sign. Nothing is stored, and nothing that is typed waits for it. A newer question cancels an older one.
 *
 * A price that nobody wrote follows the price list: it is shown, but asked for anew with every change of product,
 * quantity or customer.
 */
#pragma once

#include "client/net/session.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

#define TW_TYPE_ORDER_PREVIEW (tw_order_preview_get_type ())
G_DECLARE_FINAL_TYPE (TwOrderPreview, tw_order_preview, TW, ORDER_PREVIEW, GObject)

/* Signals: "answered" (TwOrder *reckoned): the lines and the open fields of the order asked about have been filled from
 * it; "failed" (const GError *error): the order cannot be reckoned as it is. */
TwOrderPreview *tw_order_preview_new (void);

/* Lines that have no product or quantity yet are left out. An order without customer is not asked about. */
void tw_order_preview_ask (TwOrderPreview *self, TwOrder *order);
void tw_order_preview_cancel (TwOrderPreview *self);
/* Where the line stands that was the @sent-th of the question, which is what an error's pointers count. */
gboolean tw_order_preview_find_line (TwOrderPreview *self, guint sent, guint *position);

/* @order came from the server: its prices are taken for the list's where they are the same. */
void tw_order_preview_take (TwOrderPreview *self, TwOrder *order);
/* Before an order is asked about or saved: prices that follow the list are left out of what is sent. */
void tw_order_preview_prepare (TwOrderPreview *self, TwOrder *order);
/* The person wrote @field of the head: it is not filled any more. */
void tw_order_preview_keep (TwOrderPreview *self, TwOrder *order, const char *field);

G_END_DECLS
