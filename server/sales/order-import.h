/* order-import.h: orders from tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is a line. Rows with the same customer and the same po_reference are one order; a row without a po_reference is
 * an order of its own. Columns are the fields of an order and of its lines; those of the order come from its first row.
 */
#pragma once

#include "server/core/import.h"

G_BEGIN_DECLS

/* A TwImportFunc; @data is not used. Every order goes through the same codec and rules as a POST would. */
TwImportResult *tw_order_import_rows (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error);

G_END_DECLS
