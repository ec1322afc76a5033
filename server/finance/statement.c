/* statement.c: see statement.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/statement.h"

#include "server/finance/instalment.h"
#include "server/finance/statement-store.h"
#include "server/masterdata/masterdata.h"

/* ---- Movements ---- */

/* Lines before @from become the opening balance. */
static void
balance_lines (TwStatementOfAccount *statement, TwDate from)
{
  TwDecimal balance = TW_DECIMAL_ZERO;
  guint before = 0;

  for (guint i = 0; i < tw_record_count (statement->lines); i++)
    {
      TwStatementLine *line = tw_record_nth (statement->lines, i);

      balance = tw_decimal_add (balance, tw_decimal_sub (line->debit, line->credit));
      line->balance = balance;
      if (tw_date_compare (line->date, from) < 0)
        {
          statement->opening = balance;
          before = i + 1;
        }
    }
  statement->closing = balance;
  g_list_store_splice (statement->lines, 0, before, NULL, 0);
}

/* ---- Ageing ---- */

void
tw_statement_age (TwStatementOfAccount *statement, TwDate due_date, TwDecimal amount)
{
  int days = tw_date_days_between (due_date, statement->date_to);
  TwDecimal *bucket = &statement->older;

  if (days <= 0)
    bucket = &statement->not_due;
  else if (days <= 30)
    bucket = &statement->days_30;
  else if (days <= 60)
    bucket = &statement->days_60;
  else if (days <= 90)
    bucket = &statement->days_90;
  *bucket = tw_decimal_add (*bucket, amount);
}

TwDecimal
tw_statement_get_open (TwStatementOfAccount *statement)
{
  TwDecimal open = tw_decimal_add (statement->not_due, statement->days_30);

  open = tw_decimal_add (open, tw_decimal_add (statement->days_60, statement->days_90));
  return tw_decimal_add (open, statement->older);
}

static void
age_invoice (TwStatementOfAccount *statement, const TwAgedPart *parts, guint n)
{
  g_autofree TwDecimal *amounts = g_new (TwDecimal, n), *open = g_new (TwDecimal, n);

  for (guint i = 0; i < n; i++)
    amounts[i] = parts[i].amount;
  tw_instalments_open (amounts, n, parts->paid, parts->credited, open);
  for (guint i = 0; i < n; i++)
    tw_statement_age (statement, parts[i].due_date, open[i]);
}

static void
age (TwStatementOfAccount *statement, GArray *parts)
{
  guint first = 0;

  for (guint i = 1; i <= parts->len; i++)
    if (i == parts->len
        || g_array_index (parts, TwAgedPart, i).invoice_id != g_array_index (parts, TwAgedPart, first).invoice_id)
      {
        age_invoice (statement, &g_array_index (parts, TwAgedPart, first), i - first);
        first = i;
      }
}

TwStatementOfAccount *
tw_statement_get (TwContext *ctx, gint64 customer_id, const char *currency, TwDate from, TwDate to, GError **error)
{
  g_autoptr (TwCustomer) customer = (TwCustomer *) tw_customer_resource.load (ctx, customer_id, FALSE, error);
  g_autoptr (TwStatementOfAccount) statement = NULL;
  g_autoptr (GArray) parts = NULL;
  TwStatementScope scope;

  if (customer == NULL)
    return NULL;
  statement = tw_statement_of_account_new ();
  statement->parent.id = customer_id;
  tw_record_set_string (&statement->customer, customer->code);
  tw_record_set_string (&statement->customer_name, customer->name);
  tw_record_set_string (&statement->currency, currency != NULL ? currency : customer->currency);
  statement->date_from = from;
  statement->date_to = to;
  scope = (TwStatementScope) { customer_id, statement->currency, to };
  if (!tw_statement_store_read_lines (ctx->db, &scope, statement->lines, error)
      || !tw_statement_store_sum_account (ctx->db, &scope, &statement->on_account, error))
    return NULL;
  parts = tw_statement_store_read_parts (ctx->db, &scope, error);
  if (parts == NULL)
    return NULL;
  balance_lines (statement, from);
  if (parts->len > 0)
    age (statement, parts);
  return g_steal_pointer (&statement);
}
