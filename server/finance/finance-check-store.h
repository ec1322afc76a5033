/* finance-check-store.h: the SQL that finds what is not true in finance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* SELECTs of the rows in error, with a column `problem`. */
extern const char tw_finance_check_totals_sql[];
extern const char tw_finance_check_taxes_sql[];
extern const char tw_finance_check_categories_sql[];
extern const char tw_finance_check_paid_sql[];
extern const char tw_finance_check_credited_sql[];
extern const char tw_finance_check_state_sql[];
extern const char tw_finance_check_instalments_sql[];
extern const char tw_finance_check_order_sql[];
extern const char tw_finance_check_receivables_sql[];
extern const char tw_finance_check_allocated_sql[];
extern const char tw_finance_check_refunded_sql[];
extern const char tw_finance_check_approved_sql[];
extern const char tw_finance_check_persons_sql[];
extern const char tw_finance_check_owned_sql[];
extern const char tw_finance_check_balance_sql[];
extern const char tw_finance_check_posted_sql[];
extern const char tw_finance_check_received_sql[];
extern const char tw_finance_check_numbers_sql[];
extern const char tw_finance_check_invoiced_sql[];
extern const char tw_finance_check_orders_sql[];

/* Append sentences about customers whose journal does not agree with their invoices, respectively payments, and about
 * refunds whose journal does not agree with them. @places: decimals of company currency. */
gboolean tw_finance_check_store_compare_receivables (TwDb *db, guint places, GPtrArray *problems, GError **error);
gboolean tw_finance_check_store_compare_credit (TwDb *db, guint places, GPtrArray *problems, GError **error);
gboolean tw_finance_check_store_compare_refunds (TwDb *db, guint places, GPtrArray *problems, GError **error);

G_END_DECLS
