/* list-page.h: a page that lists the server's records: search, filter, sort, states, count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An area declares one by a template of its own:
 *
 *   <template class="TwOrderList" parent="TwListPage">
 *     <property name="title" translatable="yes">Sales orders</property>
 *     <property name="route">/orders</property>
 *     <property name="record-type">TwOrder</property>
 *     <property name="search-hint" translatable="yes">Number, customer or reference</property>
 *     <property name="filter-field">state</property>          a KEY field: gives the drop-down of states
 *     <property name="new-permission">order.create</property> shows the button for a new one
 *     <property name="empty-title" translatable="yes">No Orders</property>
 *     <property name="more-fields">customer</property>        what the class reads besides its columns; "*": all
 *     <child><object class="TwFilterChip">…</object></child>  a click that narrows the list, see filter-chip.h
 *     <child><object class="TwListColumn"><property name="field">number</property></object></child>
 *     …
 *   </template>
 *
 * and a class of a few lines: tw_list_page_class_set_template() (see there) in class_init,
 * gtk_widget_init_template() in init. Titles, kinds and alignment come from the record's field table.
 */
#pragma once

#include <adwaita.h>

#include "client/model/record-list.h"
#include "client/widget/list-column.h"

G_BEGIN_DECLS

#define TW_TYPE_LIST_PAGE (tw_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TwListPage, tw_list_page, TW, LIST_PAGE, AdwBin)

/* Signals:
 *  "record-chosen" (TwRecord *record): the selection moved to it (not while the list is narrow and only browsed);
 *  "record-activated" (TwRecord *record): Enter or double click;
 *  "new-wanted" (): the button or shortcut for a new one. */
struct _TwListPageClass
{
  AdwBinClass parent_class;
};

/* The template @resource below TW_RESOURCE_PATH/ui ("sales/order-list.ui") for a subclass; makes @record_type known to
 * it. */
void tw_list_page_class_set_template (GtkWidgetClass *klass, const char *resource, GType record_type);

TwRecordList *tw_list_page_get_model (TwListPage *self);
TwRecord *tw_list_page_get_selected (TwListPage *self); /* (transfer none), NULL when none */
/* Marks the row of the record with @id, if it is at hand, without "record-chosen"; 0 unselects. */
void tw_list_page_select (TwListPage *self, gint64 id);
/* The id of the document that a row stands for: the row's own, or what the property "document-field" names ("order_id"
 * in an inbox of steps). */
gint64 tw_list_page_get_document_id (TwListPage *self, TwRecord *record);
/* Marks the row that stands for this document, as tw_list_page_select(). */
void tw_list_page_select_document (TwListPage *self, gint64 id);
/* Goes on to the row after the selected one, or before it at the end, with "record-chosen"; FALSE when there is
 * none. */
gboolean tw_list_page_choose_next (TwListPage *self);
void tw_list_page_set_folded (TwListPage *self, gboolean folded);
void tw_list_page_set_narrow (TwListPage *self, gboolean narrow);
void tw_list_page_focus_search (TwListPage *self);
void tw_list_page_focus_rows (TwListPage *self);
gboolean tw_list_page_can_create (TwListPage *self);

G_END_DECLS
