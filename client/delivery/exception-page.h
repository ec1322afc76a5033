/* exception-page.h: something that went wrong with a shipment, and its solution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_EXCEPTION_PAGE (tw_exception_page_get_type ())
G_DECLARE_FINAL_TYPE (TwExceptionPage, tw_exception_page, TW, EXCEPTION_PAGE, TwDetailPage)

G_END_DECLS
