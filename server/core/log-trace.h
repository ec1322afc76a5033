/* log-trace.h: documents as the audit log leaves them, compared with what they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/amount-trace.h"
#include "server/core/seal.h"
#include "server/core/state-trace.h"
#include "server/core/verify.h"

G_BEGIN_DECLS

typedef struct
{
  TwStateTrace *states;
  TwAmountTrace *amounts;
} TwLogTrace;

TwLogTrace *tw_log_trace_new (void);
void tw_log_trace_free (TwLogTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwLogTrace, tw_log_trace_free)

/* Before anything is followed: what @check will ask. */
void tw_log_trace_watch (TwLogTrace *trace, const TwCheck *check);

/* The next change, for tw_seal_verify_links(). @trace: a TwLogTrace */
void tw_log_trace_follow (const TwSealedChange *change, gpointer trace);

/* Compares the documents of @check, one with `document`; sentences go to @problems, @limit at most. */
gboolean tw_log_trace_compare (TwLogTrace *trace, TwDb *db, const TwCheck *check, guint limit, GPtrArray *problems,
                               GError **error);

G_END_DECLS
