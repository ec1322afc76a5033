/* company.h: a small company on a running server, built and driven through HTTP by the people whose work it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Users are named by their roles: sales, sales_manager, approver, planner, warehouse, quality, dispatcher, driver,
 * finance, finance_manager, purchasing, production, after_sales, auditor, admin; further sales2, driver2, the approvers
 * manager, director and gm, and the contacts customer (of ALFKI) and customer2 (of BERGS).
 * Products: P-1 (10.00; 9.00 from 100, standard 13 %), P-2 (25.50, standard), P-3 (1000.00, reduced 9 %), P-4 (1.00,
 * zero) and the service S-1 (100.00, service 6 %). MAIN has 100,000 of each, EAST 50.
 * Customers: ALFKI (of sales, has completed an order, so it is no new one), NEWCO and POORR (of sales; POORR with a
 * credit limit of 100.00), BERGS (of sales2). All deliver to an address and pay after 30 days.
 * Approval rules: from 5,000 level 1 (role sales_manager or user manager), from 10,000 also level 2 (director), from
 * 50,000 also level 3 (gm); a line discount above 15 % level 1, above 25 % also level 2; credit exceeded level 1
 * (finance_manager); new customer level 1; a special request level 1.
 */
#pragma once

#include "tests/fixture/server.h"

G_BEGIN_DECLS

/* Starts a server and builds the company on it. */
TwTestServer *tw_company_new (void);
/* The last test of every program: `verify` finds nothing. @data: the server. */
void tw_company_test_verify (gconstpointer data);

/* ---- Calls as somebody ---- */

TwTestReply *tw_company_get (TwTestServer *server, const char *user, const char *format, ...) G_GNUC_PRINTF (3, 4);
TwTestReply *tw_company_post (TwTestServer *server, const char *user, const char *path, const char *body);
TwTestReply *tw_company_patch (TwTestServer *server, const char *user, const char *kind, gint64 id, gint64 version,
                               const char *body);
/* POST /KIND/ID/actions/ACTION. @body nullable. */
TwTestReply *tw_company_act (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                             const char *body);

/* The same, and anything but success fails the test. */
gint64 tw_company_create_at (TwTestServer *server, const char *user, const char *path, const char *body,
                             const char *where);
void tw_company_do_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                       const char *body, const char *where);
void tw_company_change_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *body,
                           const char *where);
#define tw_company_create(server, user, path, body) tw_company_create_at (server, user, path, body, G_STRLOC)
#define tw_company_do(server, user, kind, id, action, body)                                                            \
  tw_company_do_at (server, user, kind, id, action, body, G_STRLOC)
/* PATCH with the version that the auditor reads just before. */
#define tw_company_change(server, user, kind, id, body) tw_company_change_at (server, user, kind, id, body, G_STRLOC)

/* The action is answered with @status; the detail holds @words (nullable). */
void tw_company_refuse_at (TwTestServer *server, const char *user, const char *kind, gint64 id, const char *action,
                           const char *body, guint status, const char *words, const char *where);
#define tw_company_refuse(server, user, kind, id, action, body, status, words)                                         \
  tw_company_refuse_at (server, user, kind, id, action, body, status, words, G_STRLOC)

/* ---- What is so ---- */

/* A value in a reply by its path: "total", "lines.0.net"; "" for null and for what is not there. (transfer full) */
char *tw_company_value (TwTestReply *reply, const char *path);
gint64 tw_company_count (TwTestReply *reply, const char *path); /* elements of an array */

/* Pairs of path and value of a document as the auditor reads it, ended by NULL. */
void tw_company_assert_at (TwTestServer *server, const char *where, const char *kind, gint64 id, ...)
  G_GNUC_NULL_TERMINATED;
#define tw_company_assert(server, kind, id, ...) tw_company_assert_at (server, G_STRLOC, kind, id, __VA_ARGS__, NULL)

/* A product's level in a warehouse: "on_hand", "reserved", "available", "backordered". */
char *tw_company_get_stock (TwTestServer *server, const char *sku, const char *warehouse, const char *column);
void tw_company_assert_stock_at (TwTestServer *server, const char *sku, const char *column, const char *expected,
                                 const char *where);
#define tw_company_assert_stock(server, sku, column, expected)                                                         \
  tw_company_assert_stock_at (server, sku, column, expected, G_STRLOC)

/* What a SELECT of one value answers, read with the owner's account. (transfer full) */
char *tw_company_query (TwTestServer *server, const char *sql);

/* ---- Steps ---- */

/* A product of its own for a test, @price, tax class standard; none in stock. */
void tw_company_add_product (TwTestServer *server, const char *sku, const char *price);
void tw_company_receive (TwTestServer *server, const char *sku, const char *quantity);

/* The body of an order of @customer: lines as "SKU:QUANTITY[@PRICE][%DISCOUNT] …"; @more: further members, nullable.
 * (transfer full) */
char *tw_company_order_body (const char *customer, const char *lines, const char *more);
/* A draft entered by @user; its id. */
gint64 tw_company_enter (TwTestServer *server, const char *user, const char *customer, const char *lines);
/* Entered by sales for ALFKI and submitted: released at once, for nobody has to sign. */
gint64 tw_company_release (TwTestServer *server, const char *lines);
/* The newest shipment of an order. */
gint64 tw_company_find_shipment (TwTestServer *server, gint64 order_id);
/* From planned or released to ready, all that is asked for picked. */
void tw_company_make_ready (TwTestServer *server, gint64 shipment_id);
/* From ready to delivered, by a carrier. */
void tw_company_deliver (TwTestServer *server, gint64 shipment_id);
/* A released order's shipment all the way; the shipment's id. */
gint64 tw_company_fulfil (TwTestServer *server, gint64 order_id);
/* Of what was delivered and not invoiced: a draft, or posted. */
gint64 tw_company_draft_invoice (TwTestServer *server, gint64 order_id);
gint64 tw_company_invoice (TwTestServer *server, gint64 order_id);
/* Money of a customer: recorded, or received. */
gint64 tw_company_record_payment (TwTestServer *server, const char *customer, const char *amount);
gint64 tw_company_take_money (TwTestServer *server, const char *customer, const char *amount);
/* A trip of today for a driver with one stop. */
gint64 tw_company_add_trip (TwTestServer *server, const char *driver, gint64 shipment_id);

G_END_DECLS
