/* areas.h: the business areas, each by the one function that registers what it offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers every area's resources, routes and checks. Once, before threads. */
void tw_areas_register (void);

G_END_DECLS
