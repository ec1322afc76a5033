/* paper-layout.c: where things stand on a printed page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A paper is laid out twice: the first time onto nothing, to count its pages.
 */
#include "server/printing/paper-private.h"
#include "server/printing/pen.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

/* Points. */
#define MARGIN 48.0
#define WIDTH (TW_PAGE_WIDTH - 2 * MARGIN)
#define BOTTOM (TW_PAGE_HEIGHT - 64)
#define FOOT (TW_PAGE_HEIGHT - 42)
#define FACTS_WIDTH 218.0
#define SUMS_WIDTH 260.0
#define GAP 8.0         /* between columns */
#define ROW_PADDING 3.5 /* above and below a row's text */
#define BLOCK_SPACE 16.0

#define TITLE_SIZE 22.0
#define NAME_SIZE 12.0
#define TEXT_SIZE 9.0
#define SMALL_SIZE 7.5
#define STRONG_SIZE 12.0

typedef struct
{
  TwPaper *paper;
  TwPen *pen;
  double y;
  guint page;
  guint n_pages; /* 0: not known yet */
} Sheet;

/* ---- Pages ---- */

static void
write_foot (Sheet *sheet)
{
  g_autofree char *page = g_strdup_printf (_ ("Page %u of %u"), sheet->page, sheet->n_pages);
  const char *sender = sheet->paper->sender != NULL ? sheet->paper->sender : "";

  tw_pen_rule (sheet->pen, MARGIN, FOOT - 6, WIDTH, 0.5, TW_INK_RULE);
  tw_pen_write (sheet->pen, sender, SMALL_SIZE, MARGIN, FOOT, WIDTH * 0.7, PANGO_ALIGN_LEFT, TW_INK_QUIET);
  tw_pen_write (sheet->pen, page, SMALL_SIZE, MARGIN, FOOT, WIDTH, PANGO_ALIGN_RIGHT, TW_INK_QUIET);
}

static void
begin_page (Sheet *sheet)
{
  sheet->page++;
  sheet->y = MARGIN;
  if (sheet->paper->mark != NULL)
    tw_pen_mark (sheet->pen, sheet->paper->mark);
  write_foot (sheet);
}

/* What the paper is stands on top of each further page. */
static void
next_page (Sheet *sheet)
{
  g_autofree char *title
    = g_strjoin (" ", sheet->paper->title, sheet->paper->number, NULL);

  tw_pen_next_page (sheet->pen);
  begin_page (sheet);
  tw_pen_write (sheet->pen, title, SMALL_SIZE, MARGIN, sheet->y - 14, WIDTH, PANGO_ALIGN_LEFT, TW_INK_QUIET);
  tw_pen_rule (sheet->pen, MARGIN, sheet->y, WIDTH, 0.5, TW_INK_RULE);
  sheet->y += 12;
}

static gboolean
has_room (Sheet *sheet, double height)
{
  return sheet->y + height <= BOTTOM;
}

static void
make_room (Sheet *sheet, double height)
{
  if (!has_room (sheet, height))
    next_page (sheet);
}

/* ---- Head ---- */

static double
write_sender (Sheet *sheet, double y)
{
  double width = WIDTH - FACTS_WIDTH - GAP, top = y;

  if (sheet->paper->sender != NULL)
    y += tw_pen_write (sheet->pen, sheet->paper->sender, NAME_SIZE, MARGIN, y, width, PANGO_ALIGN_LEFT, TW_INK_TEXT)
         + 3;
  if (sheet->paper->sender_details != NULL)
    y += tw_pen_write (sheet->pen, sheet->paper->sender_details, SMALL_SIZE, MARGIN, y, width, PANGO_ALIGN_LEFT,
                       TW_INK_QUIET);
  return y - top;
}

static double
write_recipient (Sheet *sheet, double y)
{
  double width = WIDTH - FACTS_WIDTH - 3 * GAP, top = y;

  if (sheet->paper->recipient == NULL)
    return 0;
  y += tw_pen_write (sheet->pen, sheet->paper->recipient_label, SMALL_SIZE, MARGIN, y, width, PANGO_ALIGN_LEFT,
                     TW_INK_QUIET) + 3;
  y += tw_pen_write (sheet->pen, sheet->paper->recipient, 11, MARGIN, y, width, PANGO_ALIGN_LEFT, TW_INK_TEXT) + 2;
  if (sheet->paper->recipient_details != NULL)
    y += tw_pen_write (sheet->pen, sheet->paper->recipient_details, TEXT_SIZE, MARGIN, y, width, PANGO_ALIGN_LEFT,
                       TW_INK_TEXT);
  return y - top;
}

