/* paper.c: see paper.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/printing/paper-private.h"

static void
block_free (gpointer data)
{
  TwPaperBlock *block = data;

  for (guint i = 0; i < block->n_columns; i++)
    g_free ((char *) block->columns[i].title);
  g_free (block->columns);
  g_free (block->heading);
  g_free (block->text);
  g_ptr_array_unref (block->rows);
  g_free (block);
}

TwPaper *
tw_paper_new (const char *title, const char *number, const char *language)
{
  TwPaper *paper = g_new0 (TwPaper, 1);

  paper->title = g_strdup (title);
  paper->number = g_strdup (number);
  paper->language = g_strdup (language);
  paper->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  paper->blocks = g_ptr_array_new_with_free_func (block_free);
  return paper;
}

void
tw_paper_free (TwPaper *paper)
{
  g_free (paper->title);
  g_free (paper->number);
  g_free (paper->language);
  g_free (paper->sender);
  g_free (paper->sender_details);
  g_free (paper->recipient_label);
  g_free (paper->recipient);
  g_free (paper->recipient_details);
  g_free (paper->mark);
  g_ptr_array_unref (paper->facts);
  g_ptr_array_unref (paper->blocks);
  g_free (paper);
}

static void
replace (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

void
tw_paper_set_sender (TwPaper *paper, const char *name, const char *details)
{
  replace (&paper->sender, name);
  replace (&paper->sender_details, details);
}

void
tw_paper_set_recipient (TwPaper *paper, const char *label, const char *name, const char *details)
{
  replace (&paper->recipient_label, label);
  replace (&paper->recipient, name);
  replace (&paper->recipient_details, details);
}

void
tw_paper_set_mark (TwPaper *paper, const char *mark)
{
  replace (&paper->mark, mark);
}

static GStrv
pack (const char *const *texts, guint n)
{
  GStrv cells = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    cells[i] = g_strdup (texts[i] != NULL ? texts[i] : "");
  return cells;
}

void
tw_paper_add_fact (TwPaper *paper, const char *label, const char *value)
{
  const char *cells[] = { label, value };

  if (value != NULL && *value != '\0')
    g_ptr_array_add (paper->facts, pack (cells, 2));
}

/* ---- Blocks ---- */

static TwPaperBlock *
add_block (TwPaper *paper, TwBlockKind kind, const char *heading)
{
  TwPaperBlock *block = g_new0 (TwPaperBlock, 1);

  block->kind = kind;
  block->heading = g_strdup (heading);
  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (paper->blocks, block);
  return block;
}

static TwPaperBlock *
get_last (TwPaper *paper, TwBlockKind kind)
{
  TwPaperBlock *block
    = paper->blocks->len > 0 ? g_ptr_array_index (paper->blocks, paper->blocks->len - 1) : NULL;

  return block != NULL && block->kind == kind ? block : NULL;
}

void
tw_paper_begin_table (TwPaper *paper, const char *heading, const TwPaperColumn *columns, guint n)
{
  TwPaperBlock *block = add_block (paper, TW_BLOCK_TABLE, heading);

  block->columns = g_memdup2 (columns, n * sizeof *columns);
  block->n_columns = n;
  for (guint i = 0; i < n; i++)
    block->columns[i].title = g_strdup (columns[i].title);
}

void
tw_paper_add_row (TwPaper *paper, const char *const *cells)
{
  TwPaperBlock *block = get_last (paper, TW_BLOCK_TABLE);

  g_return_if_fail (block != NULL);
  g_ptr_array_add (block->rows, pack (cells, block->n_columns));
}

void
tw_paper_add_sum (TwPaper *paper, const char *label, const char *value, gboolean strong)
{
  TwPaperBlock *block = get_last (paper, TW_BLOCK_SUMS);
  const char *cells[] = { label, value, strong ? "strong" : "" };

  if (block == NULL)
    block = add_block (paper, TW_BLOCK_SUMS, NULL);
  g_ptr_array_add (block->rows, pack (cells, 3));
}

void
tw_paper_add_text (TwPaper *paper, const char *heading, const char *text)
{
  if (text != NULL && *text != '\0')
    add_block (paper, TW_BLOCK_TEXT, heading)->text = g_strdup (text);
}

void
tw_paper_add_signatures (TwPaper *paper, const char *const *labels)
{
  TwPaperBlock *block = add_block (paper, TW_BLOCK_SIGNATURES, NULL);

  for (; *labels != NULL; labels++)
    g_ptr_array_add (block->rows, pack (labels, 1));
}
