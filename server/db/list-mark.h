/* list-mark.h: how many rows of a table there are up to an id, counted once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The total of a list that nothing narrows, and the place of its n-th row, cost as much as there are rows, unless what
 * has been counted is kept. A table of which no row is ever removed has its rows counted up to every 250th: the total
 * is that of the last mark and what came after it, and a jump begins at the mark before it.
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

#define TW_LIST_MARK_ROWS 250

typedef struct
{
  gint64 position; /* rows with an id up to last_id */
  gint64 last_id;
} TwListMark;

/* The mark with the highest position up to @most, of the rows that the list shows; zeros when there is none. */
gboolean tw_list_mark_before (TwDb *db, const TwList *list, gint64 most, TwListMark *mark, GError **error);
/* The mark with the lowest position of at least @least, likewise; zeros when there is none. */
gboolean tw_list_mark_after (TwDb *db, const TwList *list, gint64 least, TwListMark *mark, GError **error);
/* The last mark, likewise. */
gboolean tw_list_mark_last (TwDb *db, const TwList *list, TwListMark *mark, GError **error);
/* How many rows the list shows when nothing narrows it. */
gboolean tw_list_mark_count (TwDb *db, const TwList *list, gint64 *total, GError **error);

/* Sets the marks that are due. A mark counts when it has stood for a minute: by then
 * every transaction that had taken a lower id has ended. Outside a transaction. */
gboolean tw_list_mark_advance (TwDb *db, GError **error);

G_END_DECLS
