/* shipment-actions.h: what is done with a shipment, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Guards and apply functions for the table in shipment.c. The shipment and its order are locked.
 */
#pragma once

#include "server/core/resource.h"
#include "server/warehouse/stock.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

#define TW_SHIPMENT_ACTION(name)                                                                                       \
  gboolean tw_shipment_##name (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)

/* shipment-pick.c */
TW_SHIPMENT_ACTION (start_picking);
TW_SHIPMENT_ACTION (pick);
/* shipment-pack.c */
TW_SHIPMENT_ACTION (pack);
TW_SHIPMENT_ACTION (fail_check);
/* shipment-transport.c */
TW_SHIPMENT_ACTION (dispatch);
TW_SHIPMENT_ACTION (deliver);
TW_SHIPMENT_ACTION (report);
TW_SHIPMENT_ACTION (take_back);
/* shipment-cancel.c */
TW_SHIPMENT_ACTION (cancel);

/* The order is not on hold. */
char *tw_shipment_guard_hold (TwContext *ctx, TwRecord *document);
/* No failed inspection is unsolved. */
char *tw_shipment_guard_check (TwContext *ctx, TwRecord *document);
/* Not on hold, and not on a trip that has yet to depart. */
char *tw_shipment_guard_dispatch (TwContext *ctx, TwRecord *document);
char *tw_shipment_guard_close (TwContext *ctx, TwRecord *document);
char *tw_shipment_guard_cancel (TwContext *ctx, TwRecord *document);

/* ---- What several actions need ---- */

/* The lines in the order in which stock levels are changed. (transfer container) (element-type TwShipmentLine) */
GPtrArray *tw_shipment_sort_lines (TwShipment *shipment);

/* Moves @quantity of a line between locations; nothing when it is 0. */
gboolean tw_shipment_move_goods (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *from,
                                 const char *to, TwDecimal quantity, const char *reason, GError **error);

/* What was found of a line (picked) goes from the shelf to the packing desk; the rest of what was put aside is free. */
gboolean tw_shipment_take_goods (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *reason,
                                 GError **error);

/* As tw_order_move() for the line's order line; nothing when it is 0. */
gboolean tw_shipment_move_bucket (TwContext *ctx, TwShipmentLine *line, TwBucket from, TwBucket to, TwDecimal quantity,
                                  GError **error);

/* The carrier called @code, however it is spelled; a fault when there is none. */
gboolean tw_shipment_set_carrier (TwContext *ctx, TwShipment *shipment, const char *code, GError **error);

/* Ends an action of a person: the order's statuses follow. A step that the system takes within another document's
 * action leaves that to it. */
gboolean tw_shipment_finish (TwContext *ctx, TwShipment *shipment, GError **error);

G_END_DECLS
