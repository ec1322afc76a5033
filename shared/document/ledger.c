/* ledger.c: see ledger.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/ledger.h"

const TwKey tw_account_keys[] = {
  { "receivable", N_ ("Accounts receivable") },
  { "revenue", N_ ("Revenue") },
  { "freight", N_ ("Freight revenue") },
  { "tax", N_ ("Output tax") },
  { "cost_of_goods", N_ ("Cost of goods sold") },
  { "inventory", N_ ("Inventory") },
  { "cash", N_ ("Cash and bank") },
  { "customer_credit", N_ ("Advances from customers") },
  { "rounding", N_ ("Rounding") },
  { "exchange_difference", N_ ("Exchange difference") },
  { NULL },
};

const TwKey tw_journal_document_keys[] = {
  { "invoice", N_ ("Invoice") },
  { "payment", N_ ("Payment") },
  { "refund", N_ ("Refund") },
  { NULL },
};

const TwKey tw_statement_document_keys[] = {
  { "invoice", N_ ("Invoice") },
  { "credit_note", N_ ("Credit note") },
  { "payment", N_ ("Payment") },
  { "refund", N_ ("Refund") },
  { NULL },
};

static const TwField journal_line_fields[] = {
  TW_RECORD_FIELDS (TwJournalLine),
  TW_INT (TwJournalLine, entry_id, N_ ("Entry"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwJournalLine, entry, N_ ("Entry"), 30, TW_SERVER),
  TW_DATE (TwJournalLine, entry_date, N_ ("Date"), TW_SERVER),
  TW_KEY (TwJournalLine, account, N_ ("Account"), tw_account_keys, TW_SERVER),
  TW_TEXT (TwJournalLine, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_MONEY (TwJournalLine, debit, N_ ("Debit"), TW_SERVER),
  TW_MONEY (TwJournalLine, credit, N_ ("Credit"), TW_SERVER),
  TW_KEY (TwJournalLine, document, N_ ("Document"), tw_journal_document_keys, TW_SERVER),
  TW_INT (TwJournalLine, document_id, N_ ("Document"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwJournalLine, document_number, N_ ("Document number"), 30, TW_SERVER),
  TW_TEXT (TwJournalLine, memo, N_ ("Text"), 200, TW_SERVER),
};
TW_DEFINE_RECORD (TwJournalLine, tw_journal_line, "journal", N_ ("Journal line"), journal_line_fields)

static const TwField statement_line_fields[] = {
  TW_DATE (TwStatementLine, date, N_ ("Date"), TW_SERVER),
  TW_KEY (TwStatementLine, document, N_ ("Document"), tw_statement_document_keys, TW_SERVER),
  TW_INT (TwStatementLine, document_id, N_ ("Document"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwStatementLine, number, N_ ("Number"), 30, TW_SERVER),
  TW_MONEY (TwStatementLine, debit, N_ ("Debit"), TW_SERVER),
  TW_MONEY (TwStatementLine, credit, N_ ("Credit"), TW_SERVER),
  TW_MONEY (TwStatementLine, balance, N_ ("Balance"), TW_SERVER),
  TW_DATE (TwStatementLine, due_date, N_ ("Due"), TW_SERVER),
};
TW_DEFINE_RECORD (TwStatementLine, tw_statement_line, "statement_line", N_ ("Line"), statement_line_fields)

static const TwField statement_of_account_fields[] = {
  TW_LINE_FIELDS (TwStatementOfAccount),
  TW_TEXT (TwStatementOfAccount, customer, N_ ("Customer"), 20, TW_SERVER),
  TW_TEXT (TwStatementOfAccount, customer_name, N_ ("Customer name"), 120, TW_SERVER),
  TW_TEXT (TwStatementOfAccount, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_DATE (TwStatementOfAccount, date_from, N_ ("From"), TW_SERVER),
  TW_DATE (TwStatementOfAccount, date_to, N_ ("Until"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, opening, N_ ("Opening balance"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, closing, N_ ("Closing balance"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, not_due, N_ ("Not yet due"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, days_30, N_ ("1–30 days overdue"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, days_60, N_ ("31–60 days overdue"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, days_90, N_ ("61–90 days overdue"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, older, N_ ("More than 90 days overdue"), TW_SERVER),
  TW_MONEY (TwStatementOfAccount, on_account, N_ ("On account"), TW_SERVER),
  TW_LIST (TwStatementOfAccount, lines, N_ ("Lines"), tw_statement_line_get_type, 100000, TW_SERVER),
};
TW_DEFINE_RECORD (TwStatementOfAccount, tw_statement_of_account, "statement", N_ ("Statement of account"),
                  statement_of_account_fields)
