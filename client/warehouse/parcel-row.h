/* parcel-row.h: one parcel of a packing: weight, size, contents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/shipment.h"

G_BEGIN_DECLS

#define TW_TYPE_PARCEL_ROW (tw_parcel_row_get_type ())
G_DECLARE_FINAL_TYPE (TwParcelRow, tw_parcel_row, TW, PARCEL_ROW, AdwBin)

/* Signals: "removed" (): its button was pressed; "contents-edited" (): the person changed a quantity. */

/* Writes into @parcel. */
TwParcelRow *tw_parcel_row_new (TwParcel *parcel);
TwParcel *tw_parcel_row_get_parcel (TwParcelRow *self);
/* @number counts from 1. @several: there are others, so it can be removed, and what is in it has to be said. */
void tw_parcel_row_set_place (TwParcelRow *self, guint number, gboolean several);
/* Takes over what is typed; FALSE when it makes no sense. */
gboolean tw_parcel_row_commit (TwParcelRow *self);
/* @rest: the pointer below the parcel ("/weight", "/lines/0/quantity"); @detail NULL clears all. */
void tw_parcel_row_show_fault (TwParcelRow *self, const char *rest, const char *detail);

G_END_DECLS
