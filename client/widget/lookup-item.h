/* lookup-item.h: a row of what a lookup found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/lookup-entry.h"

G_BEGIN_DECLS

/* Keeps @record. Fields that are not there are "". */
TwLookupItem *tw_lookup_item_new (JsonObject *record, const char *key_field, const char *name_field,
                                  const char *detail_field);
JsonObject *tw_lookup_item_get_record (TwLookupItem *self); /* (transfer none) */
const char *tw_lookup_item_get_key (TwLookupItem *self);
const char *tw_lookup_item_get_name (TwLookupItem *self);

G_END_DECLS
