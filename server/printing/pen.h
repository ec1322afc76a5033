/* pen.h: writing text and rules onto the pages of a PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lengths are in points (1/72 inch) from the top left corner.
 */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A4: ISO 216. */
#define TW_PAGE_WIDTH 595.28
#define TW_PAGE_HEIGHT 841.89

typedef enum
{
  TW_INK_TEXT,
  TW_INK_QUIET, /* labels, headings */
  TW_INK_RULE,
  TW_INK_MARK, /* behind everything */
} TwInk;

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  PangoFontMap *fonts;
  PangoContext *context;
} TwPen;

/* What is written goes to @out; NULL: nowhere, for measuring. */
TwPen *tw_pen_new (GByteArray *out, const char *language);
void tw_pen_free (TwPen *pen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPen, tw_pen_free)

/* The height of @text within @width. */
double tw_pen_measure (TwPen *pen, const char *text, double size, double width);
/* Writes it; returns its height. */
double tw_pen_write (TwPen *pen, const char *text, double size, double x, double y, double width,
                     PangoAlignment alignment, TwInk ink);
void tw_pen_rule (TwPen *pen, double x, double y, double width, double thickness, TwInk ink);
/* A filled area. */
void tw_pen_shade (TwPen *pen, double x, double y, double width, double height);
/* Across the whole page. */
void tw_pen_mark (TwPen *pen, const char *text);
void tw_pen_next_page (TwPen *pen);
void tw_pen_set_title (TwPen *pen, const char *title, const char *author);
/* Ends the document. FALSE when cairo could not write it. */
gboolean tw_pen_finish (TwPen *pen);

G_END_DECLS
