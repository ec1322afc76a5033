/* journal-store.c: see journal-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/journal-store.h"

static const TwListColumn journal_columns[] = {
  { "id", "l.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "entry_id", "l.entry_id", TW_COLUMN_FILTER },
  { "entry", "e.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "entry_date", "e.entry_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "account", "l.account", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "debit", "l.debit", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "credit", "l.credit", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "document", "e.document", TW_COLUMN_FILTER },
  { "document_id", "e.document_id", TW_COLUMN_FILTER },
  { "document_number", "e.document_number", TW_COLUMN_FILTER | TW_COLUMN_SEARCH },
  { NULL },
};

/* The lines of the newest entries that @condition finds. */
#define LINES_OF(condition)                                                                                            \
  "(SELECT f.id FROM (SELECT e.id FROM journal_entry e WHERE " condition " ORDER BY e.id DESC LIMIT 1000) d"           \
  " JOIN journal_line f ON f.entry_id = d.id ORDER BY f.id DESC LIMIT 10000)"

const TwList tw_journal_list = {
  .type = tw_journal_line_get_type,
  .select = "l.id, 1 AS version, e.created_at, e.created_at AS updated_at, l.entry_id, e.number AS entry,"
            " e.entry_date, l.account, c.code AS customer, l.debit, l.credit, e.document, e.document_id,"
            " e.document_number, e.memo",
  .from = "journal_line l JOIN journal_entry e ON e.id = l.entry_id LEFT JOIN customer c ON c.id = l.customer_id",
  .count_from = "journal_line l",
  .search = LINES_OF ("e.number LIKE :beginning") " UNION " LINES_OF ("e.document = 'invoice' AND e.document_id IN"
    " (SELECT k.id FROM invoice k WHERE k.number LIKE :beginning)") " UNION " LINES_OF ("e.document = 'payment' AND"
    " e.document_id IN (SELECT k.id FROM payment k WHERE k.number LIKE :beginning)") " UNION "
    LINES_OF ("e.document = 'refund' AND e.document_id IN (SELECT k.id FROM refund k WHERE k.number LIKE :beginning)")
    " UNION "
    "(SELECT f.id FROM customer k JOIN journal_line f ON f.customer_id = k.id WHERE k.code LIKE :anywhere"
    " ORDER BY f.id DESC LIMIT 10000)",
  .marked = "journal_line",
  .id = "l.id",
  .default_sort = "-id",
  .columns = journal_columns,
};

gboolean
tw_journal_store_insert (TwContext *ctx, const TwJournalEntry *entry, const char *number, gint64 *entry_id,
                         GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (ctx->db, "INSERT INTO journal_entry (created_at, number, entry_date, document, document_id,"
                              " document_number, memo, user_id) VALUES (:now, :number, :date, :document, :document_id,"
                              " :document_number, :memo, :user)");

  tw_bind_time (insert, "now", ctx->now);
  tw_bind_text (insert, "number", number);
  tw_bind_date (insert, "date", entry->date);
  tw_bind_text (insert, "document", entry->document);
  tw_bind_int (insert, "document_id", entry->document_id);
  tw_bind_text (insert, "document_number", entry->document_number);
  tw_bind_text (insert, "memo", entry->memo);
  tw_bind_id (insert, "user", ctx->who->user_id);
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  *entry_id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_journal_store_insert_line (TwDb *db, gint64 entry_id, gint64 position, const char *account, gint64 customer_id,
                              TwDecimal amount, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO journal_line (entry_id, position, account, customer_id, debit, credit)"
                         " VALUES (:entry, :position, :account, :customer, :debit, :credit)");

  tw_bind_int (insert, "entry", entry_id);
  tw_bind_int (insert, "position", position);
  tw_bind_text (insert, "account", account);
  tw_bind_id (insert, "customer", customer_id);
  tw_bind_decimal (insert, "debit", tw_decimal_max (amount, TW_DECIMAL_ZERO));
  tw_bind_decimal (insert, "credit", tw_decimal_max (tw_decimal_neg (amount), TW_DECIMAL_ZERO));
  return tw_statement_run_later (insert, TW_AT_COMMIT, NULL, error);
}
