/* ageing-store.h: the SQL of what all customers owe, as of a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is open now is found by an index; what was open at the end of a day differs from it by what happened after that
 * day, which is asked for in pieces. So the work grows with what is open and with the days gone by, and not with all
 * that ever was, and no statement takes long.
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

/* One instalment, with what was settled of its whole invoice until a day. */
typedef struct
{
  gint64 invoice_id;
  TwDate due_date;
  TwDecimal amount;
  TwDecimal open; /* now */
  TwDecimal paid;
  TwDecimal credited;
  gboolean is_counted; /* the invoice is of that day or an earlier one */
} TwAgedInstalment;

typedef void (*TwAgeingOpen) (const TwDebtor *debtor, TwDate due_date, TwDecimal amount, gpointer data);
typedef void (*TwAgeingAccount) (const TwDebtor *debtor, TwDecimal amount, gpointer data);
typedef void (*TwAgeingInstalment) (const TwDebtor *debtor, const TwAgedInstalment *instalment, gpointer data);

/* The first day, @from or later, on which something that is open now is due; unset when there is none. */
gboolean tw_ageing_store_find_due (TwDb *db, TwDate from, TwDate *due, GError **error);
/* What is open now and due from @from to @until, once for each customer, currency and due date. */
gboolean tw_ageing_store_list_open (TwDb *db, TwDate from, TwDate until, TwAgeingOpen func, gpointer data,
                                    GError **error);
/* Money that is on account now, once for each customer and currency. */
gboolean tw_ageing_store_list_account (TwDb *db, TwAgeingAccount func, gpointer data, GError **error);

/* The day of the first invoice or booking; unset when there is none. */
gboolean tw_ageing_store_find_beginning (TwDb *db, TwDate *day, GError **error);
/* What has left the accounts in the days from @from to @until: allocated less received. */
gboolean tw_ageing_store_list_taken (TwDb *db, TwDate from, TwDate until, TwAgeingAccount func, gpointer data,
                                     GError **error);
/* Appends the ids (gint64) of invoices that are of those days, or were paid or credited in them; some may have no
 * instalments. */
gboolean tw_ageing_store_find_changed (TwDb *db, TwDate from, TwDate until, GArray *ids, GError **error);
/* The instalments of invoices, one invoice after the other and as they are due, as of @to. @ids: "[1,2,3]". */
gboolean tw_ageing_store_read_invoices (TwDb *db, const char *ids, TwDate to, TwAgeingInstalment func, gpointer data,
                                        GError **error);

G_END_DECLS
