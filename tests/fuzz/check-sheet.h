/* check-sheet.h: what must hold of any table that is read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/sheet/sheet.h"

G_BEGIN_DECLS

/* @rows: what a reader made of a file, or NULL with @error. */
void tw_fuzz_check_sheet (GPtrArray *rows, const GError *error);

G_END_DECLS
