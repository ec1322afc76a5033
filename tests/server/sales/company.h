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
/* Before `verify`: the old orders, which were made by SQL, get the digest of their content. */
void tw_test_company_sign_history (TwTestServer *server);

/* A call with a fresh idempotency key. */
TwTestReply *tw_test_as (TwTestServer *server, const char *user, const char *method, const char *path,
                         const char *body);
TwTestReply *tw_test_act (TwTestServer *server, const char *user, gint64 id, const char *action, const char *body);
/* Acts and asserts the status, and the order's state after it unless NULL. */
void tw_test_expect (TwTestServer *server, const char *user, gint64 id, const char *action, const char *body,
                     guint status, const char *state);
gint64 tw_test_enter (TwTestServer *server, const char *user, const char *body);
/* GET /orders/ID */
TwTestReply *tw_test_read_order (TwTestServer *server, const char *user, gint64 id);
void tw_test_assert_member (TwTestReply *reply, const char *member, const char *expected);
gint64 tw_test_reply_id (TwTestReply *reply);
/* Runs SQL with the order's id in place of each ORDER. */
void tw_test_order_script (TwTestServer *server, const char *sql, gint64 id);

G_END_DECLS
