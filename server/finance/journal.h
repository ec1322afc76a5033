/* journal.h: balanced entries in the journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/ledger.h"

G_BEGIN_DECLS

/* Accounts in the order of tw_account_keys. */
typedef enum
{
  TW_ACCOUNT_RECEIVABLE,
  TW_ACCOUNT_REVENUE,
  TW_ACCOUNT_FREIGHT,
  TW_ACCOUNT_TAX,
  TW_ACCOUNT_COST_OF_GOODS,
  TW_ACCOUNT_INVENTORY,
  TW_ACCOUNT_CASH,
  TW_ACCOUNT_CUSTOMER_CREDIT,
  TW_ACCOUNT_ROUNDING,
  TW_ACCOUNT_EXCHANGE_DIFFERENCE,
  TW_N_ACCOUNTS
} TwAccount;

/* One posting in the making; on the stack, strings borrowed. */
typedef struct
{
  TwDate date;
  const char *document; /* "invoice", "payment", "refund" */
  gint64 document_id;
  const char *document_number;
  const char *memo; /* nullable */
  gint64 customer_id;
  TwDecimal amounts[TW_N_ACCOUNTS]; /* company currency; > 0 debit, < 0 credit */
} TwJournalEntry;

extern const TwResource tw_journal_resource; /* a list only */

void tw_journal_debit (TwJournalEntry *entry, TwAccount account, TwDecimal amount);
void tw_journal_credit (TwJournalEntry *entry, TwAccount account, TwDecimal amount);

/* Puts on @account what the entry lacks to balance. */
void tw_journal_balance (TwJournalEntry *entry, TwAccount account);

/* Writes the entry under the next number; nothing when all amounts are 0. An entry that does not balance is
 * TW_ERROR_INTERNAL. */
gboolean tw_journal_post (TwContext *ctx, const TwJournalEntry *entry, GError **error);

G_END_DECLS
