/* gate.c: the one gate through which a document's state changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/gate.h"

#include "server/core/change-store.h"

static const char **
state_member (const TwResource *resource, TwRecord *document)
{
  return (const char **) ((char *) document + resource->state_offset);
}

static gint64
user_member (TwRecord *document, gsize offset)
{
  return offset > 0 ? *(gint64 *) ((char *) document + offset) : 0;
}

const TwAction *
tw_gate_find_action (const TwResource *resource, const char *action)
{
  for (const TwAction *a = resource->actions; a && a->action; a++)
    if (g_str_equal (a->action, action))
      return a;
  return NULL;
}

gboolean
tw_gate_knows (const TwResource *resource, const char *action)
{
  const TwTransition *row = tw_transition_first (resource->document);

  for (; row && row->document && g_str_equal (row->document, resource->document); row++)
    if (row->from && g_str_equal (row->action, action))
      return TRUE;
  return FALSE;
}

const char *
tw_gate_get_state (const TwResource *resource, TwRecord *document)
{
  return resource->state_offset > 0 ? *state_member (resource, document) : NULL;
}

/* The state in the reader's words. */
static const char *
get_state_label (TwRecord *document, const char *state)
{
  const TwField *field = tw_record_find (document, "state");

  return field && field->keys ? tw_key_get_label (field->keys, state) : state;
}

/* What the button says: of the action's first row, since the state at hand has none. */
static const char *
get_action_label (const TwResource *resource, const char *action)
{
  const TwTransition *row = tw_transition_first (resource->document);

  while (!g_str_equal (row->action, action) || row->from == NULL)
    row++;
  return _(row->label);
}

static char *
explain_authorship (TwContext *ctx, const TwResource *resource, TwRecord *document, TwActionFlags flags)
{
  gint64 me = ctx->who->user_id;
  gint64 author = user_member (document, resource->author_offset);
  gint64 editor = user_member (document, resource->editor_offset);

  if ((flags & TW_ACTION_OWN) && author != me)
    return g_strdup (_("Only the author may do this."));
  if ((flags & TW_ACTION_NOT_OWN) && (author == me || editor == me))
    return g_strdup (_("Whoever wrote or last changed a document cannot sign it."));
  return NULL;
}

char *
tw_gate_explain (TwContext *ctx, const TwResource *resource, TwRecord *document, const TwTransition *row)
{
  const TwAction *rules = tw_gate_find_action (resource, row->action);
  char *reason = explain_authorship (ctx, resource, document, row->flags);

  if (reason || !rules || !rules->guard)
    return reason;
  return rules->guard (ctx, document);
}

static gboolean
find_row (const TwResource *resource, TwRecord *document, const char *action, const TwTransition **row, GError **error)
{
  const char *state = tw_gate_get_state (resource, document);

  *row = state ? tw_transition_find (resource->document, state, action) : NULL;
  if (*row)
    return TRUE;
  if (!tw_gate_knows (resource, action))
    return tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no action %s for this document."), action);
  /* Translators: the words on a button, such as Submit, and the name of a state, such as Confirmed */
  return tw_error_set (error, TW_ERROR_STATE, _("“%s” is not possible in the state “%s”."),
                       get_action_label (resource, action), get_state_label (document, state));
}

/* A step of the system follows from another one, whoever took that. */
static gboolean
may (TwContext *ctx, const TwTransition *row, GError **error)
{
  return (row->flags & TW_ACTION_SYSTEM) || tw_context_require (ctx, row->permission, error);
}

gboolean
tw_gate_check (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action,
               const TwTransition **row, GError **error)
{
  g_autofree char *reason = NULL;

  if (!find_row (resource, document, action, row, error) || !may (ctx, *row, error))
    return FALSE;
  reason = tw_gate_explain (ctx, resource, document, *row);
  return !reason || tw_error_set (error, TW_ERROR_STATE, "%s", reason);
}

