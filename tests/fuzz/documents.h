/* documents.h: every record type that crosses the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

guint tw_fuzz_count_types (void);
GType tw_fuzz_get_type (guint n);
/* By its GType's name ("TwOrder"); any other text chooses some type, the same one always. */
GType tw_fuzz_find_type (const char *name);

G_END_DECLS
