/* statement-page.h: what a customer was invoiced and paid in a period, and how old the rest is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/ledger.h"

G_BEGIN_DECLS

#define TW_TYPE_STATEMENT_PAGE (tw_statement_page_get_type ())
G_DECLARE_FINAL_TYPE (TwStatementPage, tw_statement_page, TW, STATEMENT_PAGE, AdwBin)

/* What is asked for. */
struct _TwStatementQuery
{
  TwRecord parent;
  char *customer;
  gint64 customer_id;
  char *customer_name;
  TwDate date_from; /* none: from the beginning */
  TwDate date_to;
};
TW_DECLARE_RECORD (TwStatementQuery, tw_statement_query)

/* Property: "narrow", as a desk has it. Actions: "page.refresh", "page.search", "statement.pdf" (s: language, "" is the
 * customer's). */

/* As if the person had chosen the customer and the days; TW_DATE_NONE leaves a day as it is. */
void tw_statement_page_ask (TwStatementPage *self, gint64 customer_id, const char *customer, const char *name,
                            TwDate from, TwDate to);
/* What is shown, NULL before something is. (transfer none) */
TwStatementOfAccount *tw_statement_page_get_statement (TwStatementPage *self);

G_END_DECLS
