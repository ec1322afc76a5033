/* form-row.h: one field of a record with its label, its editor and what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "client/widget/editor.h"

G_BEGIN_DECLS

#define TW_TYPE_FORM_ROW (tw_form_row_get_type ())
G_DECLARE_FINAL_TYPE (TwFormRow, tw_form_row, TW, FORM_ROW, GtkWidget)

/* A TwEditor. Label, kind of editor and limits come from the record's field table. Properties, all from `.ui`:
 *  "field"     name of the field
 *  "title"     default: the field's label
 *  "span"      columns of a TwForm that it takes; 0: the whole width; default 1
 *  "read-only" never an editor; fields that only the server sets are read-only anyway
 *  "hide-empty" not shown while read-only and empty
 *  "route", "key-field", "name-field", "detail-field"  a reference, see lookup-entry.h. The name shown is the record's
 * field
 *              FIELD_name where it has one ("customer_name")
 *  "fill"      what a picked reference brings along: "currency=currency,payment_term=payment_term" (record's
 *              field = picked record's field); "!" before the record's field: only when that is empty
 * With "record" set, it also stands alone, outside a detail page.
 * Signal: "entered" () → gboolean: Enter was pressed and the value taken; the next field follows unless TRUE is
 * returned. */
GtkWidget *tw_form_row_get_entry (TwFormRow *self); /* the editor's widget, NULL while read-only */
void tw_form_row_focus (TwFormRow *self);

/* Offers only @keys (copied, NULL-terminated) of a field of keys, in the order of its table. */
void tw_form_row_set_choices (TwFormRow *self, const char *const *keys);

/* Copies members of @picked into @record as "fill" says. */
void tw_record_fill (TwRecord *record, const char *fill, JsonObject *picked);

G_END_DECLS