static double
write_facts (Sheet *sheet, double y)
{
  double x = MARGIN + WIDTH - FACTS_WIDTH, label_width = 92, top = y;

  for (guint i = 0; i < sheet->paper->facts->len; i++)
    {
      GStrv fact = g_ptr_array_index (sheet->paper->facts, i);
      double label = tw_pen_write (sheet->pen, fact[0], TEXT_SIZE, x, y, label_width, PANGO_ALIGN_LEFT, TW_INK_QUIET);
      double value = tw_pen_write (sheet->pen, fact[1], TEXT_SIZE, x + label_width + GAP, y,
                                   FACTS_WIDTH - label_width - GAP, PANGO_ALIGN_LEFT, TW_INK_TEXT);

      y += MAX (label, value) + 3;
    }
  return y - top;
}

static void
write_head (Sheet *sheet)
{
  double sender = write_sender (sheet, sheet->y);
  double title = tw_pen_write (sheet->pen, sheet->paper->title, TITLE_SIZE, MARGIN + WIDTH - FACTS_WIDTH, sheet->y - 4,
                               FACTS_WIDTH, PANGO_ALIGN_LEFT, TW_INK_TEXT);

  sheet->y += MAX (sender, title) + 26;
  sheet->y += MAX (write_recipient (sheet, sheet->y), write_facts (sheet, sheet->y)) + BLOCK_SPACE;
}

/* ---- Tables ---- */

static double
get_column_width (TwPaperBlock *block, guint column)
{
  double rest = WIDTH - GAP * (block->n_columns - 1);
  guint n_free = 0;

  if (block->columns[column].width > 0)
    return block->columns[column].width;
  for (guint i = 0; i < block->n_columns; i++)
    {
      rest -= block->columns[i].width;
      n_free += block->columns[i].width <= 0;
    }
  return rest / n_free;
}

static double
measure_row (Sheet *sheet, TwPaperBlock *block, const char *const *cells, double size)
{
  double height = 0;

  for (guint i = 0; i < block->n_columns; i++)
    height = MAX (height, tw_pen_measure (sheet->pen, cells[i], size, get_column_width (block, i)));
  return height + 2 * ROW_PADDING;
}

static void
write_row (Sheet *sheet, TwPaperBlock *block, const char *const *cells, double size, TwInk ink)
{
  double x = MARGIN;

  for (guint i = 0; i < block->n_columns; i++)
    {
      double width = get_column_width (block, i);

      tw_pen_write (sheet->pen, cells[i], size, x, sheet->y + ROW_PADDING, width,
                    block->columns[i].is_figure ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, ink);
      x += width + GAP;
    }
}

static double
write_column_titles (Sheet *sheet, TwPaperBlock *block, gboolean only_measure)
{
  g_autofree const char **titles = g_new0 (const char *, block->n_columns);
  double height;

  for (guint i = 0; i < block->n_columns; i++)
    titles[i] = block->columns[i].title;
  height = measure_row (sheet, block, titles, SMALL_SIZE);
  if (only_measure)
    return height;
  tw_pen_shade (sheet->pen, MARGIN - 4, sheet->y, WIDTH + 8, height);
  write_row (sheet, block, titles, SMALL_SIZE, TW_INK_QUIET);
  sheet->y += height;
  return height;
}

static void
write_heading (Sheet *sheet, const char *heading)
{
  if (heading != NULL)
    sheet->y += tw_pen_write (sheet->pen, heading, TEXT_SIZE, MARGIN, sheet->y, WIDTH, PANGO_ALIGN_LEFT, TW_INK_QUIET)
                + 4;
}

/* A table does not begin at the foot of a page: its titles and first row stay together. */
static void
write_table (Sheet *sheet, TwPaperBlock *block)
{
  double titles = write_column_titles (sheet, block, TRUE);

  for (guint i = 0; i < block->rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (block->rows, i);
      double height = measure_row (sheet, block, cells, TEXT_SIZE);
      gboolean over = i > 0 && !has_room (sheet, height);

      if (i == 0)
        {
          make_room (sheet, 20 + titles + height);
          write_heading (sheet, block->heading);
        }
      if (over)
        next_page (sheet);
      if (i == 0 || over)
        write_column_titles (sheet, block, FALSE);
      write_row (sheet, block, cells, TEXT_SIZE, TW_INK_TEXT);
      sheet->y += height;
      tw_pen_rule (sheet->pen, MARGIN - 4, sheet->y, WIDTH + 8, 0.4, TW_INK_RULE);
    }
  sheet->y += BLOCK_SPACE * 0.75;
}

/* ---- Sums, texts, signatures ---- */

