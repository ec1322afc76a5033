/* injection.h: attacks by what is written where something reads it: SQL, spreadsheets, the log, people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/attack/access.h"

G_BEGIN_DECLS

/* Add their tests; @server is tw_company_new() with tw_company_fill(). */
void tw_injection_add_sql (TwTestServer *server);
void tw_injection_add_text (TwTestServer *server);

/* Who has every role of our own people. */
#define TW_INJECTION_USER "everybody"

G_END_DECLS
