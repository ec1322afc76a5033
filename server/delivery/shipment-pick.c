/* shipment-pick.c: goods are taken from the shelf
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/exception.h"
#include "server/delivery/shipment-actions.h"
#include "server/delivery/shipment-store.h"

gboolean
tw_shipment_start_picking (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (!tw_shipment_move_bucket (ctx, line, TW_BUCKET_RESERVED, TW_BUCKET_PICKING, line->quantity, error))
        return FALSE;
    }
  return tw_shipment_finish (ctx, shipment, error);
}

/* ---- What was found ---- */

static gboolean
is_named (const TwPickLine *named, TwShipmentLine *line)
{
  if (TW_RECORD (named)->id > 0)
    return TW_RECORD (named)->id == TW_RECORD (line)->id;
  return named->product && g_str_equal (named->product, line->product);
}

/* Spreads what was found of a product (or of one line) over the lines it names. */
static gboolean
note_found (TwShipment *shipment, const TwPickLine *named, guint index, GHashTable *seen, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/lines/%u", index);
  g_autofree char *quantity = g_strconcat (pointer, "/quantity", NULL);
  TwDecimal left = named->quantity;
  gboolean known = FALSE;

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (!is_named (named, line))
        continue;
      known = TRUE;
      if (!g_hash_table_add (seen, line))
        return tw_error_fault (error, pointer, "duplicate", _("%s is named twice."), line->product);
      line->picked = tw_decimal_min (left, line->quantity);
      left = tw_decimal_sub (left, line->picked);
    }
  if (!known)
    return tw_error_fault (error, pointer, "unknown_line", _("The shipment has no such line."));
  if (tw_decimal_sign (left) > 0)
    return tw_error_fault (error, quantity, "out_of_range", _("More was picked than the shipment asks for."));
  return TRUE;
}

static gboolean
read_found (TwShipment *shipment, const TwPickArguments *arguments, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  TwDecimal sum = TW_DECIMAL_ZERO;

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      line->picked = line->quantity;
    }
  for (guint i = 0; arguments && i < tw_record_count (arguments->lines); i++)
    if (!note_found (shipment, tw_record_nth (arguments->lines, i), i, seen, error))
      return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    sum = tw_decimal_add (sum, ((TwShipmentLine *) tw_record_nth (shipment->lines, i))->picked);
  if (tw_decimal_sign (sum) == 0)
    return tw_error_fault (error, "/lines", "out_of_range",
                           _("Nothing was picked. Cancel the shipment and say why instead."));
  return TRUE;
}

/* ---- Picking ---- */

static gboolean
pick_line (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *reason, GError **error)
{
  TwBucket from = g_str_equal (shipment->state, "picking") ? TW_BUCKET_PICKING : TW_BUCKET_RESERVED;
  TwDecimal missing = tw_decimal_sub (line->quantity, line->picked);

  /* What was put aside is given back whole; what was found leaves the warehouse, what was not waits again. */
  return tw_shipment_take_goods (ctx, shipment, line, reason, error)
         && tw_shipment_move_bucket (ctx, line, from, TW_BUCKET_PICKED, line->picked, error)
         && (tw_decimal_sign (missing) == 0 || tw_stock_backorder (ctx, line->order_line_id, from, missing, error))
         && tw_shipment_store_set_line (ctx->db, line, error);
}

/* "NW-11: 3 of 5; NW-42: 0 of 2" */
static char *
describe_missing (TwShipment *shipment, const char *reason)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);
      g_autofree char *picked = tw_decimal_format (line->picked, 0), *wanted = tw_decimal_format (line->quantity, 0);

      if (tw_decimal_compare (line->picked, line->quantity) == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, "; ");
      /* Translators: product, quantity found, quantity wanted */
      g_string_append_printf (text, _("%s: %s of %s"), line->product, picked, wanted);
    }
  if (text->len == 0)
    return NULL;
  if (reason && *reason)
    g_string_append_printf (text, " (%s)", reason);
  return g_utf8_substring (text->str, 0, MIN (500, g_utf8_strlen (text->str, -1)));
}

gboolean
tw_shipment_pick (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  TwPickArguments *found = (TwPickArguments *) arguments;
  const char *reason = found ? found->reason : NULL;
  g_autoptr (GPtrArray) lines = tw_shipment_sort_lines (shipment);
  g_autofree char *missing = NULL;

  if (!read_found (shipment, found, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!pick_line (ctx, shipment, lines->pdata[i], reason, error))
      return FALSE;
  missing = describe_missing (shipment, reason);
  return (!missing || tw_exception_open (ctx, shipment, "short_pick", missing, error))
         && tw_shipment_finish (ctx, shipment, error);
}
