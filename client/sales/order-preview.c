/* order-preview.c: an order as the server would reckon it, while it is being typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/order-preview.h"

#include "client/net/body.h"
#include "shared/base/error.h"

#define ASK_DELAY_MS 250
#define PRICED_FOR "priced-for" /* on a line: the product that its price is of */

struct _TwOrderPreview
{
  GObject parent_instance;

  TwOrder *order;    /* asked about, nullable */
  GPtrArray *asked;  /* its lines that were sent, in order */
  GHashTable *kept;  /* set of head fields that the person wrote */
  GCancellable *cancellable;
  guint source;
};

enum
{
  ANSWERED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwOrderPreview, tw_order_preview, G_TYPE_OBJECT)

/* What comes with the customer, and goes with them. */
static const char *const defaults[]
  = { "price_list", "payment_term", "currency", "contact", "ship_name", "ship_street", "ship_city", "ship_region",
      "ship_postal_code", "ship_country", "sales_rep", "sales_rep_name" };
/* What the server says of a line beyond what was typed. */
static const char *const line_answers[]
  = { "product_name", "list_price", "tax_rate", "net", "cost", "margin", "available" };

/* ---- Prices that follow the list ----------------------------------------------------------------------------- */

static void
unmark_present (TwRecord *record, const char *name)
{
  guint at = (guint) (tw_record_find (record, name) - tw_record_get_info (record)->fields);

  record->present[at / 64] &= ~(G_GUINT64_CONSTANT (1) << (at % 64));
}

static gboolean
has_price (TwOrderLine *line)
{
  return !tw_decimal_is_zero (line->price) || tw_record_has (TW_RECORD (line), "price");
}

static gboolean
follows_list (TwOrderLine *line)
{
  if (tw_decimal_is_zero (line->price))
    return !has_price (line);
  return tw_decimal_compare (line->price, line->list_price) == 0;
}

/* A price that was agreed for another product means nothing for this one. */
static gboolean
is_of_other_product (TwOrderLine *line)
{
  const char *priced_for = g_object_get_data (G_OBJECT (line), PRICED_FOR);

  return priced_for != NULL && g_strcmp0 (priced_for, line->product) != 0;
}

static void
remember_product (TwOrderLine *line)
{
  g_object_set_data_full (G_OBJECT (line), PRICED_FOR, g_strdup (line->product), g_free);
}

/* The old price stays on the screen until the new one comes. */
static void
release_price (TwOrderLine *line)
{
  if (!follows_list (line) && !is_of_other_product (line))
    return;
  line->price = TW_DECIMAL_ZERO;
  unmark_present (TW_RECORD (line), "price");
}

void
tw_order_preview_prepare (TwOrderPreview *self, TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    release_price (tw_record_nth (order->lines, i));
}

void
tw_order_preview_take (TwOrderPreview *self, TwOrder *order)
{
  g_hash_table_remove_all (self->kept);
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    remember_product (tw_record_nth (order->lines, i));
}

/* ---- What came with the customer ----------------------------------------------------------------------------- */

static void
clear_field (TwRecord *record, const char *name)
{
  const TwField *field = tw_record_find (record, name);

  tw_record_set_string (&tw_record_at (record, field, char *), NULL);
  tw_record_changed (record, name);
}

