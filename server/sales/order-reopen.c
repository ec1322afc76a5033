/* order-reopen.c: a completed order is opened again by two people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sales manager or a finance manager proposes it; it happens when someone of the other role does the same.
 */
#include "server/sales/order-reopen-store.h"
#include "server/sales/order-steps.h"
#include "shared/document/action.h"

#define BOTH (TW_ROLE_SALES_MANAGER | TW_ROLE_FINANCE_MANAGER)

static char *
explain (TwContext *ctx, const TwReopening *open)
{
  if (open->id == 0)
    return NULL;
  if (open->user_id == ctx->who->user_id)
    return g_strdup (_ ("You have proposed this. Someone else has to agree."));
  if (ctx->who->roles & BOTH & ~open->role)
    return NULL;
  return g_strdup (open->role == TW_ROLE_SALES_MANAGER ? _ ("A finance manager has to agree.")
                                                       : _ ("A sales manager has to agree."));
}

TW_ORDER_GUARD (reopen)
{
  g_autoptr (GError) error = NULL;
  TwReopening open;

  if (!tw_order_reopen_store_find (ctx->db, document->id, &open, &error))
    return g_strdup (error->message);
  return explain (ctx, &open);
}

TW_ORDER_APPLY (reopen)
{
  const char *role = (ctx->who->roles & TW_ROLE_SALES_MANAGER) ? "sales_manager" : "finance_manager";
  const char *reason = ((TwActionArguments *) arguments)->reason;
  TwReopening open;

  if (!tw_order_reopen_store_find (ctx->db, document->id, &open, error))
    return FALSE;
  *to = tw_key_find (tw_order_state_keys, open.id == 0 ? "completed" : "fulfilled");
  if (open.id == 0)
    return tw_order_reopen_store_insert (ctx, document->id, role, reason, error);
  return tw_order_reopen_store_accept (ctx, open.id, error);
}
