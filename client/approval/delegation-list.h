/* delegation-list.h: who signs for whom, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_DELEGATION_LIST (tw_delegation_list_get_type ())
G_DECLARE_FINAL_TYPE (TwDelegationList, tw_delegation_list, TW, DELEGATION_LIST, TwListPage)

G_END_DECLS
