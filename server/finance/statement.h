/* statement.h: a customer's statement of account, with the ageing of what is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/ledger.h"

G_BEGIN_DECLS

/* What happened between the two days and how it stood at the end; @from unset: from the beginning. @currency NULL: the
 * customer's. TW_ERROR_NOT_FOUND for a customer that the reader may not know. closing = what is open − on_account.
 * (transfer full) */
TwStatementOfAccount *tw_statement_get (TwContext *ctx, gint64 customer_id, const char *currency, TwDate from,
                                        TwDate to, GError **error);

/* Adds to what is open, by how long it is overdue at the statement's end. */
void tw_statement_age (TwStatementOfAccount *statement, TwDate due_date, TwDecimal amount);
/* All of it. */
TwDecimal tw_statement_get_open (TwStatementOfAccount *statement);

G_END_DECLS
