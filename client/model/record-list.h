/* record-list.h: a list of the server's records that feels the same at a hundred rows and a million
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GListModel that knows only the server's total and the pages lately looked at. An item is asked for, a
 * placeholder (id 0) comes at once, and the page's arrival fills the same object and notifies its properties. Sorting,
 * filtering and searching are the server's: never put GtkSortListModel or GtkFilterListModel on top. Main thread only.
 */
#pragma once

#include "client/net/session.h"

G_BEGIN_DECLS

#define TW_TYPE_RECORD_LIST (tw_record_list_get_type ())
G_DECLARE_FINAL_TYPE (TwRecordList, tw_record_list, TW, RECORD_LIST, GObject)

typedef enum
{
  TW_LIST_LOADING, /* the first page of this question is on its way */
  TW_LIST_READY,
  TW_LIST_FAILED, /* the first page could not be read; tw_record_list_get_error() says why */
} TwListStatus;

/* Properties: "total" (uint), "status" (int, TwListStatus), "busy" (boolean): some page is on its way.
 * Signals: "refreshed" (): rows were read again in place; a selection may want to follow its record. */

/* @route: "/orders", may carry fixed filters: "/orders?state=confirmed". @type: record of an item. */
TwRecordList *tw_record_list_new (TwSession *session, GType type, const char *route);

const char *tw_record_list_get_route (TwRecordList *self);
GType tw_record_list_get_record_type (TwRecordList *self);
TwListStatus tw_record_list_get_status (TwRecordList *self);
const GError *tw_record_list_get_error (TwRecordList *self); /* NULL unless FAILED */
guint tw_record_list_get_total (TwRecordList *self);

/* The only fields to ask for, separated by commas; NULL, as in the beginning: all of them. Before the first turn of the
 * main loop. */
void tw_record_list_set_fields (TwRecordList *self, const char *fields);

/* What to ask. Each returns at once; several changes before the next main loop turn cost one request.
 * @sort: "-created_at", NULL is the server's own order. @value NULL or "" lifts a filter ("state", "date.ge"). */
void tw_record_list_set_sort (TwRecordList *self, const char *sort);
void tw_record_list_set_search (TwRecordList *self, const char *text);
void tw_record_list_set_filter (TwRecordList *self, const char *name, const char *value);
const char *tw_record_list_get_filter (TwRecordList *self, const char *name);
const char *tw_record_list_get_search (TwRecordList *self);

/* The question as a path, without paging: for exports. (transfer full) */
char *tw_record_list_get_path (TwRecordList *self, const char *suffix);

/* Reads again what is loaded, in place. tw_record_list_retry() starts over after FAILED. */
void tw_record_list_refresh (TwRecordList *self);
void tw_record_list_retry (TwRecordList *self);

/* The position of the record with @id among the rows at hand, GTK_INVALID_LIST_POSITION (G_MAXUINT) when it is not. */
guint tw_record_list_find (TwRecordList *self, gint64 id);

G_END_DECLS
