/* order-replay.h: one order of the sample, taken a step further
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/fate.h"
#include "server/demo/sample.h"
#include "server/demo/stage.h"

G_BEGIN_DECLS

/* What the replay knows of an order. */
typedef struct
{
  guint index;
  guint row; /* in orders.csv */
  TwDemoStop stop;
  TwDate ordered;
  TwDate required;
  TwDate shipped;
  gint64 id; /* 0 until it is entered */
  char *number;
  const char *rep;
  gint64 invoice_id;
} TwDemoOrder;

typedef struct
{
  TwStage *stage;
  TwSample *orders;
  TwSample *details;
  GHashTable *first_detail; /* source order id → row + 1; rows of an order stand together */
} TwDemoReplay;

/* Takes @step. The stage's day is set. */
gboolean tw_demo_take_step (TwDemoReplay *replay, TwDemoOrder *order, TwDemoStep step, GError **error);

/* The parts of it: sales, warehouse and delivery, finance. */
gboolean tw_demo_enter (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_submit (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_sign (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_pick (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_ship (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_deliver (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_invoice (TwDemoReplay *replay, TwDemoOrder *order, GError **error);
gboolean tw_demo_pay (TwDemoReplay *replay, TwDemoOrder *order, GError **error);

G_END_DECLS
