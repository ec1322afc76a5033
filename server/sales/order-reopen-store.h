/* order-reopen-store.h: the SQL of proposals to reopen a completed order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* 0: nobody has proposed it */
  gint64 user_id;
  TwRoles role;
} TwReopening;

gboolean tw_order_reopen_store_find (TwDb *db, gint64 order_id, TwReopening *open, GError **error);
gboolean tw_order_reopen_store_insert (TwContext *ctx, gint64 order_id, const char *role, const char *reason,
                                       GError **error);
gboolean tw_order_reopen_store_accept (TwContext *ctx, gint64 id, GError **error);

G_END_DECLS
