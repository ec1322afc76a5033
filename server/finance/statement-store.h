/* statement-store.h: the SQL of statements of account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/ledger.h"

G_BEGIN_DECLS

/* One instalment as of a day, with what was settled of its whole invoice until then. */
typedef struct
{
  gint64 invoice_id;
  TwDate due_date;
  TwDecimal amount;
  TwDecimal paid;
  TwDecimal credited;
} TwAgedPart;

/* Whose, and until when. */
typedef struct
{
  gint64 customer_id;
  const char *currency;
  TwDate to;
} TwStatementScope;

/* All movements until the day, in order of date: TwStatementLine. */
gboolean tw_statement_store_read_lines (TwDb *db, const TwStatementScope *scope, GListStore *lines, GError **error);
/* By invoice and due date. (element-type TwAgedPart, transfer full) */
GArray *tw_statement_store_read_parts (TwDb *db, const TwStatementScope *scope, GError **error);
/* Money that came less money that was allocated or paid back, until the day. */
gboolean tw_statement_store_sum_account (TwDb *db, const TwStatementScope *scope, TwDecimal *sum, GError **error);

G_END_DECLS
