/* ledger.h: the journal and a customer's statement of account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* receivable, revenue, freight, tax, cost_of_goods, inventory, cash, customer_credit, rounding, exchange_difference */
extern const TwKey tw_account_keys[];

extern const TwKey tw_journal_document_keys[];   /* invoice (a credit note is one, too), payment, refund */
extern const TwKey tw_statement_document_keys[]; /* invoice, credit_note, payment, refund */

/* One line of a journal entry; the entry balances: Σ debit = Σ credit, company currency. */
struct _TwJournalLine
{
  TwRecord parent;
  gint64 entry_id;
  char *entry; /* number */
  TwDate entry_date;
  const char *account;
  char *customer;
  TwDecimal debit;
  TwDecimal credit;
  const char *document;
  gint64 document_id;
  char *document_number;
  char *memo;
};
TW_DECLARE_RECORD (TwJournalLine, tw_journal_line)

struct _TwStatementLine
{
  TwRecord parent;
  TwDate date;
  const char *document;
  gint64 document_id;
  char *number;
  TwDecimal debit;
  TwDecimal credit;
  TwDecimal balance; /* after this line */
  TwDate due_date;
};
TW_DECLARE_RECORD (TwStatementLine, tw_statement_line)

struct _TwStatementOfAccount
{
  TwRecord parent; /* id: the customer's */
  char *customer;
  char *customer_name;
  char *currency;
  TwDate date_from;
  TwDate date_to;
  TwDecimal opening;
  TwDecimal closing;
  TwDecimal not_due; /* ageing of the closing balance's open invoices as of date_to */
  TwDecimal days_30; /* 1–30 days overdue */
  TwDecimal days_60;
  TwDecimal days_90;
  TwDecimal older;
  TwDecimal on_account; /* payments neither allocated nor paid back */
  GListStore *lines;
};
TW_DECLARE_RECORD (TwStatementOfAccount, tw_statement_of_account)

G_END_DECLS