static double
get_sum_height (Sheet *sheet, const char *const *sum)
{
  double size = *sum[2] != '\0' ? STRONG_SIZE : TEXT_SIZE;

  return tw_pen_measure (sheet->pen, sum[0], size, SUMS_WIDTH * 0.55) + (*sum[2] != '\0' ? 9 : 4);
}

static void
write_sum (Sheet *sheet, const char *const *sum)
{
  gboolean strong = *sum[2] != '\0';
  double size = strong ? STRONG_SIZE : TEXT_SIZE, x = MARGIN + WIDTH - SUMS_WIDTH, y = sheet->y + (strong ? 5 : 0);

  if (strong)
    tw_pen_rule (sheet->pen, x, sheet->y, SUMS_WIDTH, 0.8, TW_INK_TEXT);
  tw_pen_write (sheet->pen, sum[0], size, x, y, SUMS_WIDTH * 0.55, PANGO_ALIGN_LEFT,
                strong ? TW_INK_TEXT : TW_INK_QUIET);
  tw_pen_write (sheet->pen, sum[1], size, x, y, SUMS_WIDTH, PANGO_ALIGN_RIGHT, TW_INK_TEXT);
  sheet->y += get_sum_height (sheet, sum);
}

static void
write_sums (Sheet *sheet, TwPaperBlock *block)
{
  double height = 0;

  for (guint i = 0; i < block->rows->len; i++)
    height += get_sum_height (sheet, g_ptr_array_index (block->rows, i));
  make_room (sheet, height);
  for (guint i = 0; i < block->rows->len; i++)
    write_sum (sheet, g_ptr_array_index (block->rows, i));
  sheet->y += BLOCK_SPACE;
}

static void
write_text (Sheet *sheet, TwPaperBlock *block)
{
  make_room (sheet, 20 + tw_pen_measure (sheet->pen, block->text, TEXT_SIZE, WIDTH));
  write_heading (sheet, block->heading);
  sheet->y += tw_pen_write (sheet->pen, block->text, TEXT_SIZE, MARGIN, sheet->y, WIDTH, PANGO_ALIGN_LEFT, TW_INK_TEXT)
              + BLOCK_SPACE * 0.75;
}

static void
write_signatures (Sheet *sheet, TwPaperBlock *block)
{
  double width = (WIDTH - GAP * 2 * (block->rows->len - 1)) / block->rows->len;

  make_room (sheet, 70);
  sheet->y += 44;
  for (guint i = 0; i < block->rows->len; i++)
    {
      GStrv label = g_ptr_array_index (block->rows, i);
      double x = MARGIN + i * (width + 2 * GAP);

      tw_pen_rule (sheet->pen, x, sheet->y, width, 0.6, TW_INK_TEXT);
      tw_pen_write (sheet->pen, label[0], SMALL_SIZE, x, sheet->y + 4, width, PANGO_ALIGN_LEFT, TW_INK_QUIET);
    }
  sheet->y += 24;
}

static void
write_block (Sheet *sheet, TwPaperBlock *block)
{
  switch (block->kind)
    {
    case TW_BLOCK_TABLE:
      write_table (sheet, block);
      break;
    case TW_BLOCK_SUMS:
      write_sums (sheet, block);
      break;
    case TW_BLOCK_TEXT:
      write_text (sheet, block);
      break;
    case TW_BLOCK_SIGNATURES:
      write_signatures (sheet, block);
      break;
    }
}

/* ---- The whole ---- */

/* Returns the number of pages. */
static guint
lay_out (TwPaper *paper, TwPen *pen, guint n_pages)
{
  Sheet sheet = { .paper = paper, .pen = pen, .n_pages = n_pages };

  begin_page (&sheet);
  write_head (&sheet);
  for (guint i = 0; i < paper->blocks->len; i++)
    write_block (&sheet, g_ptr_array_index (paper->blocks, i));
  tw_pen_next_page (pen);
  return sheet.page;
}

static guint
count_pages (TwPaper *paper)
{
  g_autoptr (TwPen) pen = tw_pen_new (NULL, paper->language);
  guint n_pages = lay_out (paper, pen, 0);

  tw_pen_finish (pen);
  return n_pages;
}

GBytes *
tw_paper_render (TwPaper *paper, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *title = g_strjoin (" ", paper->title, paper->number, NULL);
  guint n_pages = count_pages (paper);
  g_autoptr (TwPen) pen = tw_pen_new (out, paper->language);

  tw_pen_set_title (pen, title, paper->sender);
  lay_out (paper, pen, n_pages);
  if (tw_pen_finish (pen))
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  tw_error_set (error, TW_ERROR_INTERNAL, "cairo could not write %s", title);
  return NULL;
}
