/* resource.h: one declaration from which a document's routes come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An area declares a const TwResource; tw_resource_add_routes() gives it list, read, create, change, delete, history,
 * actions (single and bulk), import and export with the same conventions everywhere (api.md).
 * What is special about a document is in the functions that it names.
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "server/core/route.h"
#include "shared/policy/transition.h"

G_BEGIN_DECLS

typedef struct _TwResource TwResource;

/* One action's rules. The gate has found the transition row and checked permission, authorship and reason. */
typedef struct
{
  const char *action;
  GType (*arguments) (void); /* record of the body; NULL: TwActionArguments (reason, comment) */
  /* Why the action is not possible now, as a sentence, or NULL. Read-only; also answers `actions`. (transfer full) */
  char *(*guard) (TwContext *ctx, TwRecord *document);
  /* Carries it out; sets *to when several target states are possible. The gate then stores the state. NULL: nothing
   * more to do. */
  gboolean (*apply) (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error);
  /* What follows by itself in the same transaction, once the step is stored and logged (a confirmed order is released).
   * NULL: nothing. */
  gboolean (*after) (TwContext *ctx, TwRecord *document, GError **error);
  /* Whether @document is now all that load() would read (but for what complete() adds), so that it can be the answer.
   * NULL: it is read again. */
  gboolean (*is_whole) (TwRecord *document);
} TwAction;

/* For is_whole, where a step never leaves anything to be read. */
gboolean tw_action_is_whole (TwRecord *document);

struct _TwResource
{
  const char *path;     /* "orders" */
  const char *document; /* "order": prefix of its permissions, key in the transition table and change log */
  GType (*type) (void);
  const TwList *list;

  /* Reads one with its lines and derived facts; NULL with TW_ERROR_NOT_FOUND when there is none or the reader may not
   * know of it (record rule). @lock: SELECT … FOR UPDATE of the head row first. (transfer full) */
  TwRecord *(*load) (TwContext *ctx, gint64 id, gboolean lock, GError **error);
  /* What load() without lock would read, when one look without a snapshot is enough to be sure of it; *record NULL
   * when it is not. Nullable. *record: (transfer full) */
  gboolean (*glance) (TwContext *ctx, gint64 id, TwRecord **record, GError **error);
  /* load() with @lock takes what is known (known-document.h), so what a step leaves is kept. */
  gboolean kept;
  /* Checks and stores a new one; sets draft->id. Writes its own change row through tw_change_record(). */
  gboolean (*create) (TwContext *ctx, TwRecord *draft, GError **error);
  /* Adds to what create(), or a step that leaves it whole, has left what load() would show besides, for the answer.
   * NULL: what was created is read back, and to a step nothing is added. */
  gboolean (*complete) (TwContext *ctx, TwRecord *created, GError **error);
  /* @stored is locked and its version checked; @changed is a copy with the patch applied; @patch knows what was
   * present. */
  gboolean (*update) (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error);
  gboolean (*remove) (TwContext *ctx, TwRecord *stored, GError **error);
  /* Stores a new state with version + 1 where the old version still holds; needed when there are actions. */
  gboolean (*store_state) (TwContext *ctx, TwRecord *document, const char *state, GError **error);
  const TwAction *actions; /* ended by { NULL } */
  gsize state_offset;      /* of the `const char *state` member; 0: no lifecycle */
  gsize author_offset;     /* of the `gint64` user id of the author; 0: none */
  gsize editor_offset;     /* of the last editor; 0: none */
  gboolean importable;
  /* The record rule of lists and exports: restricts @query to what ctx->who may see; nullable. Where there is
   * load(), live events go by it too. */
  void (*restrict_list) (TwContext *ctx, TwListQuery *query);
  /* Slow work on a body (hashing a password), once before the transaction; nullable. @patch: it changes one. */
  gboolean (*prepare) (TwContext *ctx, TwRecord *body, gboolean patch, GError **error);
};

/* Call at start, before threads; @resource must live for ever. */
void tw_resource_add_routes (const TwResource *resource);
/* The resource of a document key; NULL when there is none. */
const TwResource *tw_resource_find (const char *document);

/* Fills the LIST field `actions` (of TwActionState), when @record has one, with what ctx->who could do next. */
void tw_resource_fill_actions (TwContext *ctx, const TwResource *resource, TwRecord *record);
/* load() without lock and fill_actions(): what an answer shows. (transfer full) */
TwRecord *tw_resource_read (TwContext *ctx, const TwResource *resource, gint64 id, GError **error);

/* The gate. @document is loaded and locked. The one way a state changes: from requests, bulk, timers, other areas. */
gboolean tw_gate_run (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action,
                      TwRecord *arguments, GError **error);
/* The same without arguments, if the action's guard has nothing against it; *done tells. */
gboolean tw_gate_run_if_possible (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action,
                                  gboolean *done, GError **error);

G_END_DECLS
