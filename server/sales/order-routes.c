/* order-routes.c: what an order has besides the routes of every resource
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain.h"
#include "server/core/entry.h"
#include "server/core/router.h"
#include "server/core/timer.h"
#include "server/core/verify.h"
#include "server/sales/order-check.h"
#include "server/sales/order-document-store.h"
#include "server/sales/order-import.h"
#include "server/sales/order-invariant-store.h"
#include "server/sales/order.h"
#include "shared/document/linked-document.h"

#define TIMER_SECONDS 60

/* POST /orders/check: completes, prices and checks an order that is not stored, and says who would have to sign.
 * ?order=ID: it is a change of that one. */
static gboolean
check_order (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  g_autoptr (TwOrderMasters) masters = NULL;
  g_autofree char *rule_version = NULL;
  const char *stored = tw_request_query (request, "order");
  gint64 id = 0;

  if (stored != NULL && !g_ascii_string_to_signed (stored, 10, 1, G_MAXINT64, &id, NULL))
    return tw_error_fault (error, "/order", "wrong_type", _ ("An id is a positive number."));
  if (!tw_request_read (request, TW_RECORD (order), TW_CODEC_CREATE, error)
      || !tw_entry_check (ctx, TW_RECORD (order), error))
    return FALSE;
  masters = tw_order_entry_complete (ctx, order, NULL, TW_RECORD (order), error);
  if (masters == NULL)
    return FALSE;
  order->parent.id = id;
  if (!tw_order_check_run (ctx, order, masters, error) || !tw_chain_compute (ctx, order, &rule_version, error))
    return FALSE;
  tw_order_check_describe (ctx, order);
  tw_reply_record (reply, ctx, TW_RECORD (order));
  return TRUE;
}

/* What the reader finds at the document's own address: a draft of an invoice is not yet for the customer. */
static gboolean
decide_document (TwContext *ctx, TwLinkedDocument *linked, gboolean *shown, GError **error)
{
  const TwResource *resource = tw_resource_find (linked->document);
  g_autofree char *permission = g_strconcat (linked->document, ".read", NULL);
  g_autoptr (TwRecord) record = NULL;
  g_autoptr (GError) problem = NULL;

  *shown = tw_context_may (ctx, permission);
  if (!*shown || !resource->restrict_list)
    return TRUE;
  record = resource->load (ctx, linked->parent.id, FALSE, &problem);
  *shown = record != NULL;
  if (record || g_error_matches (problem, TW_ERROR, TW_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* GET /orders/{id}/documents: what was made from the order, as far as the reader may read such documents. */
static gboolean
list_documents (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwRecord) order = NULL;
  g_autoptr (GListStore) documents = NULL;
  g_autoptr (GString) out = g_string_new ("{\"items\":[");
  guint shown = 0;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error))
    return FALSE;
  order = tw_order_resource.load (ctx, id, FALSE, error);
  documents = order != NULL ? tw_order_document_store_list (ctx->db, id, error) : NULL;
  if (documents == NULL)
    return FALSE;
  for (guint i = 0; i < tw_record_count (documents); i++)
    {
      TwLinkedDocument *linked = tw_record_nth (documents, i);
      gboolean is_shown;

      if (!decide_document (ctx, linked, &is_shown, error))
        return FALSE;
      if (!is_shown)
        continue;
      if (shown++ > 0)
        g_string_append_c (out, ',');
      tw_codec_write (TW_RECORD (linked), tw_context_get_secrets (ctx), out);
    }
  g_string_append_printf (out, "],\"next\":null,\"total\":%u}", shown);
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

static gboolean
import_orders (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return tw_import_serve (ctx, request, reply, tw_order_import_rows, NULL, error);
}

static const TwRoute routes[] = {
  { .method = "POST", .path = "/orders/check", .permission = "order.create", .handler = check_order,
    .flags = TW_ROUTE_READ, .summary = "Price and check an order without storing it", .body = tw_order_get_type,
    .answer = tw_order_get_type },
  { .method = "POST", .path = "/orders/import", .permission = "order.import", .handler = import_orders,
    .flags = TW_ROUTE_RAW_BODY, .summary = "Import orders from CSV or XLSX, a row for each line" },
  { .method = "GET", .path = "/orders/{id}/documents", .permission = "order.read", .handler = list_documents,
    .flags = TW_ROUTE_READ, .summary = "Documents made from an order", .answer = tw_linked_document_get_type,
    .answers_list = TRUE },
  { NULL },
};

void
tw_sales_register (void)
{
  tw_resource_add_routes (&tw_order_resource);
  tw_router_add_table (routes);
  tw_verify_add (tw_order_invariants);
  tw_timer_add ("sales", TIMER_SECONDS, tw_sales_run_timers);
}
