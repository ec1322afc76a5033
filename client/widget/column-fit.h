/* column-fit.h: columns that show themselves only where there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-column.h"

G_BEGIN_DECLS

/* From now on @view shows the "wide-only" ones of @columns (element-type TwListColumn) only while all fit side by side;
 * @type is the record of a row, @extra the width of what stands beside them. Call it once @view has its scrolled window
 * and its columns, each kept by its TwListColumn as the data "shown". */
void tw_column_fit (GtkColumnView *view, GPtrArray *columns, GType type, int extra);

G_END_DECLS
