/* stage.h: how a document comes to each of its states, by the steps of those whose work it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/fixture/company.h"

G_BEGIN_DECLS

typedef struct
{
  const char *document; /* "order" */
  const char *state;    /* "confirmed" */
  const char *name;     /* "confirmed-held": a state can come about in several ways */
  gint64 (*make) (TwTestServer *server); /* a fresh one; its id */
} TwStage;

/* All of them, ended by { NULL }. */
extern const TwStage tw_stages[];

/* What the stages need of the company. */
void tw_stage_prepare (TwTestServer *server);

/* The body with which an action succeeds when it is possible. */
const char *tw_stage_get_body (const char *document, const char *action);

G_END_DECLS
