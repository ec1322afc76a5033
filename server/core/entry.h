/* entry.h: what somebody may write of a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Whether ctx->who may write every field that is present in @body, which the codec has read: what a person may not read
 * (TwField.secret) is not there for that person, neither in the document nor in its lines. */
gboolean tw_entry_check (TwContext *ctx, TwRecord *body, GError **error);

G_END_DECLS