/* The text member @name of the arguments; NULL when none. */
static const char *
get_argument (TwRecord *arguments, const char *name)
{
  const TwField *field = arguments ? tw_record_find (arguments, name) : NULL;

  return field && field->kind == TW_KIND_TEXT ? tw_record_at (arguments, field, char *) : NULL;
}

static char *
take_clean (const char *text)
{
  return text ? g_strstrip (g_strdup (text)) : NULL;
}

/* Carries the step out and stores the new state, NULL in *to when it stays. */
static gboolean
take_step (TwContext *ctx, const TwResource *resource, TwRecord *document, const TwTransition *row,
           TwRecord *arguments, const char **to, GError **error)
{
  const TwAction *rules = tw_gate_find_action (resource, row->action);
  gint64 version = document->version;

  *to = row->to;
  if (rules && rules->apply && !rules->apply (ctx, document, arguments, to, error))
    return FALSE;
  if (!*to)
    return TRUE;
  if (!tw_transition_allows (row->document, row->from, row->action, *to))
    return tw_error_set (error, TW_ERROR_INTERNAL, "%s.%s from %s chose %s, which its table does not have",
                         row->document, row->action, row->from, *to);
  g_return_val_if_fail (resource->store_state, FALSE);
  if (!resource->store_state (ctx, document, *to, error))
    return FALSE;
  if (document->version == version)
    document->version++;
  *state_member (resource, document) = *to;
  return TRUE;
}

static void
append_member (GString *out, const char *name, const char *value)
{
  if (!value || !*value)
    return;
  if (out->len > 1)
    g_string_append_c (out, ',');
  tw_codec_append_string (out, name);
  g_string_append_c (out, ':');
  tw_codec_append_string (out, value);
}

static gboolean
log_step (TwContext *ctx, TwRecord *document, const TwTransition *row, const char *to, TwRecord *arguments,
          const char *reason, GError **error)
{
  g_autoptr (GString) before = g_string_new ("{");
  g_autoptr (GString) after = g_string_new ("{");
  TwChangeEntry entry = {
    .document = row->document,
    .document_id = document->id,
    .version = document->version,
    .action = row->action,
    .reason = reason && *reason ? reason : NULL,
  };

  append_member (before, "state", row->from);
  g_string_append_c (before, '}');
  append_member (after, "state", to ? to : row->from);
  append_member (after, "comment", get_argument (arguments, "comment"));
  g_string_append_c (after, '}');
  entry.before = before->str;
  entry.after = after->str;
  return tw_change_store_insert (ctx, &entry, error);
}

/* The step of @row, which nothing is in the way of. */
static gboolean
run (TwContext *ctx, const TwResource *resource, TwRecord *document, const TwTransition *row, TwRecord *arguments,
     GError **error)
{
  g_autofree char *reason = take_clean (get_argument (arguments, "reason"));
  const TwAction *rules;
  const char *to;

  if ((row->flags & TW_ACTION_REASON) && (!reason || !*reason))
    return tw_error_fault (error, "/reason", "required", _("Please say why."));
  if (!take_step (ctx, resource, document, row, arguments, &to, error)
      || !log_step (ctx, document, row, to, arguments, reason, error))
    return FALSE;
  rules = tw_gate_find_action (resource, row->action);
  return !rules || !rules->after || rules->after (ctx, document, error);
}

gboolean
tw_gate_run (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action, TwRecord *arguments,
             GError **error)
{
  const TwTransition *row;

  return tw_gate_check (ctx, resource, document, action, &row, error)
         && run (ctx, resource, document, row, arguments, error);
}

gboolean
tw_gate_run_if_possible (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action,
                         gboolean *done, GError **error)
{
  const TwTransition *row;
  g_autofree char *obstacle = NULL;

  *done = FALSE;
  if (!find_row (resource, document, action, &row, error))
    return FALSE;
  if (!may (ctx, row, error))
    return FALSE;
  obstacle = tw_gate_explain (ctx, resource, document, row);
  if (obstacle)
    return TRUE;
  *done = TRUE;
  return run (ctx, resource, document, row, NULL, error);
}
