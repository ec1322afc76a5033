/* table.h: records under a document, to look at: its lines, its moves, its parcels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   <object class="TwTable">
 *     <property name="field">lines</property>           a LIST field of the page's record
 *     <property name="record-type">TwShipmentLine</property>
 *     <child><object class="TwListColumn"><property name="field">product</property></object></child>
 *     …
 *   </object>
 *
 * Within a detail page it follows the page's record. Without "field", tw_table_set_model() says what is shown.
 */
#pragma once

#include <adwaita.h>

#include "client/widget/editor.h"
#include "client/widget/list-column.h"

G_BEGIN_DECLS

#define TW_TYPE_TABLE (tw_table_get_type ())
G_DECLARE_FINAL_TYPE (TwTable, tw_table, TW, TABLE, AdwBin)

/* Properties: "field", "record-type", "title" (heading over it and accessible name, nullable), "hide-empty" (not shown
 * without rows), "max-height" (pixels before it scrolls by itself, 0: never).
 * Signal: "activated" (TwRecord *record): Enter or double click. */
void tw_table_set_model (TwTable *self, GListModel *model);

G_END_DECLS
