/* approval-list.h: what waits for the signature of whoever looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_APPROVAL_LIST (tw_approval_list_get_type ())
G_DECLARE_FINAL_TYPE (TwApprovalList, tw_approval_list, TW, APPROVAL_LIST, TwListPage)

G_END_DECLS
