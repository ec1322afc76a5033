/* change-text.h: entries of the change log in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/change.h"

G_BEGIN_DECLS

/* What was done: the log's own verbs ("Created") or a setting's label, otherwise the label of the button that does it;
 * the key itself for an action that this client does not know. */
const char *tw_change_text_action (const char *document, const char *action);

/* The kind of document: "Sales order" for "order"; the key itself when unknown. */
const char *tw_change_text_document (const char *document);

/* The type of the records of this kind, G_TYPE_INVALID when unknown. */
GType tw_change_text_type (const char *document);

/* The label of what stands in a change's values by @name: a field, or what else the log says; the name when unknown. */
const char *tw_change_text_name (const char *document, const char *name);

/* The words for a field of a change that holds a key, NULL for its other fields. */
const char *tw_change_text_field (TwChange *change, const TwField *field);

G_END_DECLS
