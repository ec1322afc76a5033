/* customer.c: customers, who may see them, and who may change what of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/admin/user.h"
#include "server/db/list-tally.h"
#include "server/finance/receivable.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/customer-store.h"
#include "server/masterdata/masterdata.h"
#include "server/masterdata/scope.h"
#include "server/sales/order.h"
#include "shared/document/common.h"

static gboolean
may_know (TwContext *ctx, TwCustomer *customer)
{
  switch (tw_scope_get (ctx, "customer.read"))
    {
    case TW_SCOPE_ALL:
      return TRUE;
    case TW_SCOPE_USER:
      return customer->sales_rep_id == ctx->who->user_id;
    case TW_SCOPE_CUSTOMER:
    default:
      return ((TwRecord *) customer)->id == ctx->who->customer_id;
    }
}

static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  TwScope scope = tw_scope_get (ctx, "customer.read");

  if (scope == TW_SCOPE_USER)
    tw_list_query_restrict (query, tw_customer_own_sql, ctx->who->user_id);
  else if (scope == TW_SCOPE_CUSTOMER)
    tw_list_query_restrict (query, tw_customer_contact_sql, ctx->who->customer_id);
}

/* NOT_FOUND is also the answer to who may not know of @record. */
static gboolean
check_known (TwContext *ctx, TwRecord *record, GError **error)
{
  return may_know (ctx, (TwCustomer *) record)
         || tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
}

TwCustomer *
tw_customer_get (TwContext *ctx, gint64 id, GError **error)
{
  g_autoptr (TwRecord) record
    = tw_master_get_stamped (ctx, &tw_customer_master, tw_customer_get_sql, id, error);

  return record != NULL && check_known (ctx, record, error) ? (TwCustomer *) g_steal_pointer (&record) : NULL;
}

gboolean
tw_customer_lock (TwContext *ctx, gint64 id, GError **error)
{
  return tw_row_lock (ctx->db, tw_customer_master.lock, id, NULL, error);
}

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwRecord) record = tw_master_load (ctx, &tw_customer_master, id, lock, error);
  TwCustomer *customer = (TwCustomer *) record;

  if (record == NULL || !check_known (ctx, record, error))
    return NULL;
  if (!tw_order_get_open_value (ctx, id, &customer->open_orders, error)
      || !tw_receivable_get_exposure (ctx, id, &customer->open_invoices, &customer->overdue, error))
    return NULL;
  return g_steal_pointer (&record);
}

/* Someone who sells and does not manage sales. */
static gboolean
is_rep (TwContext *ctx)
{
  return (ctx->who->roles & TW_ROLE_SALES) && !tw_context_may (ctx, "order.read_all");
}

/* A rep keeps to own customers; giving one to another rep is the manager's. */
static gboolean
resolve_rep (TwContext *ctx, TwCustomer *stored, TwCustomer *customer, GError **error)
{
  if (customer->sales_rep == NULL && stored == NULL && is_rep (ctx))
    customer->sales_rep_id = ctx->who->user_id;
  else if (customer->sales_rep == NULL)
    customer->sales_rep_id = 0;
  else if (!tw_user_find_id (ctx, customer->sales_rep, "/sales_rep", &customer->sales_rep_id, error))
    return FALSE;
  if (is_rep (ctx) && customer->sales_rep_id != ctx->who->user_id)
    return tw_error_fault (error, "/sales_rep", "forbidden",
                           _ ("Only a sales manager may give a customer to another sales rep."));
  return TRUE;
}

/* Money limits are finance's: everyone else keeps what is stored. */
static gboolean
check_credit (TwContext *ctx, TwCustomer *stored, TwCustomer *customer, GError **error)
{
  TwDecimal before = stored != NULL ? stored->credit_limit : TW_DECIMAL_ZERO;

  if (tw_decimal_compare (before, customer->credit_limit) == 0 || tw_context_may (ctx, "customer.credit"))
    return TRUE;
  return tw_error_fault (error, "/credit_limit", "forbidden", _ ("Only the finance manager may set a credit limit."));
}

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwCustomer *customer = (TwCustomer *) record;
  g_autoptr (TwPriceList) list = NULL;
  g_autoptr (TwPaymentTerm) term = NULL;

  if (customer->status == NULL)
    customer->status = tw_key_find (tw_customer_status_keys, "active");
  if (customer->language == NULL)
    customer->language = tw_key_find (tw_language_keys, "en");
  if (!tw_currency_check (customer->currency, "/currency", error))
    return FALSE;
  list = tw_price_list_find (ctx, customer->price_list, "/price_list", error);
  if (list == NULL)
    return FALSE;
  customer->price_list_id = list->parent.id;
  term = tw_payment_term_find (ctx, customer->payment_term, "/payment_term", error);
  if (term == NULL)
    return FALSE;
  customer->payment_term_id = ((TwRecord *) term)->id;
  return resolve_rep (ctx, (TwCustomer *) stored, customer, error)
         && check_credit (ctx, (TwCustomer *) stored, customer, error);
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  return prepare (ctx, NULL, draft, error) && tw_master_create (ctx, &tw_customer_master, draft, error);
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  if (!prepare (ctx, stored, changed, error)
      || !tw_master_update (ctx, &tw_customer_master, stored, changed, patch, error))
    return FALSE;
  return ((TwCustomer *) stored)->sales_rep_id == ((TwCustomer *) changed)->sales_rep_id
         || (tw_list_edition_raise (ctx->db, "customer", error) && tw_order_note_hands (ctx, error));
}

static char *
explain_hold (TwContext *ctx, TwRecord *document)
{
  return ((TwCustomer *) document)->credit_hold ? g_strdup (_ ("The customer is on credit hold already.")) : NULL;
}

static char *
explain_lift (TwContext *ctx, TwRecord *document)
{
  return ((TwCustomer *) document)->credit_hold ? NULL : g_strdup (_ ("The customer is not on credit hold."));
}

static gboolean
store_hold (TwContext *ctx, TwRecord *document, gboolean hold, GError **error)
{
  ((TwCustomer *) document)->credit_hold = hold;
  if (!tw_customer_store_hold (ctx, document->id, document->version, hold, error))
    return FALSE;
  document->version++;
  return TRUE;
}

static gboolean
apply_hold (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  return store_hold (ctx, document, TRUE, error);
}

static gboolean
apply_lift (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  return store_hold (ctx, document, FALSE, error);
}

static const TwAction actions[] = {
  { .action = "hold_credit", .guard = explain_hold, .apply = apply_hold },
  { .action = "lift_credit_hold", .guard = explain_lift, .apply = apply_lift },
  { NULL },
};

const TwResource tw_customer_resource = {
  .path = "customers",
  .document = "customer",
  .type = tw_customer_get_type,
  .list = &tw_customer_list,
  .restrict_list = restrict_list,
  .load = load,
  .create = create,
  .update = update,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwCustomer, status),
  .importable = TRUE,
};

TwCustomer *
tw_customer_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  g_autoptr (TwCustomer) customer = (TwCustomer *) tw_master_find_stamped (
    ctx, &tw_customer_master, tw_customer_find_sql, code, &tw_customer_words, pointer, error);

  if (customer != NULL && !may_know (ctx, customer))
    {
      tw_master_refuse_unknown (&tw_customer_words, code, pointer, error);
      return NULL;
    }
  return g_steal_pointer (&customer);
}
