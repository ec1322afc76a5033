/* canary-fields.h: what the field tables hide: all of it is planted, no list is asked by it, no sheet shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/fixture/server.h"

G_BEGIN_DECLS

/* Every hidden field of every record that a route answers is in @planted ("order_line.cost"), or has a reason not to
 * be. */
void tw_canary_assert_planted (GHashTable *planted);

/* Who may not read a field is answered, in every list of @role, as if there were no such field: to sort by, to filter
 * by and to ask for. Who may read it is answered with the list. */
void tw_canary_assert_no_side_ways (TwTestServer *server, const char *role);

/* The names of the columns of a CSV of @type, none of them hidden from @role. (element-type utf8) (transfer full) */
GPtrArray *tw_canary_read_columns (const char *role, const char *path, GType type, const char *csv);
/* A workbook names its columns by their labels, of which two fields may share one: so it has those of the CSV, one by
 * one. */
void tw_canary_assert_same_columns (const char *role, const char *path, GType type, GPtrArray *names,
                                    TwTestReply *reply);

/* What is pushed says that something has changed that @role may read, and no more. */
void tw_canary_assert_event (const char *role, const char *text);

G_END_DECLS
