/* order-check-text.h: sentences from the facts of a check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/document/order-check.h"

G_BEGIN_DECLS

/* The sentence for @check in the thread's language. @facts: its facts as far as the reader may see them, nullable.
 * (transfer full) */
char *tw_order_check_text (TwOrderCheck *check, JsonObject *facts);

G_END_DECLS
