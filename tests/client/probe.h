/* probe.h: a list and a detail page of customers, for tests of the classes that real pages are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/form-row.h"
#include "client/widget/line-editor.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_PROBE_LIST (tw_probe_list_get_type ())
G_DECLARE_FINAL_TYPE (TwProbeList, tw_probe_list, TW, PROBE_LIST, TwListPage)

#define TW_TYPE_PROBE_PAGE (tw_probe_page_get_type ())
G_DECLARE_FINAL_TYPE (TwProbePage, tw_probe_page, TW, PROBE_PAGE, TwDetailPage)

TwFormRow *tw_probe_page_get_row (TwProbePage *self, const char *field); /* "name", "payment_term", "credit_limit" */
TwLineEditor *tw_probe_page_get_contacts (TwProbePage *self);

G_END_DECLS
