/* ageing.c: see ageing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/ageing.h"

#include "server/finance/statement-store.h"
#include "server/finance/statement.h"

/* A statement without its lines. */
static const char *const columns[] = { "customer", "customer_name", "currency", "date_to", "closing", "not_due",
                                       "days_30", "days_60", "days_90", "older", "on_account", NULL };

static gboolean
append_customer (TwContext *ctx, const TwStatementScope *scope, GString *out, guint *n, GError **error)
{
  g_autoptr (TwStatementOfAccount) statement
    = tw_statement_get (ctx, scope->customer_id, scope->currency, TW_DATE_NONE, scope->to, error);

  if (statement == NULL)
    return FALSE;
  if (tw_decimal_is_zero (statement->closing) && tw_decimal_is_zero (statement->on_account))
    return TRUE;
  if ((*n)++ > 0)
    g_string_append_c (out, ',');
  tw_codec_write_item (TW_RECORD (statement), tw_context_get_secrets (ctx), columns, out);
  return TRUE;
}

static gboolean
get_ageing (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const char *text = tw_request_query (request, "to");
  g_autoptr (GString) out = g_string_new ("{\"items\":[");
  g_autoptr (GArray) scopes = NULL;
  TwDate to = ctx->today;
  guint n = 0;

  if (text != NULL && !tw_date_parse (text, &to, NULL))
    return tw_error_fault (error, "/to", "wrong_type", _ ("Write a date as YYYY-MM-DD."));
  scopes = tw_statement_store_list_scopes (ctx->db, to, error);
  for (guint i = 0; scopes != NULL && i < scopes->len; i++)
    if (!append_customer (ctx, &g_array_index (scopes, TwStatementScope, i), out, &n, error))
      return FALSE;
  if (scopes == NULL)
    return FALSE;
  g_string_append_printf (out, "],\"next\":null,\"total\":%u}", n);
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

const TwRoute tw_ageing_routes[] = {
  { .method = "GET",
    .path = "/ageing",
    .permission = "receivable.read",
    .handler = get_ageing,
    .flags = TW_ROUTE_READ,
    .summary = "Per customer and currency what is open as of a day, by how long it is overdue, and what is on account",
    .answer = tw_statement_of_account_get_type,
    .answers_list = TRUE },
  { NULL },
};
