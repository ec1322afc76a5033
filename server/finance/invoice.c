/* invoice.c: invoices: what is known of them, and how drafts come about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/invoice.h"

#include "server/core/change.h"
#include "server/core/known-document.h"
#include "server/finance/invoice-build.h"
#include "server/finance/invoice-private.h"
#include "server/finance/invoice-store.h"
#include "server/masterdata/masterdata.h"
#include "server/masterdata/scope.h"
#include "server/sales/order.h"

/* ---- Who may see what ---- */

/* A customer's contact sees the customer's posted ones. */
static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  TwScope scope = tw_scope_get (ctx, "invoice.read");

  if (scope == TW_SCOPE_USER)
    tw_list_query_restrict (query, tw_invoice_own_sql, ctx->who->user_id);
  else if (scope == TW_SCOPE_CUSTOMER)
    tw_list_query_restrict (query, tw_invoice_customer_sql, ctx->who->customer_id);
}

static gboolean
may_know (TwContext *ctx, TwInvoice *invoice, gint64 sales_rep_id)
{
  switch (tw_scope_get (ctx, "invoice.read"))
    {
    case TW_SCOPE_ALL:
      return TRUE;
    case TW_SCOPE_USER:
      return sales_rep_id == ctx->who->user_id;
    case TW_SCOPE_CUSTOMER:
    default:
      return invoice->customer_id == ctx->who->customer_id && tw_time_is_set (invoice->posted_at);
    }
}

static TwInvoice *
read_invoice (TwContext *ctx, gint64 id, gboolean lock, gboolean everything, GError **error)
{
  g_autoptr (TwInvoice) invoice = NULL;
  g_autoptr (TwRecord) known = NULL;
  gint64 sales_rep_id = 0;
  gboolean found;

  if (lock && !tw_invoice_store_lock (ctx, id, &known, error))
    return NULL;
  if (known != NULL && (everything || tw_scope_get (ctx, "invoice.read") == TW_SCOPE_ALL))
    return (TwInvoice *) g_steal_pointer (&known);
  invoice = tw_invoice_new ();
  if (!tw_invoice_store_read (ctx->db, id, ctx->today, invoice, &sales_rep_id, &found, error))
    return NULL;
  if (found && (everything || may_know (ctx, invoice, sales_rep_id)))
    return g_steal_pointer (&invoice);
  tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
  return NULL;
}

TwInvoice *
tw_invoice_get (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return read_invoice (ctx, id, lock, TRUE, error);
}

GArray *
tw_invoice_list_orders (TwInvoice *invoice)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < tw_record_count (invoice->lines); i++)
    {
      gint64 id = ((TwInvoiceLine *) tw_record_nth (invoice->lines, i))->order_id;

      if (id != 0)
        g_array_append_val (ids, id);
    }
  tw_ids_sort (ids);
  for (guint i = ids->len; i > 1; i--)
    if (g_array_index (ids, gint64, i - 1) == g_array_index (ids, gint64, i - 2))
      g_array_remove_index (ids, i - 1);
  return ids;
}

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return (TwRecord *) read_invoice (ctx, id, lock, FALSE, error);
}

/* ---- Heads of drafts ---- */

static TwAddress *
find_billing_address (TwCustomer *customer)
{
  TwAddress *best = NULL;

  for (guint i = 0; i < tw_record_count (customer->addresses); i++)
    {
      TwAddress *address = tw_record_nth (customer->addresses, i);
      gboolean billing = g_strcmp0 (address->kind, "billing") == 0;

      if (billing && address->is_default)
        return address;
      if (best == NULL || (billing && g_strcmp0 (best->kind, "billing") != 0))
        best = address;
    }
  return best;
}

static void
append_part (GString *out, const char *separator, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, part);
}

/* Street, place and country on a line each. */
static char *
format_address (TwAddress *address)
{
  g_autoptr (GString) place = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  append_part (place, " ", address->postal_code);
  append_part (place, " ", address->city);
  append_part (place, ", ", address->region);
  append_part (out, "\n", address->street);
  append_part (out, "\n", place->str);
  append_part (out, "\n", address->country);
  return g_string_free (out, FALSE);
}

/* The invoice keeps a copy of whom it is for; the name is that of the customer's own language where there is one. */
static void
set_bill_to (TwInvoice *invoice, TwCustomer *customer)
{
  TwAddress *address = find_billing_address (customer);
  gboolean local = g_strcmp0 (customer->language, "en") != 0 && customer->local_name != NULL;

  invoice->customer_id = customer->parent.id;
  tw_record_set_string (&invoice->customer, customer->code);
  tw_record_set_string (&invoice->customer_name, customer->name);
  tw_record_set_string (&invoice->tax_id, customer->tax_id);
  tw_record_set_string (&invoice->bill_name, local ? customer->local_name : customer->name);
  if (address != NULL)
    tw_record_take_text (&invoice->bill_address, format_address (address));
}

