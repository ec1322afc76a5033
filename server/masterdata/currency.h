/* currency.h: currencies and their decimals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* A fault at @pointer unless @code has the form of an ISO 4217 code: three capital letters. */
gboolean tw_currency_check (const char *code, const char *pointer, GError **error);

/* How many decimals amounts in @code have: 2, but for those of ISO 4217 that have 0, 3 or 4. */
guint tw_currency_get_places (const char *code);

G_END_DECLS
