/* change-store.h: the rows of table change_log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

typedef struct
{
  const char *document;
  gint64 document_id;
  gint64 version;
  const char *action;
  gint64 on_behalf_of; /* user id; 0: none */
  const char *reason;  /* nullable */
  const char *before;  /* JSON object, nullable */
  const char *after;   /* JSON object, nullable */
} TwChangeEntry;

gboolean tw_change_store_insert (TwContext *ctx, const TwChangeEntry *change, GError **error);

G_END_DECLS
