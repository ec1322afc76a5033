/* resource.c: the declared documents, and what each answer shows of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/resource-private.h"

#include "shared/document/action.h"

/* Document key → resource. Filled at start, constant afterwards. */
static GHashTable *resources;

void
tw_resource_register (const TwResource *resource)
{
  if (!resources)
    resources = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert (!g_hash_table_contains (resources, resource->document));
  g_hash_table_insert (resources, (gpointer) resource->document, (gpointer) resource);
}

const TwResource *
tw_resource_find (const char *document)
{
  return resources ? g_hash_table_lookup (resources, document) : NULL;
}

gboolean
tw_action_is_whole (TwRecord *document)
{
  return TRUE;
}

static TwActionState *
describe_action (TwContext *ctx, const TwResource *resource, TwRecord *record, const TwTransition *row)
{
  TwActionState *state = tw_action_state_new ();

  state->action = g_strdup (row->action);
  state->label = g_strdup (_(row->label));
  state->reason = tw_gate_explain (ctx, resource, record, row);
  state->allowed = state->reason == NULL;
  state->needs_reason = (row->flags & TW_ACTION_REASON) != 0;
  state->danger = (row->flags & TW_ACTION_DANGER) != 0;
  state->primary = (row->flags & TW_ACTION_PRIMARY) != 0;
  return state;
}

/* Several rows of one action lead to different states; it is shown once. */
static gboolean
is_shown (TwContext *ctx, const TwResource *resource, const TwTransition *row, const char *state)
{
  return g_strcmp0 (row->from, state) == 0 && !(row->flags & TW_ACTION_SYSTEM)
         && tw_transition_find (resource->document, state, row->action) == row
         && tw_context_may (ctx, row->permission);
}

void
tw_resource_fill_actions (TwContext *ctx, const TwResource *resource, TwRecord *record)
{
  const TwField *field = tw_record_find (record, "actions");
  const TwTransition *row = tw_transition_first (resource->document);
  const char *state = tw_gate_get_state (resource, record);
  GListStore *list;

  if (!field || field->kind != TW_KIND_LIST || !state || !ctx->who)
    return;
  list = tw_record_at (record, field, GListStore *);
  g_list_store_remove_all (list);
  for (; row && row->document && g_str_equal (row->document, resource->document); row++)
    if (is_shown (ctx, resource, row, state))
      {
        g_autoptr (TwActionState) shown = describe_action (ctx, resource, record, row);

        g_list_store_append (list, shown);
      }
}

TwRecord *
tw_resource_read (TwContext *ctx, const TwResource *resource, gint64 id, GError **error)
{
  TwRecord *record = resource->load (ctx, id, FALSE, error);

  if (record)
    tw_resource_fill_actions (ctx, resource, record);
  return record;
}
