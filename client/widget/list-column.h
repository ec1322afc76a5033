/* list-column.h: a column of a list or of lines, by the name of a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

#define TW_TYPE_LIST_COLUMN (tw_list_column_get_type ())
G_DECLARE_FINAL_TYPE (TwListColumn, tw_list_column, TW, LIST_COLUMN, GObject)

/* Properties, all settable from `.ui`:
 *  "field"    name of the record's field: "po_reference"
 *  "title"    translated; default: the field's label
 *  "width"    pixels; 0: natural, from the kind
 *  "expand"   takes what is left
 *  "sortable" default TRUE: the header sorts, by the field's name
 *  "sort"     the name the server sorts by, default: the field
 *  "strong"   bold
 *  "dim"      secondary
 *  "wide-only" hidden while there is no room for all columns
 *  "unset"    translated, stands where the field has no value: "Draft" for a number
 *  "blank-zero" a 0 is left out, as in the columns of a ledger
 *  "optional"  Enter in a line editor passes it over, Tab does not
 *  "editable", "required", "route", "key-field", "name-field", "fill": for line editors, see line-editor.h */
const char *tw_list_column_get_field (TwListColumn *self);
char *tw_list_column_get_title (TwListColumn *self, GType type); /* (transfer full) */
const TwField *tw_list_column_find (TwListColumn *self, GType type);
/* What a cell says of @record, whose @field is the column's. (transfer full) */
char *tw_list_column_show (TwListColumn *self, TwRecord *record, const TwField *field);
int tw_list_column_get_width (TwListColumn *self, GType type); /* -1: natural */
gboolean tw_list_column_get_expand (TwListColumn *self);
gboolean tw_list_column_get_sortable (TwListColumn *self);
const char *tw_list_column_get_sort (TwListColumn *self);
gboolean tw_list_column_get_strong (TwListColumn *self);
gboolean tw_list_column_get_dim (TwListColumn *self);
gboolean tw_list_column_get_wide_only (TwListColumn *self);
gboolean tw_list_column_get_editable (TwListColumn *self);
gboolean tw_list_column_get_optional (TwListColumn *self);
const char *tw_list_column_get_route (TwListColumn *self);
const char *tw_list_column_get_key_field (TwListColumn *self);
const char *tw_list_column_get_name_field (TwListColumn *self);
const char *tw_list_column_get_fill (TwListColumn *self);

/* Numbers, amounts and rates: right-aligned, with figures of one width. */
gboolean tw_field_is_number (const TwField *field);

G_END_DECLS
