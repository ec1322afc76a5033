/* router.h: the route table and how a path finds its row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table for the process: filled at start, before threads, and constant from then on. A literal segment goes before
 * a parameter, so "/orders/export" is never taken for an order.
 */
#pragma once

#include "server/core/exchange.h"

G_BEGIN_DECLS

/* Copies the row; its strings and data must live for ever. Two rows for one method and path are an assertion. */
void tw_router_add (const TwRoute *route);
/* All rows up to { NULL }. */
void tw_router_add_table (const TwRoute *routes);

/* The row for @request, whose parameters are then set. TW_ERROR_NOT_FOUND; TW_ERROR_METHOD with *allow ("GET, PATCH",
 * transfer full). HEAD finds GET. */
const TwRoute *tw_router_find (TwRequest *request, char **allow, GError **error);

/* The rows in order of registration. (element-type TwRoute) */
const GPtrArray *tw_router_get_routes (void);
/* For tests that build tables of their own. */
void tw_router_clear (void);

G_END_DECLS
