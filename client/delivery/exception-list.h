/* exception-list.h: what went wrong with shipments, and who has to solve it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_EXCEPTION_LIST (tw_exception_list_get_type ())
G_DECLARE_FINAL_TYPE (TwExceptionList, tw_exception_list, TW, EXCEPTION_LIST, TwListPage)

G_END_DECLS
