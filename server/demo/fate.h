/* fate.h: how far an order of the demonstration gets, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything follows from an order's place in the sample, so each demonstration is the same but for its dates. Most
 * orders run to the end; the newest stop on the way, so that every desk has work waiting.
 */
#pragma once

#include "shared/base/date.h"

G_BEGIN_DECLS

/* What happens to an order, in this order; each on a day. */
typedef enum
{
  TW_DEMO_ENTER,
  TW_DEMO_SUBMIT,
  TW_DEMO_SIGN,
  TW_DEMO_PICK,
  TW_DEMO_SHIP,
  TW_DEMO_DELIVER,
  TW_DEMO_INVOICE,
  TW_DEMO_PAY,
  TW_DEMO_N_STEPS
} TwDemoStep;

/* Where an order stops. */
typedef enum
{
  TW_DEMO_RUNS_THROUGH,
  TW_DEMO_STAYS_DRAFT,
  TW_DEMO_STAYS_QUOTED,
  TW_DEMO_IS_LOST,
  TW_DEMO_STAYS_UNSIGNED,
  TW_DEMO_IS_REJECTED,
  TW_DEMO_IS_HELD,
  TW_DEMO_IS_CANCELLED,
  TW_DEMO_STAYS_RELEASED,
  TW_DEMO_STAYS_PICKING,
  TW_DEMO_STAYS_PICKED,
  TW_DEMO_STAYS_PACKED,
  TW_DEMO_STAYS_CHECKED,
  TW_DEMO_STAYS_READY,
  TW_DEMO_IS_LOADED,
  TW_DEMO_IS_ON_THE_ROAD,
  TW_DEMO_IS_REFUSED,
  TW_DEMO_STAYS_DELIVERED,
  TW_DEMO_STAYS_UNPOSTED,
} TwDemoStop;

/* @index counts from the oldest order, 0, of @count. */
TwDemoStop tw_demo_get_stop (guint index, guint count);

/* The last step that an order with @stop takes. */
TwDemoStep tw_demo_get_last_step (TwDemoStop stop);

/* The day of @step for an order of @ordered, shipped on @shipped (none: some days later). */
TwDate tw_demo_get_day (guint index, TwDemoStep step, TwDate ordered, TwDate shipped);

/* Now and then something out of the ordinary. */
gboolean tw_demo_picks_short (guint index);
gboolean tw_demo_is_refused_once (guint index);
gboolean tw_demo_goes_by_trip (guint index);
gboolean tw_demo_gets_credit_note (guint index);
gboolean tw_demo_pays_in_part (guint index);
gboolean tw_demo_pays_too_much (guint index);
gboolean tw_demo_wants_money_back (guint index); /* of those */
gboolean tw_demo_payment_bounces (guint index);

G_END_DECLS
