/* resources.h: the resources that a fuzz target asks for by their path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "server/core/route.h"

G_BEGIN_DECLS

/* Registers all areas and gives the resources that have a route served by @handler.
 * (element-type TwResource) (transfer full) */
GPtrArray *tw_fuzz_list_resources (TwHandler handler);
/* The one whose path is @path, and for any other text one of them, always the same. */
const TwResource *tw_fuzz_find_resource (GPtrArray *resources, const char *path);

G_END_DECLS
