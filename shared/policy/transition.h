/* transition.h: every legal change of a document's state: one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* What must hold besides permission; the server maps each to a function of its area. */
typedef enum
{
  TW_GUARD_NONE,
  TW_GUARD_RULE, /* the area's rule for this action decides (its `guard` function) */
} TwGuard;

typedef enum
{
  TW_ACTION_REASON = 1 << 0,    /* needs a reason */
  TW_ACTION_SYSTEM = 1 << 1,    /* only the server takes this step, never a request */
  TW_ACTION_DANGER = 1 << 2,    /* the client shows it as destructive and asks first */
  TW_ACTION_PRIMARY = 1 << 3,   /* the expected next step */
  TW_ACTION_OWN = 1 << 4,       /* only the author */
  TW_ACTION_NOT_OWN = 1 << 5,   /* never the author or last editor */
} TwActionFlags;

typedef struct
{
  const char *document;
  const char *from; /* NULL: creation */
  const char *action;
  const char *to; /* NULL: unchanged. With several rows of one action the rule chooses among their `to` */
  const char *permission;
  TwGuard guard;
  TwActionFlags flags;
  const char *label; /* N_(), as a button says it */
} TwTransition;

/* All rows, ended by { NULL }; rows of one document stand together, in the order buttons are shown. */
extern const TwTransition tw_transitions[];

/* The first row for this action in this state, NULL when the table has none. */
const TwTransition *tw_transition_find (const char *document, const char *from, const char *action);
/* Whether some row leads @document from @from by @action to @to. */
gboolean tw_transition_allows (const char *document, const char *from, const char *action, const char *to);
/* The first row of the document's table; iterate while row->document is the same. */
const TwTransition *tw_transition_first (const char *document);

G_END_DECLS
