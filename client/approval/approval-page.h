/* approval-page.h: an order as whoever has to sign it reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

/* Actions: "approval.approve", "approval.return", "approval.reject"; they send what stands in the comment. After a
 * signature the next order of the inbox is shown. */
#define TW_TYPE_APPROVAL_PAGE (tw_approval_page_get_type ())
G_DECLARE_FINAL_TYPE (TwApprovalPage, tw_approval_page, TW, APPROVAL_PAGE, TwDetailPage)

G_END_DECLS
