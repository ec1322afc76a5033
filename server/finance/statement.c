/* statement.c: see statement.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/statement.h"

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

static TwDecimal *
find_bucket (TwStatementOfAccount *statement, TwDate due_date)
{
  int days = tw_date_days_between (due_date, statement->date_to);

  if (days <= 0)
    return &statement->not_due;
  if (days <= 30)
    return &statement->days_30;
  if (days <= 60)
    return &statement->days_60;
  return days <= 90 ? &statement->days_90 : &statement->older;
}

/* The instalments of one invoice lie one after the other: payments cover them from the first, credit notes from the
 * last; what lies between is open. */
static void
age_invoice (TwStatementOfAccount *statement, const TwAgedPart *parts, guint n)
{
  TwDecimal total = TW_DECIMAL_ZERO, begin = TW_DECIMAL_ZERO, end;

  for (guint i = 0; i < n; i++)
    total = tw_decimal_add (total, parts[i].amount);
  end = tw_decimal_sub (total, parts[0].credited);
  for (guint i = 0; i < n; i++)
    {
      TwDecimal after = tw_decimal_add (begin, parts[i].amount);
      TwDecimal open = tw_decimal_sub (tw_decimal_min (after, end), tw_decimal_max (begin, parts[0].paid));
      TwDecimal *bucket = find_bucket (statement, parts[i].due_date);

      if (tw_decimal_sign (open) > 0)
        *bucket = tw_decimal_add (*bucket, open);
      begin = after;
    }
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