void
tw_order_preview_keep (TwOrderPreview *self, TwOrder *order, const char *name)
{
  g_hash_table_add (self->kept, g_strdup (name));
  if (!g_str_equal (name, "customer"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (!g_hash_table_contains (self->kept, defaults[i]))
      clear_field (TW_RECORD (order), defaults[i]);
}

/* ---- Filling from the answer --------------------------------------------------------------------------------- */

static void
copy_field (TwRecord *target, TwRecord *source, const char *name)
{
  const TwField *field = tw_record_find (target, name);
  g_autofree char *text = NULL;

  if (tw_record_field_equal (target, source, field))
    return;
  text = tw_record_get_text (source, field);
  if (tw_record_load_text (target, field, text, NULL))
    tw_record_changed (target, name);
}

static void
fill_head (TwOrder *order, TwOrder *reckoned)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (tw_record_is_empty (TW_RECORD (order), tw_record_find (TW_RECORD (order), defaults[i])))
      copy_field (TW_RECORD (order), TW_RECORD (reckoned), defaults[i]);
  if (order->warehouse == NULL)
    copy_field (TW_RECORD (order), TW_RECORD (reckoned), "warehouse");
  copy_field (TW_RECORD (order), TW_RECORD (reckoned), "customer_name");
}

static void
fill_line (TwOrderLine *line, TwOrderLine *reckoned)
{
  gboolean follows = follows_list (line);

  for (guint i = 0; i < G_N_ELEMENTS (line_answers); i++)
    copy_field (TW_RECORD (line), TW_RECORD (reckoned), line_answers[i]);
  if (line->unit == NULL || *line->unit == '\0')
    copy_field (TW_RECORD (line), TW_RECORD (reckoned), "unit");
  if (follows)
    {
      line->price = reckoned->list_price;
      tw_record_changed (TW_RECORD (line), "price");
    }
  remember_product (line);
}

static void
fill (TwOrderPreview *self, TwOrder *reckoned)
{
  guint n = MIN (self->asked->len, tw_record_count (reckoned->lines));

  fill_head (self->order, reckoned);
  for (guint i = 0; i < n; i++)
    fill_line (g_ptr_array_index (self->asked, i), tw_record_nth (reckoned->lines, i));
}

/* ---- Asking -------------------------------------------------------------------------------------------------- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwOrderPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  g_autoptr (TwRecord) reckoned = reply != NULL ? tw_api_reply_read (reply, tw_order_get_type (), &error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->order == NULL)
    return;
  if (reckoned == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  fill (self, (TwOrder *) reckoned);
  g_signal_emit (self, signals[ANSWERED], 0, reckoned);
}

static gboolean
is_complete (TwOrderLine *line)
{
  return line->product != NULL && *line->product != '\0'
         && tw_decimal_compare (line->quantity, TW_DECIMAL_ZERO) > 0;
}

/* The line itself where its price need not be released: most often all of them, and there may be a thousand. */
static TwRecord *
as_asked (TwOrderLine *line)
{
  g_autoptr (TwRecord) copy = NULL;

  if (!has_price (line) || !follows_list (line))
    return g_object_ref (TW_RECORD (line));
  copy = tw_record_copy (TW_RECORD (line));
  release_price ((TwOrderLine *) copy);
  return g_steal_pointer (&copy);
}

/* The order as it would be sent anew: only lines that say something. */
static GString *
write_question (TwOrderPreview *self)
{
  g_autoptr (GListStore) lines = g_list_store_new (tw_order_line_get_type ());

  g_ptr_array_set_size (self->asked, 0);
  for (guint i = 0; i < tw_record_count (self->order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (self->order->lines, i);
      g_autoptr (TwRecord) sent = NULL;

      if (!is_complete (line))
        continue;
      g_ptr_array_add (self->asked, g_object_ref (line));
      sent = as_asked (line);
      g_list_store_append (lines, sent);
    }
  return tw_body_create_of (TW_RECORD (self->order), "lines", G_LIST_MODEL (lines));
}

static gboolean
ask_cb (gpointer user_data)
{
  TwOrderPreview *self = user_data;
  g_autoptr (GString) body = write_question (self);
  g_autoptr (GString) path = g_string_new ("/orders/check");

  self->source = 0;
  /* A stored order is no duplicate of itself. */
  if (self->order->parent.id != 0)
    g_string_append_printf (path, "?order=%" G_GINT64_FORMAT, self->order->parent.id);
  self->cancellable = g_cancellable_new ();
  tw_api_call_async (tw_session_get_api (tw_session_get_default ()), "POST", path->str, body, 0, NULL,
                     self->cancellable, answered_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
tw_order_preview_cancel (TwOrderPreview *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->order);
  g_ptr_array_set_size (self->asked, 0);
}

void
tw_order_preview_ask (TwOrderPreview *self, TwOrder *order)
{
  g_autoptr (TwOrder) kept = g_object_ref (order);

  tw_order_preview_cancel (self);
  if (order->customer == NULL || *order->customer == '\0')
    return;
  self->order = g_steal_pointer (&kept);
  self->source = g_timeout_add (ASK_DELAY_MS, ask_cb, self);
}

gboolean
tw_order_preview_find_line (TwOrderPreview *self, guint sent, guint *position)
{
  return self->order != NULL && sent < self->asked->len
         && g_list_store_find (self->order->lines, g_ptr_array_index (self->asked, sent), position);
}

static void
tw_order_preview_dispose (GObject *object)
{
  tw_order_preview_cancel (TW_ORDER_PREVIEW (object));
  G_OBJECT_CLASS (tw_order_preview_parent_class)->dispose (object);
}

static void
tw_order_preview_finalize (GObject *object)
{
  g_ptr_array_unref (TW_ORDER_PREVIEW (object)->asked);
  g_hash_table_unref (TW_ORDER_PREVIEW (object)->kept);
  G_OBJECT_CLASS (tw_order_preview_parent_class)->finalize (object);
}

static void
tw_order_preview_class_init (TwOrderPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tw_order_preview_dispose;
  object_class->finalize = tw_order_preview_finalize;
  signals[ANSWERED] = g_signal_new ("answered", TW_TYPE_ORDER_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, TW_TYPE_RECORD);
  signals[FAILED] = g_signal_new ("failed", TW_TYPE_ORDER_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
tw_order_preview_init (TwOrderPreview *self)
{
  self->asked = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

TwOrderPreview *
tw_order_preview_new (void)
{
  return g_object_new (TW_TYPE_ORDER_PREVIEW, NULL);
}
