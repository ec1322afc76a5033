/* finance-check.h: what must always be true of invoices, payments and the journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"

G_BEGIN_DECLS

extern const TwCheck tw_finance_checks[];

G_END_DECLS
