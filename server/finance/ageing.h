/* ageing.h: how old what customers owe is, as of a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/route.h"

G_BEGIN_DECLS

extern const TwRoute tw_ageing_routes[];

G_END_DECLS
