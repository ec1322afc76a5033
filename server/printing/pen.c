/* pen.c: see pen.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The font is a TrueType one with Chinese and Latin characters: cairo then embeds the used characters only, and text
 * can be copied out of the PDF again.
 */
#include "server/printing/pen.h"

#include <cairo-pdf.h>
#include <math.h>

#include "shared/base/shown-text.h"

#define FONT_FAMILIES "WenQuanYi Micro Hei, Noto Sans, DejaVu Sans, sans-serif"

static const double inks[][3] = {
  [TW_INK_TEXT] = { 0.10, 0.10, 0.12 },
  [TW_INK_QUIET] = { 0.40, 0.40, 0.44 },
  [TW_INK_RULE] = { 0.75, 0.75, 0.78 },
  [TW_INK_MARK] = { 0.90, 0.90, 0.92 },
};

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  if (closure != NULL)
    g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* "zh_CN" is "zh-cn" to pango, which chooses between the shapes of Chinese and Japanese characters by it. */
static PangoLanguage *
get_language (const char *language)
{
  g_autofree char *tag = g_strdelimit (g_strdup (language != NULL ? language : "en"), "_", '-');

  return pango_language_from_string (tag);
}

TwPen *
tw_pen_new (GByteArray *out, const char *language)
{
  TwPen *pen = g_new0 (TwPen, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  pen->surface = cairo_pdf_surface_create_for_stream (write_cb, out, TW_PAGE_WIDTH, TW_PAGE_HEIGHT);
  pen->cr = cairo_create (pen->surface);
  pen->fonts = pango_cairo_font_map_new ();
  pen->context = pango_font_map_create_context (pen->fonts);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pen->context, options);
  pango_cairo_context_set_resolution (pen->context, 72);
  pango_context_set_language (pen->context, get_language (language));
  cairo_font_options_destroy (options);
  return pen;
}

void
tw_pen_free (TwPen *pen)
{
  g_object_unref (pen->context);
  g_object_unref (pen->fonts);
  cairo_destroy (pen->cr);
  cairo_surface_destroy (pen->surface);
  g_free (pen);
}

static void
set_ink (TwPen *pen, TwInk ink)
{
  cairo_set_source_rgb (pen->cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

static PangoLayout *
new_layout (TwPen *pen, const char *text, double size, double width)
{
  PangoLayout *layout = pango_layout_new (pen->context);
  g_autofree char *shown = tw_shown_text (text);
  PangoFontDescription *font = pango_font_description_from_string (FONT_FAMILIES);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, shown, -1);
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.height / PANGO_SCALE;
}

double
tw_pen_measure (TwPen *pen, const char *text, double size, double width)
{
  g_autoptr (PangoLayout) layout = new_layout (pen, text, size, width);

  return get_height (layout);
}

double
tw_pen_write (TwPen *pen, const char *text, double size, double x, double y, double width, PangoAlignment alignment,
              TwInk ink)
{
  g_autoptr (PangoLayout) layout = new_layout (pen, text, size, width);

  pango_layout_set_alignment (layout, alignment);
  set_ink (pen, ink);
  cairo_move_to (pen->cr, x, y);
  pango_cairo_show_layout (pen->cr, layout);
  return get_height (layout);
}

void
tw_pen_rule (TwPen *pen, double x, double y, double width, double thickness, TwInk ink)
{
  set_ink (pen, ink);
  cairo_rectangle (pen->cr, x, y, width, thickness);
  cairo_fill (pen->cr);
}

void
tw_pen_shade (TwPen *pen, double x, double y, double width, double height)
{
  cairo_set_source_rgb (pen->cr, 0.95, 0.95, 0.96);
  cairo_rectangle (pen->cr, x, y, width, height);
  cairo_fill (pen->cr);
}

void
tw_pen_mark (TwPen *pen, const char *text)
{
  g_autoptr (PangoLayout) layout = new_layout (pen, text, 120, 0);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, TW_PAGE_WIDTH / 2, TW_PAGE_HEIGHT / 2);
  cairo_rotate (pen->cr, -G_PI / 4);
  set_ink (pen, TW_INK_MARK);
  cairo_move_to (pen->cr, -(double) extents.width / PANGO_SCALE / 2, -(double) extents.height / PANGO_SCALE / 2);
  pango_cairo_show_layout (pen->cr, layout);
  cairo_restore (pen->cr);
}

void
tw_pen_next_page (TwPen *pen)
{
  cairo_show_page (pen->cr);
}

void
tw_pen_set_title (TwPen *pen, const char *title, const char *author)
{
  g_autofree char *shown_title = tw_shown_text (title);
  g_autofree char *shown_author = tw_shown_text (author != NULL ? author : "");

  cairo_pdf_surface_set_metadata (pen->surface, CAIRO_PDF_METADATA_TITLE, shown_title);
  if (*shown_author != '\0')
    cairo_pdf_surface_set_metadata (pen->surface, CAIRO_PDF_METADATA_AUTHOR, shown_author);
  cairo_pdf_surface_set_metadata (pen->surface, CAIRO_PDF_METADATA_CREATOR, "Tradewind");
}

gboolean
tw_pen_finish (TwPen *pen)
{
  cairo_surface_finish (pen->surface);
  return cairo_status (pen->cr) == CAIRO_STATUS_SUCCESS
         && cairo_surface_status (pen->surface) == CAIRO_STATUS_SUCCESS;
}
