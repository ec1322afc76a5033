/* access.h: attacks on who may read and do what, one kind a file, on one company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is tried is made from the route table, the permission table, the field tables and the transition table: a route,
 * a field or an action that comes later is attacked without a line here.
 */
#pragma once

#include "server/core/router.h"
#include "tests/fixture/company.h"

G_BEGIN_DECLS

/* An id that nothing has. */
#define TW_ACCESS_NO_ID "999999999"

/* Add their tests; @server is tw_company_new() with tw_company_fill(). */
void tw_access_add_routes (TwTestServer *server);
void tw_access_add_foreign (TwTestServer *server);
void tw_access_add_entry (TwTestServer *server);
void tw_access_add_duties (TwTestServer *server);

/* A cheap request by @user, or with the token in @user when that begins with "Bearer"; *text (nullable) is the body
 * until the next call. Returns the status. */
guint tw_access_call (TwTestServer *server, const char *user, const char *method, const char *path, const char *body,
                      const char **text);
void tw_access_end_calls (void);

/* The first role that has @permission (any role when NULL); NULL when only the system has. */
const char *tw_access_find_role (const char *permission);
/* A route's path with @id for {id} and @word for every other parameter. (transfer full) */
char *tw_access_fill_path (const char *path, const char *id, const char *word);

G_END_DECLS
