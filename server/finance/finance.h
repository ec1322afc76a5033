/* finance.h: what the finance area offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers resources, routes and checks. Once, before threads. */
void tw_finance_register (void);

G_END_DECLS
