/* finance-check.c: see finance-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/finance-check.h"

#include "server/db/state-sql.h"
#include "server/finance/company.h"
#include "server/finance/finance-check-store.h"

/* Amounts that are rounded need the decimals of the company's currency. */
static gboolean
check_rounded (TwDb *db, gboolean (*check) (TwDb *, guint, GPtrArray *, GError **), GPtrArray *problems,
               GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "verify");
  guint places;

  return tw_company_get_places (&ctx, &places, error) && check (db, places, problems, error);
}

static gboolean
check_receivables (TwDb *db, GPtrArray *problems, GError **error)
{
  return check_rounded (db, tw_finance_check_store_compare_receivables, problems, error);
}

static gboolean
check_credit (TwDb *db, GPtrArray *problems, GError **error)
{
  return check_rounded (db, tw_finance_check_store_compare_credit, problems, error);
}

static gboolean
check_refunds (TwDb *db, GPtrArray *problems, GError **error)
{
  return check_rounded (db, tw_finance_check_store_compare_refunds, problems, error);
}

const TwCheck tw_finance_checks[] = {
  { .name = "invoice total is its lines, taxes and freight", .sql = tw_finance_check_totals_sql },
  { .name = "invoice taxes are those of its lines", .sql = tw_finance_check_taxes_sql },
  { .name = "invoice tax is the sum of its categories", .sql = tw_finance_check_categories_sql },
  { .name = "paid on an invoice is what payments were allocated", .sql = tw_finance_check_paid_sql },
  { .name = "credited on an invoice is the sum of its credit notes", .sql = tw_finance_check_credited_sql },
  { .name = "invoice state agrees with its amounts", .sql = tw_finance_check_state_sql },
  { .name = "instalments add up to their invoice", .sql = tw_finance_check_instalments_sql },
  { .name = "payments settle the first instalments, credit notes the last", .sql = tw_finance_check_order_sql },
  { .name = "every instalment belongs to a posted invoice", .sql = tw_finance_check_receivables_sql },
  { .name = "allocated of a payment is the sum of its allocations", .sql = tw_finance_check_allocated_sql },
  { .name = "paid back of a payment is the sum of its refunds", .sql = tw_finance_check_refunded_sql },
  { .name = "every refund was approved by another person", .sql = tw_finance_check_approved_sql },
  { .name = "who asked for a refund and who approved it is in the audit log", .sql = tw_finance_check_persons_sql },
  { .name = "every refund is of its payment's customer and currency", .sql = tw_finance_check_owned_sql },
  { .name = "every journal entry balances", .sql = tw_finance_check_balance_sql },
  { .name = "every posted invoice is in the journal", .sql = tw_finance_check_posted_sql },
  { .name = "every received payment is in the journal, and no other", .sql = tw_finance_check_received_sql },
  { .name = "every refund paid out is in the journal, and no other", .check = check_refunds },
  { .name = "legal numbers are 1 to n without gap", .sql = tw_finance_check_numbers_sql },
  { .name = "invoiced of an order line is what invoices say", .sql = tw_finance_check_invoiced_sql },
  { .name = "invoices of a fully invoiced order add up to it", .sql = tw_finance_check_orders_sql },
  { .name = "receivable of a customer in the journal is what is open", .check = check_receivables },
  { .name = "credit of a customer in the journal is what is on account", .check = check_credit },
  TW_CHECK_STATES ("invoice", "invoice", "COALESCE(d.number, d.id)"),
  TW_CHECK_STATES ("payment", "payment", "d.number"),
  TW_CHECK_STATES ("refund", "refund", "d.number"),
  TW_CHECK_AMOUNT ("invoice", "invoice", "total", "COALESCE(d.number, d.id)"),
  TW_CHECK_AMOUNT ("payment", "payment", "amount", "d.number"),
  TW_CHECK_AMOUNT ("refund", "refund", "amount", "d.number"),
  { NULL },
};
