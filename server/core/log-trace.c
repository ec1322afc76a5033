/* log-trace.c: see log-trace.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/log-trace.h"

#include "server/core/verify-store.h"

TwLogTrace *
tw_log_trace_new (void)
{
  TwLogTrace *trace = g_new0 (TwLogTrace, 1);

  trace->states = tw_state_trace_new ();
  trace->amounts = tw_amount_trace_new ();
  return trace;
}

void
tw_log_trace_free (TwLogTrace *trace)
{
  tw_state_trace_free (trace->states);
  tw_amount_trace_free (trace->amounts);
  g_free (trace);
}

void
tw_log_trace_watch (TwLogTrace *trace, const TwCheck *check)
{
  if (check->amount != NULL)
    tw_amount_trace_watch (trace->amounts, check->document, check->amount);
}

void
tw_log_trace_follow (const TwSealedChange *change, gpointer data)
{
  TwLogTrace *trace = data;

  tw_state_trace_follow (trace->states, change->id, change->document, change->document_id, change->action,
                         change->before, change->after);
  tw_amount_trace_follow (trace->amounts, change->document, change->document_id, change->after);
}

/* ---- Comparison ---- */

typedef struct
{
  TwLogTrace *trace;
  const TwCheck *check;
  guint limit;
  GPtrArray *problems;
} Comparison;

static void
compare_state (Comparison *self, gint64 id, const char *state, const char *name)
{
  const char *document = self->check->document;
  const char *logged = tw_state_trace_get (self->trace->states, document, id);

  if (g_strcmp0 (state, logged) != 0)
    g_ptr_array_add (self->problems, g_strdup_printf ("%s %s is %s, but the audit log says %s", document, name, state,
                                                      logged != NULL ? logged : "nothing"));
}

static void
compare_amount (Comparison *self, gint64 id, const char *value, const char *name)
{
  const TwCheck *check = self->check;
  TwDecimal logged, amount;
  TwSaid said = tw_amount_trace_get (self->trace->amounts, check->document, check->amount, id, &logged);
  g_autofree char *text = NULL;

  if (said == TW_SAID_NEVER || (said == TW_SAID_NULL && value == NULL))
    return;
  if (said == TW_SAID_AMOUNT && value != NULL && tw_decimal_parse (value, &amount, NULL)
      && tw_decimal_compare (amount, logged) == 0)
    return;
  text = said == TW_SAID_AMOUNT ? tw_decimal_format (logged, 0) : g_strdup ("nothing");
  g_ptr_array_add (self->problems, g_strdup_printf ("%s %s has %s %s, but the audit log says %s", check->document, name,
                                                    check->amount, value != NULL ? value : "nothing", text));
}

static void
compare_cb (gint64 id, const char *value, const char *name, gpointer data)
{
  Comparison *self = data;

  if (self->problems->len >= self->limit)
    return;
  if (self->check->amount != NULL)
    compare_amount (self, id, value, name);
  else
    compare_state (self, id, value, name);
}

gboolean
tw_log_trace_compare (TwLogTrace *trace, TwDb *db, const TwCheck *check, guint limit, GPtrArray *problems,
                      GError **error)
{
  Comparison comparison = { trace, check, limit, problems };
  GPtrArray *breaks = check->amount == NULL ? tw_state_trace_get_breaks (trace->states, check->document) : NULL;

  if (!tw_verify_store_each (db, check->sql, compare_cb, &comparison, error))
    return FALSE;
  for (guint i = 0; breaks != NULL && i < breaks->len && problems->len < limit; i++)
    g_ptr_array_add (problems, g_strdup (g_ptr_array_index (breaks, i)));
  return TRUE;
}
