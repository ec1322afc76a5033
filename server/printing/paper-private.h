/* paper-private.h: how a paper's content is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/printing/paper.h"

G_BEGIN_DECLS

typedef enum
{
  TW_BLOCK_TABLE,
  TW_BLOCK_SUMS,
  TW_BLOCK_TEXT,
  TW_BLOCK_SIGNATURES,
} TwBlockKind;

typedef struct
{
  TwBlockKind kind;
  char *heading;
  char *text;
  TwPaperColumn *columns; /* titles owned */
  guint n_columns;
  GPtrArray *rows; /* GStrv: cells; of sums: label, value, "strong" or ""; of signatures: one label */
} TwPaperBlock;

struct _TwPaper
{
  char *title;
  char *number;
  char *language;
  char *sender;
  char *sender_details;
  char *recipient_label;
  char *recipient;
  char *recipient_details;
  char *mark;
  GPtrArray *facts;  /* GStrv: label, value */
  GPtrArray *blocks; /* TwPaperBlock */
};

G_END_DECLS