static TwInvoice *
new_draft (TwContext *ctx, TwOrder *order, TwInvoiceRequest *request, GError **error)
{
  g_autoptr (TwCustomer) customer = tw_customer_get (ctx, order->customer_id, error);
  g_autoptr (TwInvoice) invoice = NULL;

  if (customer == NULL)
    return NULL;
  invoice = tw_invoice_new ();
  invoice->kind = tw_key_find (tw_invoice_kind_keys, "invoice");
  set_bill_to (invoice, customer);
  tw_record_set_string (&invoice->currency, order->currency);
  invoice->exchange_rate = order->exchange_rate;
  tw_record_set_string (&invoice->payment_term, order->payment_term);
  invoice->payment_term_id = order->payment_term_id;
  invoice->invoice_date = tw_date_is_set (request->invoice_date) ? request->invoice_date : ctx->today;
  return g_steal_pointer (&invoice);
}

gboolean
tw_invoice_insert (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  invoice->parent.version = 1;
  invoice->parent.created_at = invoice->parent.updated_at = ctx->now;
  invoice->state = tw_key_find (tw_invoice_state_keys, "draft");
  invoice->author_id = ctx->who->user_id;
  tw_record_set_string (&invoice->author, ctx->who->user);
  return tw_invoice_build_total (ctx, invoice, error) && tw_invoice_store_insert (ctx->db, invoice, error)
         && tw_change_record (ctx, "create", NULL, TW_RECORD (invoice), invoice->reason, error);
}

/* ---- Of one order ---- */

static gboolean
refuse_empty (const char *pointer, gint64 draft_id, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, draft_id);

  if (draft_id != 0)
    return tw_error_fault (
      error, pointer, "invoiced",
      _ ("What was delivered is on the draft invoice with the id %s already. Post or discard that one first."), id);
  return tw_error_fault (error, pointer, "nothing_to_invoice",
                         _ ("Nothing was delivered that has not been invoiced yet."));
}

static TwInvoice *
create_of_order (TwContext *ctx, TwInvoiceRequest *request, GError **error)
{
  g_autoptr (TwOrder) order = NULL;
  g_autoptr (TwInvoice) invoice = NULL;
  gint64 order_id, draft_id = 0;

  if (!tw_invoice_store_find_order (ctx, request->order, &order_id, error))
    return NULL;
  if (order_id == 0)
    {
      tw_error_fault (error, "/order", "unknown_value", _ ("There is no order “%s”."), request->order);
      return NULL;
    }
  order = tw_order_get (ctx, order_id, TRUE, error);
  invoice = order != NULL ? new_draft (ctx, order, request, error) : NULL;
  if (invoice == NULL || !tw_invoice_build_add_order (ctx, invoice, order, TW_TIME_NONE, &draft_id, error))
    return NULL;
  if (tw_record_count (invoice->lines) == 0)
    {
      refuse_empty ("/order", draft_id, error);
      return NULL;
    }
  invoice->order_id = order_id;
  tw_record_set_string (&invoice->order, order->number);
  return tw_invoice_insert (ctx, invoice, error) ? g_steal_pointer (&invoice) : NULL;
}

/* ---- Collective ---- */

/* One invoice has one currency, rate and payment term. */
static TwInvoice *
find_draft (GPtrArray *drafts, TwOrder *order)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      TwInvoice *invoice = g_ptr_array_index (drafts, i);

      if (g_str_equal (invoice->currency, order->currency) && invoice->payment_term_id == order->payment_term_id
          && tw_decimal_compare (invoice->exchange_rate, order->exchange_rate) == 0)
        return invoice;
    }
  return NULL;
}

static gboolean
add_order (TwContext *ctx, TwInvoiceRequest *request, TwTime until, gint64 order_id, GPtrArray *drafts,
           gint64 *draft_id, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_get (ctx, order_id, TRUE, error);
  TwInvoice *invoice;

  if (order == NULL)
    return FALSE;
  invoice = find_draft (drafts, order);
  if (invoice == NULL)
    {
      invoice = new_draft (ctx, order, request, error);
      if (invoice == NULL)
        return FALSE;
      g_ptr_array_add (drafts, invoice);
    }
  return tw_invoice_build_add_order (ctx, invoice, order, until, draft_id, error);
}

/* The first of them. (transfer full) */
static TwInvoice *
insert_drafts (TwContext *ctx, GPtrArray *drafts, gint64 draft_id, GError **error)
{
  TwInvoice *first = NULL;

  for (guint i = 0; i < drafts->len; i++)
    {
      TwInvoice *invoice = g_ptr_array_index (drafts, i);

      if (tw_record_count (invoice->lines) == 0)
        continue;
      if (!tw_invoice_insert (ctx, invoice, error))
        return NULL;
      first = first != NULL ? first : invoice;
    }
  if (first == NULL)
    {
      refuse_empty ("/customer", draft_id, error);
      return NULL;
    }
  return g_object_ref (first);
}

/* Midnight UTC at the beginning of a day. */
static TwTime
get_midnight (TwDate date)
{
  g_autofree char *day = tw_date_format (date);
  g_autofree char *text = g_strconcat (day, "T00:00:00Z", NULL);
  TwTime time = TW_TIME_NONE;

  tw_time_parse (text, &time, NULL);
  return time;
}

