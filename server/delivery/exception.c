/* exception.c: what went otherwise than planned, with an owner and a date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/exception.h"

#include "server/core/change.h"
#include "server/delivery/exception-solution.h"
#include "server/delivery/exception-store.h"
#include "server/delivery/shipment-store.h"
#include "server/delivery/shipment.h"

/* Whose each kind is, and in how many days it is due. */
static const struct
{
  const char *kind;
  const char *owner;
  int days;
} owners[] = {
  { "short_pick", "planner", 0 },      { "qc_failed", "warehouse", 1 },  { "delayed", "dispatcher", 1 },
  { "attempt_failed", "dispatcher", 1 }, { "damaged", "after_sales", 2 },  { "lost", "after_sales", 2 },
  { "refused", "after_sales", 1 },     { "returned", "after_sales", 2 },
};

gboolean
tw_exception_load_all (TwContext *ctx, TwShipment *shipment, GError **error)
{
  return tw_exception_store_load_all (ctx->db, TW_RECORD (shipment)->id, shipment->exceptions, error);
}

static TwShipmentException *
new_exception (TwContext *ctx, TwShipment *shipment, const char *kind, const char *detail)
{
  TwShipmentException *e = tw_shipment_exception_new ();
  TwRecord *record = TW_RECORD (e);

  record->version = 1;
  record->created_at = record->updated_at = ctx->now;
  e->shipment_id = TW_RECORD (shipment)->id;
  e->shipment = g_strdup (shipment->number);
  e->order_id = shipment->order_id;
  e->kind = tw_key_find (tw_exception_kind_keys, kind);
  e->detail = g_strdup (detail);
  e->state = tw_key_find (tw_exception_state_keys, "open");
  e->reported_by = g_strdup (ctx->who->user);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    if (g_str_equal (owners[i].kind, kind))
      {
        e->owner_role = g_strdup (owners[i].owner);
        e->due_date = tw_date_add_days (ctx->today, owners[i].days);
      }
  return e;
}

gboolean
tw_exception_open (TwContext *ctx, TwShipment *shipment, const char *kind, const char *detail, GError **error)
{
  g_autoptr (TwShipmentException) e = new_exception (ctx, shipment, kind, detail);

  shipment->has_exception = TRUE;
  return tw_exception_store_insert (ctx, e, error)
         && tw_shipment_store_set_exception (ctx, TW_RECORD (shipment)->id, FALSE, error)
         && tw_change_record (ctx, "create", NULL, TW_RECORD (e), NULL, error);
}

/* ---- The resource ---- */

/* Of an exception to somebody else's shipment nothing tells that it is there. */
static void
hide_shipment (GError **error)
{
  if (error == NULL || !g_error_matches (*error, TW_ERROR, TW_ERROR_NOT_FOUND))
    return;
  g_clear_error (error);
  tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such exception."));
}

/* Whoever may know of the shipment may know of it; the shipment's lock, and with it the order's, comes first. */
static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwRecord) shipment = NULL;
  gint64 shipment_id;

  if (!tw_exception_store_get_shipment (ctx->db, id, &shipment_id, error))
    return NULL;
  if (shipment_id > 0)
    {
      shipment = tw_shipment_resource.load (ctx, shipment_id, lock, error);
      if (!shipment)
        {
          hide_shipment (error);
          return NULL;
        }
    }
  return (TwRecord *) tw_exception_store_load (ctx->db, id, lock, error);
}

static char *
guard_resolve (TwContext *ctx, TwRecord *document)
{
  TwShipmentException *e = (TwShipmentException *) document;

  if (ctx->who->roles & (tw_role_from_key (e->owner_role) | TW_ROLE_SALES_MANAGER | TW_ROLE_SYSTEM))
    return NULL;
  /* Translators: %s is the name of a role, such as Planner */
  return g_strdup_printf (_("To be solved by: %s."), tw_key_get_label (tw_role_keys, e->owner_role));
}

static gboolean
apply_resolve (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipmentException *e = (TwShipmentException *) document;
  TwResolveArguments *solution = (TwResolveArguments *) arguments;
  g_autoptr (TwRecord) before = tw_record_copy (document);

  if (!solution || !solution->resolution)
    return tw_error_fault (error, "/resolution", "required", _("Say how it is solved."));
  e->resolution = solution->resolution;
  tw_record_set_string (&e->resolution_comment, solution->comment);
  return tw_exception_solve (ctx, e, error) && tw_change_record (ctx, "change", before, document, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  TwShipmentException *e = (TwShipmentException *) document;
  gboolean done;

  if (!tw_exception_store_resolve (ctx, e, state, &done, error))
    return FALSE;
  if (!done)
    return tw_row_refuse_stale (error);
  return tw_shipment_store_set_exception (ctx, e->shipment_id, TRUE, error);
}

static const TwAction actions[] = {
  { .action = "resolve",
    .arguments = tw_resolve_arguments_get_type,
    .guard = guard_resolve,
    .apply = apply_resolve },
  { NULL },
};

const TwResource tw_shipment_exception_resource = {
  .path = "shipment-exceptions",
  .document = "shipment_exception",
  .type = tw_shipment_exception_get_type,
  .list = &tw_exception_list,
  .load = load,
  .store_state = store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwShipmentException, state),
  .restrict_list = tw_shipment_restrict_exceptions,
};
