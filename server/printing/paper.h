/* paper.h: a business document as it is printed: what stands on it, not where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sender, recipient and facts make the head; then tables, sums and texts follow in the order in which they are added.
 * The layout is the same for all: A4, tables that go on over the page with their heading, page x of y. All text is
 * UTF-8 and copied.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TwPaper TwPaper;

typedef struct
{
  const char *title;
  double width;      /* in points (1/72 inch); 0: what is left */
  gboolean is_figure; /* aligned to the right */
} TwPaperColumn;

/* @number nullable. @language chooses the shapes of characters: "zh_CN". */
TwPaper *tw_paper_new (const char *title, const char *number, const char *language);
void tw_paper_free (TwPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPaper, tw_paper_free)

void tw_paper_set_sender (TwPaper *paper, const char *name, const char *details);
void tw_paper_set_recipient (TwPaper *paper, const char *label, const char *name, const char *details);
/* Across the page, in light grey: "Draft". */
void tw_paper_set_mark (TwPaper *paper, const char *mark);
/* A line at the head's right; nothing without a value. */
void tw_paper_add_fact (TwPaper *paper, const char *label, const char *value);

/* @heading nullable. Rows follow; @n cells each, NULL is empty. */
void tw_paper_begin_table (TwPaper *paper, const char *heading, const TwPaperColumn *columns, guint n);
void tw_paper_add_row (TwPaper *paper, const char *const *cells);
/* Lines of sums at the right; those that follow each other stay on one page. @strong: larger, with a rule above. */
void tw_paper_add_sum (TwPaper *paper, const char *label, const char *value, gboolean strong);
/* A paragraph; @heading nullable; nothing without a text. */
void tw_paper_add_text (TwPaper *paper, const char *heading, const char *text);
/* A line to be signed on for each label. Ends with NULL. */
void tw_paper_add_signatures (TwPaper *paper, const char *const *labels);

/* The PDF, in the language of the thread for "page x of y". (transfer full) */
GBytes *tw_paper_render (TwPaper *paper, GError **error);

G_END_DECLS
