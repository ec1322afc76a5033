/* desk.h: an area's list beside its detail page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folds to one of the two in a narrow window. Carries the window's shortcuts to the pages: "page.search", "page.new",
 * "page.save", "page.refresh", "page.back", "page.next-pane"; and for the pages themselves
 * "page.next-record": this one is done, show the next of the list.
 */
#pragma once

#include <adwaita.h>

#include "client/widget/detail-page.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_DESK (tw_desk_get_type ())
G_DECLARE_FINAL_TYPE (TwDesk, tw_desk, TW, DESK, AdwBin)

/* Properties: "narrow" (boolean): the sidebar is folded away, so the list offers the way back to it. */

/* @list: a TwListPage type; @detail: a TwDetailPage type, G_TYPE_INVALID for a list alone. */
GtkWidget *tw_desk_new (GType list, GType detail);
TwListPage *tw_desk_get_list (TwDesk *self);
TwDetailPage *tw_desk_get_detail (TwDesk *self); /* nullable */
/* Shows the document; 0 begins a new one. */
void tw_desk_open (TwDesk *self, gint64 id);

G_END_DECLS
