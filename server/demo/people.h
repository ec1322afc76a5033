/* people.h: who works at the demonstration company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

/* One user for each role, named by its key, and the further ones: sales2, driver2, manager, director, gm. Customer
 * contacts come with the customers. All have TW_DEMO_PASSWORD. */
gboolean tw_demo_hire (TwStage *stage, GError **error);

/* The contact of a customer: user "customer". */
gboolean tw_demo_invite_customer (TwStage *stage, const char *customer_code, GError **error);

G_END_DECLS
