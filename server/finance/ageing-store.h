/* ageing-store.h: the SQL of what all customers owe, as of a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is open now is found by an index; what is open as of a day differs from it by what happened after that day. So
 * the work grows with what is open and with the days gone by, and not with all that ever was.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Whose money; the texts live during the call that hands it out. */
typedef struct
{
  gint64 customer_id;
  const char *customer;
  const char *customer_name;
  const char *currency;
} TwDebtor;

/* One instalment of an invoice of which something happened after the day. */
typedef struct
{
  gint64 invoice_id;
  TwDate due_date;
  TwDecimal amount;
  TwDecimal open;      /* now */
  TwDecimal paid;      /* on the whole invoice until the day */
  TwDecimal credited;  /* likewise */
  gboolean is_counted; /* the invoice is of that day or an earlier one */
} TwAgedInstalment;

typedef void (*TwAgeingOpen) (const TwDebtor *debtor, TwDate due_date, TwDecimal amount, gpointer data);
typedef void (*TwAgeingAccount) (const TwDebtor *debtor, TwDecimal amount, gpointer data);
typedef void (*TwAgeingChanged) (const TwDebtor *debtor, const TwAgedInstalment *instalment, gpointer data);

/* What is open now, once for each customer, currency and due date. */
gboolean tw_ageing_store_list_open (TwDb *db, TwAgeingOpen func, gpointer data, GError **error);
/* Money that was on account at the end of @to, once for each customer and currency. */
gboolean tw_ageing_store_list_account (TwDb *db, TwDate to, TwAgeingAccount func, gpointer data, GError **error);
/* The instalments of invoices that were posted, paid or credited after @to, as they are due, invoice by invoice. A
 * page: those of invoices behind *after, which moves on; it stays where nothing is left. */
gboolean tw_ageing_store_list_changed (TwDb *db, TwDate to, gint64 *after, TwAgeingChanged func, gpointer data,
                                       GError **error);

G_END_DECLS
