/* amount-trace.h: amounts from which nothing else is computed, as the audit log last said them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows the log like a TwStateTrace does.
 */
#pragma once

#include "shared/base/decimal.h"

G_BEGIN_DECLS

typedef struct _TwAmountTrace TwAmountTrace;

typedef enum
{
  TW_SAID_NEVER, /* the log has no value */
  TW_SAID_NULL,
  TW_SAID_AMOUNT,
} TwSaid;

TwAmountTrace *tw_amount_trace_new (void);
void tw_amount_trace_free (TwAmountTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwAmountTrace, tw_amount_trace_free)

/* Before anything is followed: @member of @document is to be kept. Both constant. */
void tw_amount_trace_watch (TwAmountTrace *trace, const char *document, const char *member);

/* The next change. @after: the values that it left, a JSON object, nullable. */
void tw_amount_trace_follow (TwAmountTrace *trace, const char *document, gint64 document_id, const char *after);

/* What was said last, of what is watched. */
TwSaid tw_amount_trace_get (TwAmountTrace *trace, const char *document, const char *member, gint64 document_id,
                            TwDecimal *amount);

G_END_DECLS
