/* document-panel.h: what was made from an order: shipments, invoices, payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_DOCUMENT_PANEL (tw_document_panel_get_type ())
G_DECLARE_FINAL_TYPE (TwDocumentPanel, tw_document_panel, TW, DOCUMENT_PANEL, AdwBin)

/* Reads the documents of the order and shows them, oldest first; a click opens one. Hidden while there are none, and
 * with 0. */
void tw_document_panel_show (TwDocumentPanel *self, gint64 order_id);

G_END_DECLS
