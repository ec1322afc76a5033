/* value-entry.h: an entry whose text stands for a value of the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * People type as they write; the value is taken over on Enter, Tab and leaving the entry. What makes no sense
 * stays as typed, marked, with the reason, and the value stays the old one. This class takes any text;
 * TwDecimalEntry, TwDateEntry and TwLookupEntry read theirs.
 */
#pragma once

#include <gtk/gtk.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

#define TW_TYPE_VALUE_ENTRY (tw_value_entry_get_type ())
G_DECLARE_DERIVABLE_TYPE (TwValueEntry, tw_value_entry, TW, VALUE_ENTRY, GtkEntry)

/* Property: "value" (string as on the wire, "" for none). Signal: "committed" (): the person changed the value. */
struct _TwValueEntryClass
{
  GtkEntryClass parent_class;

  /* Wire to display. (transfer full) */
  char *(*format) (TwValueEntry *self, const char *value);
  /* Typed to wire; NULL with an error whose message says what would be right. (transfer full) */
  char *(*parse) (TwValueEntry *self, const char *typed, GError **error);
};

/* The entry for a field that is shown as @kind: decimals and integers, dates, text. (transfer floating) */
TwValueEntry *tw_value_entry_new_for_field (const TwField *field, TwKind kind);

const char *tw_value_entry_get_value (TwValueEntry *self); /* never NULL */
/* The text is being written and not taken over yet. */
gboolean tw_value_entry_is_typed (TwValueEntry *self);
/* Shows @value without "committed". What is being typed is dropped. */
void tw_value_entry_set_value (TwValueEntry *self, const char *value);
/* Takes over what is typed; FALSE when it makes no sense. */
gboolean tw_value_entry_commit (TwValueEntry *self);
/* For subclasses: @value was chosen by the person. */
void tw_value_entry_take (TwValueEntry *self, const char *value);
/* Marks the entry; NULL lifts the mark. */
void tw_value_entry_show_fault (TwValueEntry *self, const char *detail);

G_END_DECLS
