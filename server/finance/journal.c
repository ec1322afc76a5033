/* journal.c: see journal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/journal.h"

#include "server/db/number.h"
#include "server/finance/journal-store.h"

const TwResource tw_journal_resource = {
  .path = "journal",
  .document = "journal",
  .type = tw_journal_line_get_type,
  .list = &tw_journal_list,
};

void
tw_journal_debit (TwJournalEntry *entry, TwAccount account, TwDecimal amount)
{
  entry->amounts[account] = tw_decimal_add (entry->amounts[account], amount);
}

void
tw_journal_credit (TwJournalEntry *entry, TwAccount account, TwDecimal amount)
{
  entry->amounts[account] = tw_decimal_sub (entry->amounts[account], amount);
}

static TwDecimal
get_balance (const TwJournalEntry *entry)
{
  TwDecimal sum = TW_DECIMAL_ZERO;

  for (guint i = 0; i < TW_N_ACCOUNTS; i++)
    sum = tw_decimal_add (sum, entry->amounts[i]);
  return sum;
}

void
tw_journal_balance (TwJournalEntry *entry, TwAccount account)
{
  tw_journal_credit (entry, account, get_balance (entry));
}

static gboolean
is_empty (const TwJournalEntry *entry)
{
  for (guint i = 0; i < TW_N_ACCOUNTS; i++)
    if (!tw_decimal_is_zero (entry->amounts[i]))
      return FALSE;
  return TRUE;
}

/* Only these accounts are kept per customer. */
static gint64
get_customer (const TwJournalEntry *entry, guint account)
{
  return account == TW_ACCOUNT_RECEIVABLE || account == TW_ACCOUNT_CUSTOMER_CREDIT ? entry->customer_id : 0;
}

gboolean
tw_journal_post (TwContext *ctx, const TwJournalEntry *entry, GError **error)
{
  g_autofree char *number = NULL;
  gint64 entry_id, position = 0;

  if (is_empty (entry))
    return TRUE;
  if (!tw_decimal_is_zero (get_balance (entry)))
    return tw_error_set (error, TW_ERROR_INTERNAL, "the entry for %s %s does not balance", entry->document,
                         entry->document_number);
  number = tw_number_document (ctx->db, "JE", entry->date, error);
  if (number == NULL || !tw_journal_store_insert (ctx, entry, number, &entry_id, error))
    return FALSE;
  for (guint i = 0; i < TW_N_ACCOUNTS; i++)
    if (!tw_decimal_is_zero (entry->amounts[i])
        && !tw_journal_store_insert_line (ctx->db, entry_id, ++position, tw_account_keys[i].key,
                                          get_customer (entry, i), entry->amounts[i], error))
      return FALSE;
  return TRUE;
}
