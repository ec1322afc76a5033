/* delegation-page.h: one delegation: who signs for whom, from when to when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_DELEGATION_PAGE (tw_delegation_page_get_type ())
G_DECLARE_FINAL_TYPE (TwDelegationPage, tw_delegation_page, TW, DELEGATION_PAGE, TwDetailPage)

G_END_DECLS
