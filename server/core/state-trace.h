/* state-trace.h: the states of all documents as the audit log tells them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log is read once, from its first change to its last, for documents of all kinds: a byte for each document is
 * kept, and each kind of step once.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TwStateTrace TwStateTrace;

TwStateTrace *tw_state_trace_new (void);
void tw_state_trace_free (TwStateTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwStateTrace, tw_state_trace_free)

/* The next change. @before and @after: its values as JSON objects, nullable. */
void tw_state_trace_follow (TwStateTrace *trace, gint64 change, const char *document, gint64 document_id,
                            const char *action, const char *before, const char *after);

/* The state in which the log leaves a document; NULL when it says nothing of it. */
const char *tw_state_trace_get (TwStateTrace *trace, const char *document, gint64 document_id);
/* Sentences about changes of @document that do not begin where the one before ended, the first thousand.
 * (element-type utf8) (transfer none) (nullable) */
GPtrArray *tw_state_trace_get_breaks (TwStateTrace *trace, const char *document);

/* Each step that the log has (document, action, from, to), with its first change. */
typedef void (*TwStateStep) (const char *document, const char *action, const char *from, const char *to, gint64 change,
                             gpointer data);
void tw_state_trace_each_step (TwStateTrace *trace, TwStateStep step, gpointer data);

G_END_DECLS
