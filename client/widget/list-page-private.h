/* list-page-private.h: the list page's members, shared by its files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * list-page.c shows and selects; list-page-question.c sorts, searches and filters.
 */
#pragma once

#include "client/widget/column-fit.h"
#include "client/widget/filter-chip.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

typedef struct
{
  /* Template widgets */
  GtkHeaderBar *header;
  AdwWindowTitle *window_title;
  GtkButton *sidebar_button;
  GtkButton *new_button;
  GtkSearchEntry *search;
  GtkDropDown *filter;
  GtkWidget *chip_scroller;
  GtkBox *chip_box;
  GtkStack *stack; /* "rows", "loading", "empty", "nothing-found", "failed" */
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  AdwStatusPage *empty_page;
  AdwStatusPage *failed_page;
  GtkLabel *count;
  GtkSpinner *spinner;

  /* Declared */
  char *route;
  GType record_type;
  char *search_hint;
  char *filter_field;
  char *new_permission;
  char *document_field;
  char *sort;
  char *more_fields;
  GPtrArray *columns; /* TwListColumn */
  GPtrArray *chips;   /* TwFilterChip, borrowed: they are in the template */

  TwRecordList *model;
  gint64 selected_id;
  guint choose_source;
  gboolean quiet;
  gboolean following; /* chips are being set, not pressed */
  gboolean folded;
  gboolean narrow;
  GObject *first_sentinel;  /* two rows that only the sorters know, see find_sort() */
  GObject *second_sentinel;
  TwListColumn *asked;
} TwListPagePrivate;

TwListPagePrivate *tw_list_page_private (TwListPage *self);

void tw_list_page_filter_changed_cb (TwListPage *self);
void tw_list_page_clear_search_cb (TwListPage *self);
void tw_list_page_search_activated_cb (TwListPage *self);
void tw_list_page_search_changed_cb (TwListPage *self);
/* Asks the server for what the columns show and the page needs, no more. */
void tw_list_page_choose_fields (TwListPagePrivate *priv);
void tw_list_page_build_filter (TwListPagePrivate *priv);
void tw_list_page_add_chip (TwListPage *self, TwFilterChip *chip);
void tw_list_page_sort_changed_cb (GtkSorter *sorter, GtkSorterChange change, gpointer user_data);
void tw_list_page_add_column (TwListPage *self, TwColumnFit *fit, TwListColumn *column);

G_END_DECLS
