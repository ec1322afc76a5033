/* sample.h: a small document with a lifecycle for the tests of the core
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It goes under the name "order", so that the real transition and permission tables apply to it.
 */
#pragma once

#include "server/core/frame.h"
#include "server/core/resource.h"
#include "tests/fixture/database.h"

G_BEGIN_DECLS

struct _TwSample
{
  TwRecord parent;
  char *code;
  char *name;
  TwDecimal price;
  TwDecimal cost; /* secret */
  GStrv tags;
  const char *state;
  gint64 author_id;
  gint64 editor_id;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwSample, tw_sample)

extern const TwResource tw_sample_resource;

/* Makes the table and the users sales (1), sales_manager (2), auditor (3), warehouse (4). */
void tw_sample_prepare (TwTestDatabase *database);
/* Registers the routes, once a program. */
void tw_sample_add_routes (void);
TwPrincipal *tw_sample_principal (const char *role); /* (transfer full) */

/* A request through the frame. @body JSON or NULL; @headers pairs of name and value ended by NULL, nullable. */
TwReply *tw_sample_ask (TwDb *db, TwPrincipal *who, const char *method, const char *target, const char *body,
                        const char *const *headers);
/* The same with any bytes as the body, nullable. */
TwReply *tw_sample_ask_bytes (TwDb *db, TwPrincipal *who, const char *method, const char *target, GBytes *body,
                              const char *const *headers);
/* The body as an object; asserts the status. (transfer full) */
JsonNode *tw_sample_answer (TwReply *reply, guint status);
char *tw_sample_body (TwReply *reply); /* as text; (transfer full) */

G_END_DECLS
