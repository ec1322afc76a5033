/* list-tally.h: how many rows a record rule lets a person see, counted once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sales rep's own list asks for a total with every page, and each count would look at all rows there are. The rows up
 * to the last mark (list-mark.h) are counted once for each rule and person and remembered, until a row changes hands:
 * whoever writes what the rule looks at in a row that exists, or removes it, raises the list's edition in the same
 * transaction. For those who see everything, the marks have counted already.
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 edition;
  gint64 last_id; /* counted up to here */
  gint64 n;
} TwListTally;

/* Whether the record rule is all that narrows the list, and one of those that are counted so. */
gboolean tw_list_is_tallied (const TwList *list, const TwListQuery *query);
/* What was counted last; FALSE when nothing was. */
gboolean tw_list_tally_recall (TwDb *db, const TwList *list, const TwListQuery *query, TwListTally *tally);
/* How many rows @list shows under the query's rule, which is all that narrows it. */
gboolean tw_list_tally_count (TwDb *db, const TwList *list, const TwListQuery *query, gint64 *total, GError **error);

/* A row of a list with @edition may have changed hands or gone. Within the transaction. */
gboolean tw_list_edition_raise (TwDb *db, const char *edition, GError **error);

G_END_DECLS
