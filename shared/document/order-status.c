/* order-status.c: see order-status.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order-status.h"

/* The sums of the lines' buckets, cancelled quantities left out. */
typedef struct
{
  TwDecimal wanted; /* quantity − cancelled */
  TwDecimal reserved;
  TwDecimal packed;
  TwDecimal delivered;
  TwDecimal invoiced;
} Sums;

static Sums
sum_lines (TwOrder *order)
{
  Sums sums = { 0 };
  guint n = tw_record_count (order->lines);

  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      TwDecimal gone = tw_decimal_add (line->shipped, line->delivered);
      TwDecimal packed = tw_decimal_add (line->packed, gone);
      TwDecimal picked = tw_decimal_add (line->picking, line->picked);

      sums.wanted = tw_decimal_add (sums.wanted, tw_decimal_sub (line->quantity, line->cancelled));
      sums.reserved = tw_decimal_add (sums.reserved, tw_decimal_add (line->reserved, tw_decimal_add (picked, packed)));
      sums.packed = tw_decimal_add (sums.packed, packed);
      sums.delivered = tw_decimal_add (sums.delivered, line->delivered);
      sums.invoiced = tw_decimal_add (sums.invoiced, line->invoiced);
    }
  return sums;
}

static const char *
degree (const TwKey *keys, TwDecimal done, TwDecimal wanted)
{
  if (tw_decimal_sign (done) <= 0)
    return tw_key_find (keys, "none");
  return tw_key_find (keys, tw_decimal_compare (done, wanted) < 0 ? "partial" : "full");
}

static const char *
approval_status (const TwOrderFacts *facts)
{
  if (facts->round_open)
    return tw_key_find (tw_approval_status_keys, "pending");
  if (facts->round_complete)
    return tw_key_find (tw_approval_status_keys, "approved");
  if (facts->round_rejected)
    return tw_key_find (tw_approval_status_keys, "rejected");
  return tw_key_find (tw_approval_status_keys, "none");
}

void
tw_order_facts_set_round (TwOrderFacts *facts, const char *state, gboolean has_steps)
{
  facts->round_open = g_str_equal (state, "open");
  facts->round_complete = g_str_equal (state, "complete") && has_steps;
  facts->round_rejected = g_str_equal (state, "rejected");
}

void
tw_order_derive_statuses (TwOrder *order, const TwOrderFacts *facts)
{
  Sums sums = sum_lines (order);

  order->approval_status = approval_status (facts);
  order->reservation_status = degree (tw_reservation_status_keys, sums.reserved, sums.wanted);
  order->fulfilment_status = degree (tw_fulfilment_status_keys, sums.packed, sums.wanted);
  order->delivery_status = degree (tw_delivery_status_keys, sums.delivered, sums.wanted);
  order->invoice_status = degree (tw_invoice_status_keys, sums.invoiced, sums.wanted);
  order->payment_status = degree (tw_payment_status_keys, facts->settled, facts->invoiced);
}
