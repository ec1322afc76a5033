/* customers.h: whom the demonstration company sells to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

/* The 91 customers with address and contact. */
gboolean tw_demo_add_customers (TwStage *stage, GError **error);

/* The sales rep of a customer, by user name: half of them are sales2's. */
const char *tw_demo_rep (const char *customer_code);

G_END_DECLS
