/* body.h: request bodies from records, by their field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* What a creation sends: the fields a client may set that are not empty. @fields narrows, NULL is all. (transfer
 * full) */
GString *tw_body_create (TwRecord *record, const char *const *fields);
/* The same, but @record's list of that name holds @items, as if none of them was known by its id. (transfer full) */
GString *tw_body_create_of (TwRecord *record, const char *list, GListModel *items);
/* A merge patch of @fields (NULL: all that may change): an empty field is null, which clears it. Lines that exist carry
 * their id. (transfer full) */
GString *tw_body_patch (TwRecord *record, const char *const *fields);

G_END_DECLS
