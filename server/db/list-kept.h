/* list-kept.h: rows of lists as this process has written them before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row's JSON is kept under what it was made of: the place, list, columns and secrets (the shape), the id, the stamp
 * of the row itself and the edition of what it shows of other tables. It is the row's text for whoever finds the same
 * stamp and edition, which are always read from the database: what is kept is never taken for true. Any thread.
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 stamp;
} TwKeptRow;

/* What rows are kept for: (transfer full). */
char *tw_list_kept_shape (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets);

/* Those of @rows (of TwKeptRow) that are not kept, by id as a JSON array; NULL when all are. (transfer full) */
char *tw_list_kept_find_missing (const char *shape, gint64 edition, GArray *rows);
void tw_list_kept_put (const char *shape, gint64 edition, const TwKeptRow *row, const char *json);
/* Appends them with commas between; FALSE, and @out is as it was, when one is not kept. */
gboolean tw_list_kept_append (const char *shape, gint64 edition, GArray *rows, GString *out);

G_END_DECLS
