/* scan-lines.h: scanned products become lines of a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/scan-entry.h"

G_BEGIN_DECLS

/* @code, a barcode or product code, was scanned for @page: adds one to @quantity_field of the line that has the
 * product, or a line of one. Asks the server for a product that no line has, and tells @scan what became of it. The
 * lines are the field `lines`, their product the field `product`. */
void tw_scan_into_lines (TwDetailPage *page, TwScanEntry *scan, const char *code, const char *quantity_field);

G_END_DECLS
