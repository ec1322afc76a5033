/* sscc.h: the code that identifies a parcel worldwide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Extension digit, company prefix (7 to 10 digits), serial number, check digit: 18 digits (GS1 General Specifications
 * 2.2.1). @serial counts from 1 and goes on in the extension digit. NULL when @prefix is none. (transfer full) */
char *tw_sscc_format (const char *prefix, guint64 serial);

/* Whether @code has 18 digits of which the last checks the others. */
gboolean tw_sscc_is_valid (const char *code);

/* The company's next one. (transfer full) */
char *tw_sscc_next (TwContext *ctx, GError **error);

G_END_DECLS
