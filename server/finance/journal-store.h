/* journal-store.h: the SQL of the journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/finance/journal.h"

G_BEGIN_DECLS

extern const TwList tw_journal_list;

gboolean tw_journal_store_insert (TwContext *ctx, const TwJournalEntry *entry, const char *number, gint64 *entry_id,
                                  GError **error);
/* @amount: > 0 debit, < 0 credit. */
gboolean tw_journal_store_insert_line (TwDb *db, gint64 entry_id, gint64 position, const char *account,
                                       gint64 customer_id, TwDecimal amount, GError **error);

G_END_DECLS
