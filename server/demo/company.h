/* company.h: the people and master data of the demonstration company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

/* Everyone's. */
#define TW_DEMO_PASSWORD "tradewind-demo"

/* Users, settings, taxes, terms, carriers, warehouses, products, prices, customers and approval rules. */
gboolean tw_demo_build_company (TwStage *stage, GError **error);

G_END_DECLS
