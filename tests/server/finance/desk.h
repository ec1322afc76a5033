/* desk.h: delivered orders to be invoiced and paid, for tests of finance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/finance/invoice.h"
#include "server/finance/payment.h"
#include "tests/fixture/yard.h"

G_BEGIN_DECLS

typedef struct
{
  const char *sku; /* of tw_desk_new(): P-1, P-2 (standard), P-3 (reduced), S-1 (a service, standard) */
  const char *quantity;
  const char *price;
  const char *discount;
} TwDeskLine;

/* A yard with the products, tax class reduced (0.09) and payment term THIRDS (three instalments). */
TwYard *tw_desk_new (void);

/* A released order with its totals, nothing delivered. Lines end with { NULL }. @term: id of the payment term, 1 is
 * NET30, 2 is THIRDS. */
gint64 tw_desk_add_order (TwYard *yard, const TwDeskLine *lines, const char *freight, gint64 term);
/* Delivers more of a line, as if a shipment had. */
void tw_desk_deliver (TwYard *yard, gint64 order_id, guint position, const char *quantity);
void tw_desk_deliver_all (TwYard *yard, gint64 order_id);
/* A delivered order of one line of P-1: quantity × price at 13 %. */
gint64 tw_desk_add_delivered (TwYard *yard, const char *quantity, const char *price);

/* Draft of what was delivered; 0 with @error. */
gint64 tw_desk_draft (TwYard *yard, TwDb *db, gint64 order_id, GError **error);
/* Drafts of all that was delivered to the customer; the first, 0 with @error. */
gint64 tw_desk_collect (TwYard *yard, GError **error);
/* Drafts and posts. */
gint64 tw_desk_invoice (TwYard *yard, gint64 order_id);
/* A payment that has been received. */
gint64 tw_desk_receive (TwYard *yard, const char *amount);

TwInvoice *tw_desk_read_invoice (TwYard *yard, gint64 id);
TwPayment *tw_desk_read_payment (TwYard *yard, gint64 id);

/* Fails unless the action is refused with @code. */
void tw_desk_assert_refused (TwYard *yard, const char *role, const TwResource *resource, gint64 id, const char *action,
                             const char *body, TwErrorCode code);
/* The first column of a SELECT, as text or as an amount. */
void tw_desk_assert_value (TwYard *yard, const char *sql, const char *expected);
void tw_desk_assert_amount (TwYard *yard, const char *sql, const char *expected);
#define tw_desk_assert_decimal(value, expected)                                                                        \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *tw_text = tw_decimal_format ((value), 2);                                                         \
    g_assert_cmpstr (tw_text, ==, (expected));                                                                         \
  }                                                                                                                    \
  G_STMT_END
/* Everything that `verify` checks of finance holds. */
void tw_desk_assert_sound (TwYard *yard);

G_END_DECLS
