/* company.h: amounts in the company's own currency
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Decimals of amounts in company currency. */
gboolean tw_company_get_places (TwContext *ctx, guint *places, GError **error);

/* What moves in company currency when an amount at @rate goes from @before to @after: both are rounded, then
 * subtracted, so that the moves of a whole add up to the rounded whole whatever their order. */
TwDecimal tw_company_move (TwDecimal before, TwDecimal after, TwDecimal rate, guint places);

/* The exchange rate of @currency now; a fault at @pointer when there is none. */
gboolean tw_company_get_rate (TwContext *ctx, const char *currency, const char *pointer, TwDecimal *rate,
                              GError **error);

G_END_DECLS
