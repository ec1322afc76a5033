/* lookup-entry.h: a reference to another record, found by code, barcode or name while typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The value is the record's key ("ALFKI", "NW-11"). Typing asks the server's list; Down and Up choose, Enter or Tab
 * takes, Escape closes. With nothing chosen a text that is exactly one key is taken as it is.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "client/widget/value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_LOOKUP_ENTRY (tw_lookup_entry_get_type ())
G_DECLARE_FINAL_TYPE (TwLookupEntry, tw_lookup_entry, TW, LOOKUP_ENTRY, TwValueEntry)

/* Properties: "route" ("/customers", may carry filters), "key-field" ("code"), "name-field" ("name"), "detail-field"
 * (nullable: a third column). Signal: "picked" (JsonObject *record): the list's own record, before "committed". */

/* Shows @key, and @name instead of it while the cursor is elsewhere. */
void tw_lookup_entry_set_reference (TwLookupEntry *self, const char *key, const char *name);
const char *tw_lookup_entry_get_name (TwLookupEntry *self); /* of the value, "" when not known */
/* Whether the list of what was found is open: its keys are not the surroundings'. */
gboolean tw_lookup_entry_is_open (TwLookupEntry *self);

/* A row of what was found. Properties: "key", "name", "detail". */
#define TW_TYPE_LOOKUP_ITEM (tw_lookup_item_get_type ())
G_DECLARE_FINAL_TYPE (TwLookupItem, tw_lookup_item, TW, LOOKUP_ITEM, GObject)

G_END_DECLS
