/* delivery-check.h: what always holds of shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"

G_BEGIN_DECLS

extern const TwCheck tw_delivery_checks[];

G_END_DECLS
