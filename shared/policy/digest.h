/* digest.h: the fingerprint of what was agreed with a customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* The canonical commercial content of @record as text: every TW_COMMERCIAL field in the order of its table, one
 * `name=value` a line, values as on the wire with \ and line breaks escaped, none as an empty value; a list is
 * its items in order, each between `name[` and `]`. Two orders with the same text are the same deal. */
char *tw_digest_canonical (TwRecord *record);

/* SHA-256 of @rule_version and the canonical content, in lower-case hex (FIPS 180-4). */
char *tw_digest_commercial (TwRecord *record, const char *rule_version);

G_END_DECLS
