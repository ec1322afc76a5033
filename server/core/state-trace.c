/* state-trace.c: see state-trace.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/state-trace.h"

#include <string.h>

#include "server/core/logged-value.h"

#define MAX_BREAKS 1000
/* States are keys of a dozen; with this many something else is in their place. */
#define MAX_STATES 255
#define STATE_BYTES 64

typedef struct
{
  GByteArray *states; /* by id: the number of the state, 0 for none yet */
  GPtrArray *breaks;
} Kind;

typedef struct
{
  const char *document, *action, *from, *to; /* interned */
  gint64 change;
} Step;

struct _TwStateTrace
{
  GHashTable *kinds;   /* (element-type utf8 Kind) */
  GPtrArray *names;    /* (element-type utf8) states, interned; the first is that of nothing */
  GHashTable *numbers; /* (element-type utf8 guint) */
  GHashTable *steps;   /* (element-type Step Step) */
};

/* ---- Steps ---- */

static guint
hash_step (gconstpointer data)
{
  const Step *step = data;

  return g_direct_hash (step->document) ^ g_direct_hash (step->action) * 31 ^ g_direct_hash (step->from) * 37
         ^ g_direct_hash (step->to) * 41;
}

static gboolean
equal_steps (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  return x->document == y->document && x->action == y->action && x->from == y->from && x->to == y->to;
}

static void
add_step (TwStateTrace *trace, gint64 change, const char *document, const char *action, const char *from,
          const char *to)
{
  Step step = { g_intern_string (document), g_intern_string (action), from, to, change };

  if (!g_hash_table_contains (trace->steps, &step))
    g_hash_table_add (trace->steps, g_memdup2 (&step, sizeof step));
}

/* ---- Kinds ---- */

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_byte_array_unref (kind->states);
  g_ptr_array_unref (kind->breaks);
  g_free (kind);
}

static Kind *
take_kind (TwStateTrace *trace, const char *document)
{
  Kind *kind = g_hash_table_lookup (trace->kinds, document);

  if (kind != NULL)
    return kind;
  kind = g_new0 (Kind, 1);
  kind->states = g_byte_array_new ();
  kind->breaks = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (trace->kinds, g_strdup (document), kind);
  return kind;
}

/* The place of a document's state; it is made when it is not there. */
static guint8 *
take_state (Kind *kind, gint64 id)
{
  guint old = kind->states->len;

  if ((guint64)id >= old)
    {
      g_byte_array_set_size (kind->states, (guint)MAX (id + 1, 2 * (gint64)old));
      memset (kind->states->data + old, 0, kind->states->len - old);
    }
  return kind->states->data + id;
}

static guint8
get_number (TwStateTrace *trace, const char *state)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (trace->numbers, state));

  if (number > 0)
    return (guint8)number;
  number = MIN (trace->names->len, MAX_STATES);
  if (number == trace->names->len)
    g_ptr_array_add (trace->names, (gpointer)g_intern_string (state));
  g_hash_table_insert (trace->numbers, g_strdup (state), GUINT_TO_POINTER (number));
  return (guint8)number;
}

/* FALSE when the change says nothing of a state. */
static gboolean
read_state (const char *json, char *state)
{
  const char *value = tw_logged_value_find (json, TW_LOGGED_KEY ("state"));

  return value != NULL && tw_logged_value_copy (value, state, STATE_BYTES);
}

/* ---- Public ---- */

TwStateTrace *
tw_state_trace_new (void)
{
  TwStateTrace *trace = g_new0 (TwStateTrace, 1);

  trace->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kind_free);
  trace->names = g_ptr_array_new ();
  g_ptr_array_add (trace->names, NULL);
  trace->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  trace->steps = g_hash_table_new_full (hash_step, equal_steps, g_free, NULL);
  return trace;
}

void
tw_state_trace_free (TwStateTrace *trace)
{
  g_hash_table_unref (trace->kinds);
  g_ptr_array_unref (trace->names);
  g_hash_table_unref (trace->numbers);
  g_hash_table_unref (trace->steps);
  g_free (trace);
}

static void
add_break (Kind *kind, const char *document, gint64 id, gint64 change, const char *was, const char *prior)
{
  if (kind->breaks->len < MAX_BREAKS)
    g_ptr_array_add (kind->breaks, g_strdup_printf ("%s with the id %" G_GINT64_FORMAT ": the change %" G_GINT64_FORMAT
                                                    " begins at %s, the one before ended at %s",
                                                    document, id, change, was != NULL ? was : "nothing",
                                                    prior != NULL ? prior : "nothing"));
}

void
tw_state_trace_follow (TwStateTrace *trace, gint64 change, const char *document, gint64 document_id, const char *action,
                       const char *before, const char *after)
{
  char became[STATE_BYTES], was[STATE_BYTES];
  gboolean has_was;
  guint8 old, next, *place;
  Kind *kind;

  if (document_id < 0 || document_id > G_MAXINT32 || !read_state (after, became))
    return;
  has_was = read_state (before, was);
  kind = take_kind (trace, document);
  old = has_was ? get_number (trace, was) : 0;
  next = get_number (trace, became);
  place = take_state (kind, document_id);
  if (*place != old)
    add_break (kind, document, document_id, change, has_was ? was : NULL, g_ptr_array_index (trace->names, *place));
  *place = next;
  if (has_was)
    add_step (trace, change, document, action, g_ptr_array_index (trace->names, old),
              g_ptr_array_index (trace->names, next));
}

const char *
tw_state_trace_get (TwStateTrace *trace, const char *document, gint64 document_id)
{
  Kind *kind = g_hash_table_lookup (trace->kinds, document);

  if (kind == NULL || document_id < 0 || (guint64)document_id >= kind->states->len)
    return NULL;
  return g_ptr_array_index (trace->names, kind->states->data[document_id]);
}

GPtrArray *
tw_state_trace_get_breaks (TwStateTrace *trace, const char *document)
{
  Kind *kind = g_hash_table_lookup (trace->kinds, document);

  return kind != NULL ? kind->breaks : NULL;
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Step *)a)->change, y = ((const Step *)b)->change;

  return (x > y) - (x < y);
}

void
tw_state_trace_each_step (TwStateTrace *trace, TwStateStep step, gpointer data)
{
  g_autoptr (GList) steps = g_list_sort (g_hash_table_get_keys (trace->steps), compare_steps);

  for (GList *l = steps; l != NULL; l = l->next)
    {
      const Step *s = l->data;

      step (s->document, s->action, s->from, s->to, s->change, data);
    }
}
