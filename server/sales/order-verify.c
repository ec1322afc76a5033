/* order-verify.c: whether what is stored of orders is what their facts say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-verify.h"

#include "server/finance/receivable.h"
#include "server/sales/order-invariant-store.h"
#include "server/sales/order-pricing.h"
#include "server/sales/order-steps.h"
#include "shared/policy/digest.h"

static const char *const derived[]
    = { "approval_status", "reservation_status", "fulfilment_status", "delivery_status", "invoice_status",
        "payment_status",  "net_total",          "tax_total",         "total",           "total_company",
        "margin" };

static void
compare (TwOrder *stored, TwOrder *again, GPtrArray *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    {
      const TwField *field = tw_record_find (TW_RECORD (stored), derived[i]);
      g_autofree char *was = tw_record_get_text (TW_RECORD (stored), field);
      g_autofree char *is = tw_record_get_text (TW_RECORD (again), field);

      if (g_strcmp0 (was, is) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("order %s: %s is stored as %s and computed as %s", stored->number,
                                                    derived[i], was, is));
    }
  for (guint i = 0; i < tw_record_count (stored->lines); i++)
    {
      TwOrderLine *was = tw_record_nth (stored->lines, i), *is = tw_record_nth (again->lines, i);

      if (tw_decimal_compare (was->net, is->net) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("order %s line %u: its net amount is not quantity, price and"
                                                    " discount",
                                                    stored->number, i + 1));
    }
}

/* From submit on the content is what the round was opened over, until the order is a draft again or called off. */
static gboolean
is_bound (TwOrder *order)
{
  static const char *const states[]
      = { "pending_approval", "confirmed", "released", "in_fulfilment", "fulfilled", "completed", NULL };

  return g_strv_contains (states, order->state);
}

static void
check_content (TwOrderCase *one, GPtrArray *problems)
{
  g_autofree char *digest = NULL;

  if (!is_bound (one->order))
    return;
  if (one->rule_version != NULL)
    digest = tw_digest_commercial (TW_RECORD (one->order), one->rule_version);
  if (g_strcmp0 (digest, one->order->digest) != 0)
    g_ptr_array_add (
        problems, g_strdup_printf ("order %s: its content is not what was submitted and signed", one->order->number));
}

static gboolean
check_order (TwContext *ctx, TwOrderCase *one, GPtrArray *problems, GError **error)
{
  g_autoptr (TwOrder) again = (TwOrder *)tw_record_copy (TW_RECORD (one->order));

  check_content (one, problems);
  tw_order_derive_statuses (again, &one->facts);
  if (!tw_order_pricing_total (ctx, again, error))
    return FALSE;
  compare (one->order, again, problems);
  return TRUE;
}

/* What was never confirmed has no invoices; the rule does not ask for them either. */
static void
take_invoiced_cb (gint64 order_id, TwDecimal invoiced, TwDecimal settled, gpointer data)
{
  TwOrderCase *one = tw_order_case_find (data, order_id);

  if (one == NULL || tw_order_is_never_invoiced (one->order))
    return;
  one->facts.invoiced = invoiced;
  one->facts.settled = settled;
}

/* Some hundred at once, with a statement for each kind of thing: asked one by one, a million orders would take hours.
 * *after moves to the last; *n tells how many there were. */
static gboolean
check_piece (TwContext *ctx, gint64 *after, guint *n, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) cases = tw_order_invariant_store_read (ctx->db, *after, error);
  gint64 last;

  if (cases == NULL)
    return FALSE;
  *n = cases->len;
  if (cases->len == 0)
    return TRUE;
  last = ((TwOrderCase *)g_ptr_array_index (cases, cases->len - 1))->order->parent.id;
  if (!tw_receivable_each_order (ctx, *after, last, take_invoiced_cb, cases, error))
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    if (!check_order (ctx, g_ptr_array_index (cases, i), problems, error))
      return FALSE;
  *after = last;
  return TRUE;
}

/* A piece is read by several statements: in one snapshot, so that they speak of one moment. */
typedef struct
{
  gint64 after;
  guint n;
  GPtrArray *problems;
} Piece;

static gboolean
check_piece_cb (TwDb *db, gpointer data, GError **error)
{
  Piece *piece = data;
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "verify");
  gint64 after = piece->after;
  guint known = piece->problems->len;

  if (check_piece (&ctx, &after, &piece->n, piece->problems, error))
    {
      piece->after = after;
      return TRUE;
    }
  g_ptr_array_set_size (piece->problems, (int)known); /* it may be run again */
  return FALSE;
}

gboolean
tw_order_verify (TwDb *db, GPtrArray *problems, GError **error)
{
  Piece piece = { .problems = problems, .n = 1 };

  while (piece.n > 0)
    if (!tw_db_snapshot (db, check_piece_cb, &piece, error))
      return FALSE;
  return TRUE;
}
