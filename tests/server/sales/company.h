/* company.h: a small company for the tests of orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/fixture/server.h"

G_BEGIN_DECLS

/* Users sales, sales2, sales_manager, manager, director, finance, finance_manager, planner, auditor, alfki (customer);
 * customers ALFKI (of sales, limit 100000, has completed an order), NEWCO (of sales, limit 100000), POORR (of sales,
 * limit 100), OTHER (of sales2); products NW-1 (10.00), NW-2 (25.50), NW-3 (1000.00), S-1 (a service, 100.00);
 * warehouse MAIN with 1000 of each; the demonstration's approval rules. */
void tw_test_company_make (TwTestServer *server);

G_END_DECLS