/* The orders are those with a delivery in the period; of them everything goes onto the invoice that was delivered until
 * its end and not yet invoiced, so that nothing is forgotten and nothing comes twice. */
static TwInvoice *
create_collective (TwContext *ctx, TwInvoiceRequest *request, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TwCustomer) customer = tw_customer_find (ctx, request->customer, "/customer", error);
  g_autoptr (GArray) orders = NULL;
  TwTime from = TW_TIME_NONE, until = TW_TIME_NONE;
  gint64 draft_id = 0;

  if (customer == NULL)
    return NULL;
  if (tw_date_is_set (request->delivered_from))
    from = get_midnight (request->delivered_from);
  if (tw_date_is_set (request->delivered_to))
    until = get_midnight (tw_date_add_days (request->delivered_to, 1));
  orders = tw_invoice_store_list_delivered_orders (ctx->db, customer->parent.id, from, until, error);
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    if (!add_order (ctx, request, until, g_array_index (orders, gint64, i), drafts, &draft_id, error))
      return NULL;
  return insert_drafts (ctx, drafts, draft_id, error);
}

/* ---- Both ---- */

static gboolean
check_date (TwContext *ctx, TwDate date, GError **error)
{
  if (tw_date_compare (date, ctx->today) <= 0)
    return TRUE;
  return tw_error_fault (error, "/invoice_date", "out_of_range", _ ("An invoice cannot be dated in the future."));
}

static gboolean
check_request (TwContext *ctx, TwInvoiceRequest *request, GError **error)
{
  gboolean period = tw_date_is_set (request->delivered_from) || tw_date_is_set (request->delivered_to);

  if ((request->order != NULL) == (request->customer != NULL))
    return tw_error_fault (error, request->order != NULL ? "/customer" : "/order", "required",
                           _ ("Name either an order or a customer to be invoiced."));
  if (request->order != NULL && period)
    return tw_error_fault (error, "/delivered_from", "out_of_range",
                           _ ("A delivery period is for the collective invoice of a customer."));
  if (tw_date_is_set (request->delivered_from) && tw_date_is_set (request->delivered_to)
      && tw_date_compare (request->delivered_from, request->delivered_to) > 0)
    return tw_error_fault (error, "/delivered_to", "out_of_range", _ ("The period ends before it begins."));
  return check_date (ctx, request->invoice_date, error);
}

TwInvoice *
tw_invoice_create (TwContext *ctx, TwInvoiceRequest *request, GError **error)
{
  if (!check_request (ctx, request, error))
    return NULL;
  return request->order != NULL ? create_of_order (ctx, request, error) : create_collective (ctx, request, error);
}

static gboolean
post_invoices (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwInvoiceRequest) body = tw_invoice_request_new ();
  g_autoptr (TwInvoice) invoice = NULL;

  if (!tw_request_read (request, TW_RECORD (body), TW_CODEC_CREATE, error))
    return FALSE;
  invoice = tw_invoice_create (ctx, body, error);
  if (invoice == NULL)
    return FALSE;
  tw_known_keep (ctx, tw_invoice_resource.document, TW_RECORD (invoice));
  tw_resource_fill_actions (ctx, &tw_invoice_resource, TW_RECORD (invoice));
  tw_reply_record (reply, ctx, TW_RECORD (invoice));
  tw_reply_created (reply, "/api/v1/invoices/%" G_GINT64_FORMAT, invoice->parent.id);
  return TRUE;
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwInvoice *invoice = (TwInvoice *) changed;

  if (g_strcmp0 (invoice->state, "draft") != 0)
    return tw_error_set (error, TW_ERROR_STATE, _ ("A posted invoice does not change. Make a credit note instead."));
  if (!tw_date_is_set (invoice->invoice_date))
    return tw_error_fault (error, "/invoice_date", "required", _ ("An invoice needs a date."));
  if (!check_date (ctx, invoice->invoice_date, error))
    return FALSE;
  changed->updated_at = ctx->now;
  return tw_invoice_store_update_date (ctx->db, invoice, error)
         && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  document->updated_at = ctx->now;
  return tw_invoice_store_update_state (ctx->db, (TwInvoice *) document, state, error);
}

const TwResource tw_invoice_resource = {
  .path = "invoices",
  .document = "invoice",
  .type = tw_invoice_get_type,
  .list = &tw_invoice_list,
  .restrict_list = restrict_list,
  .load = load,
  .kept = TRUE,
  .update = update,
  .store_state = store_state,
  .actions = tw_invoice_actions,
  .state_offset = G_STRUCT_OFFSET (TwInvoice, state),
  .author_offset = G_STRUCT_OFFSET (TwInvoice, author_id),
};

const TwRoute tw_invoice_routes[] = {
  { .method = "POST",
    .path = "/invoices",
    .permission = "invoice.create",
    .handler = post_invoices,
    .summary = "Draft invoices of what was delivered and not yet invoiced; answers the first",
    .body = tw_invoice_request_get_type,
    .answer = tw_invoice_get_type },
  { NULL },
};
