/* amount-trace.c: see amount-trace.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/amount-trace.h"

#include "server/core/logged-value.h"

#define AMOUNT_BYTES 64

typedef struct
{
  TwSaid said;
  TwDecimal amount;
} Said;

typedef struct
{
  const char *document, *member;
  char *key;    /* for tw_logged_value_find() */
  GArray *said; /* (element-type Said) by the document's id */
} Watch;

struct _TwAmountTrace
{
  GPtrArray *watches; /* (element-type Watch) */
};

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_array_unref (watch->said);
  g_free (watch->key);
  g_free (watch);
}

TwAmountTrace *
tw_amount_trace_new (void)
{
  TwAmountTrace *trace = g_new0 (TwAmountTrace, 1);

  trace->watches = g_ptr_array_new_with_free_func (watch_free);
  return trace;
}

void
tw_amount_trace_free (TwAmountTrace *trace)
{
  g_ptr_array_unref (trace->watches);
  g_free (trace);
}

void
tw_amount_trace_watch (TwAmountTrace *trace, const char *document, const char *member)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->document = document;
  watch->member = member;
  watch->key = g_strconcat (member, TW_LOGGED_KEY (""), NULL);
  watch->said = g_array_new (FALSE, TRUE, sizeof (Said));
  g_ptr_array_add (trace->watches, watch);
}

/* What is no amount was not said by us: it is kept as one that no document has. */
static Said
read_said (const char *value)
{
  char text[AMOUNT_BYTES];
  Said said = { .said = TW_SAID_NULL };

  if (!tw_logged_value_copy (value, text, sizeof text))
    return said;
  said.said = TW_SAID_AMOUNT;
  if (!tw_decimal_parse (text, &said.amount, NULL))
    said.amount.millionths = -1;
  return said;
}

static void
keep (Watch *watch, gint64 document_id, const char *value)
{
  if ((guint64) document_id >= watch->said->len)
    g_array_set_size (watch->said, (guint) MAX (document_id + 1, 2 * (gint64) watch->said->len));
  g_array_index (watch->said, Said, document_id) = read_said (value);
}

void
tw_amount_trace_follow (TwAmountTrace *trace, const char *document, gint64 document_id, const char *after)
{
  if (document_id < 0 || document_id > G_MAXINT32)
    return;
  for (guint i = 0; i < trace->watches->len; i++)
    {
      Watch *watch = g_ptr_array_index (trace->watches, i);
      const char *value
        = g_str_equal (watch->document, document) ? tw_logged_value_find (after, watch->key) : NULL;

      if (value != NULL)
        keep (watch, document_id, value);
    }
}

TwSaid
tw_amount_trace_get (TwAmountTrace *trace, const char *document, const char *member, gint64 document_id,
                     TwDecimal *amount)
{
  for (guint i = 0; i < trace->watches->len; i++)
    {
      Watch *watch = g_ptr_array_index (trace->watches, i);
      const Said *said;

      if (!g_str_equal (watch->document, document) || !g_str_equal (watch->member, member))
        continue;
      if (document_id < 0 || (guint64) document_id >= watch->said->len)
        return TW_SAID_NEVER;
      said = &g_array_index (watch->said, Said, document_id);
      *amount = said->amount;
      return said->said;
    }
  g_assert_not_reached ();
}
