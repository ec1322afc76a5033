/* fate.c: see fate.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/fate.h"

/* The newest orders, from the newest on: how many stop where. */
static const struct
{
  TwDemoStop stop;
  guint count;
} newest[] = {
  { TW_DEMO_STAYS_DRAFT, 4 },     { TW_DEMO_STAYS_QUOTED, 3 },  { TW_DEMO_IS_LOST, 2 },
  { TW_DEMO_STAYS_UNSIGNED, 12 }, { TW_DEMO_IS_REJECTED, 3 },   { TW_DEMO_IS_HELD, 2 },
  { TW_DEMO_IS_CANCELLED, 2 },    { TW_DEMO_STAYS_RELEASED, 6 }, { TW_DEMO_STAYS_PICKING, 3 },
  { TW_DEMO_STAYS_PICKED, 3 },    { TW_DEMO_STAYS_PACKED, 3 },  { TW_DEMO_STAYS_CHECKED, 1 },
  { TW_DEMO_STAYS_READY, 5 },     { TW_DEMO_IS_LOADED, 2 },     { TW_DEMO_IS_ON_THE_ROAD, 4 },
  { TW_DEMO_IS_REFUSED, 2 },      { TW_DEMO_STAYS_DELIVERED, 5 }, { TW_DEMO_STAYS_UNPOSTED, 3 },
};

/* Days after the order, or after the step before. */
#define DAYS_TO_SIGN 1
#define DAYS_TO_SHIP 4
#define DAYS_ON_THE_ROAD 2
#define DAYS_TO_INVOICE 1
#define DAYS_TO_PAY 18
#define DAYS_TO_PAY_SPREAD 20

TwDemoStop
tw_demo_get_stop (guint index, guint count)
{
  guint from_newest = count - 1 - index;

  for (guint i = 0; i < G_N_ELEMENTS (newest); i++)
    {
      if (from_newest < newest[i].count)
        return newest[i].stop;
      from_newest -= newest[i].count;
    }
  return TW_DEMO_RUNS_THROUGH;
}

TwDemoStep
tw_demo_get_last_step (TwDemoStop stop)
{
  switch (stop)
    {
    case TW_DEMO_STAYS_DRAFT:
    case TW_DEMO_STAYS_QUOTED:
    case TW_DEMO_IS_LOST:
      return TW_DEMO_ENTER;
    case TW_DEMO_STAYS_UNSIGNED:
      return TW_DEMO_SUBMIT;
    case TW_DEMO_IS_HELD:
    case TW_DEMO_IS_REJECTED:
    case TW_DEMO_IS_CANCELLED:
    case TW_DEMO_STAYS_RELEASED:
      return TW_DEMO_SIGN;
    case TW_DEMO_STAYS_PICKING:
    case TW_DEMO_STAYS_PICKED:
    case TW_DEMO_STAYS_PACKED:
    case TW_DEMO_STAYS_CHECKED:
    case TW_DEMO_STAYS_READY:
      return TW_DEMO_PICK;
    case TW_DEMO_IS_LOADED:
    case TW_DEMO_IS_ON_THE_ROAD:
    case TW_DEMO_IS_REFUSED:
      return TW_DEMO_SHIP;
    case TW_DEMO_STAYS_DELIVERED:
      return TW_DEMO_DELIVER;
    case TW_DEMO_STAYS_UNPOSTED:
      return TW_DEMO_INVOICE;
    case TW_DEMO_RUNS_THROUGH:
    default:
      return TW_DEMO_PAY;
    }
}

TwDate
tw_demo_get_day (guint index, TwDemoStep step, TwDate ordered, TwDate shipped)
{
  TwDate signed_on = tw_date_add_days (ordered, index % 3 == 0 ? DAYS_TO_SIGN : 0);
  TwDate ship = tw_date_is_set (shipped) ? shipped : tw_date_add_days (ordered, DAYS_TO_SHIP);
  TwDate delivered;

  if (tw_date_compare (ship, signed_on) < 0)
    ship = signed_on;
  delivered = tw_date_add_days (ship, DAYS_ON_THE_ROAD);
  switch (step)
    {
    case TW_DEMO_ENTER:
    case TW_DEMO_SUBMIT:
      return ordered;
    case TW_DEMO_SIGN:
      return signed_on;
    case TW_DEMO_PICK:
    case TW_DEMO_SHIP:
      return ship;
    case TW_DEMO_DELIVER:
      return delivered;
    case TW_DEMO_INVOICE:
      return tw_date_add_days (delivered, DAYS_TO_INVOICE);
    case TW_DEMO_PAY:
    case TW_DEMO_N_STEPS:
    default:
      return tw_date_add_days (delivered, DAYS_TO_INVOICE + DAYS_TO_PAY + (int) (index % DAYS_TO_PAY_SPREAD));
    }
}

gboolean
tw_demo_picks_short (guint index)
{
  return index % 67 == 11;
}

gboolean
tw_demo_is_refused_once (guint index)
{
  return index % 71 == 4;
}

gboolean
tw_demo_goes_by_trip (guint index)
{
  return index % 8 == 0;
}

gboolean
tw_demo_gets_credit_note (guint index)
{
  return index % 97 == 5;
}

gboolean
tw_demo_pays_in_part (guint index)
{
  return index % 53 == 2;
}

gboolean
tw_demo_pays_too_much (guint index)
{
  return index % 89 == 3;
}

gboolean
tw_demo_wants_money_back (guint index)
{
  return index % 178 == 3;
}

gboolean
tw_demo_payment_bounces (guint index)
{
  return index % 131 == 7;
}
