/* unzip.h: what stands in a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All members of a ZIP archive one after the other, unpacked. (transfer full) */
char *tw_unzip_text (const char *bytes, gsize length);

G_END_DECLS
