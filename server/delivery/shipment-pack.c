/* shipment-pack.c: goods are put into parcels, and inspected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/exception.h"
#include "server/delivery/shipment-actions.h"
#include "server/delivery/shipment-store.h"
#include "server/delivery/sscc.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/action.h"

/* ---- What is in the parcels ---- */

static gboolean
is_named (const TwParcelLine *named, TwShipmentLine *line)
{
  if (named->shipment_line_id > 0)
    return named->shipment_line_id == TW_RECORD (line)->id;
  return named->product && g_str_equal (named->product, line->product);
}

/* @quantity of a line into a parcel. */
static void
put_in (TwParcel *parcel, TwShipmentLine *line, TwDecimal quantity)
{
  g_autoptr (TwParcelLine) content = NULL;

  line->packed = tw_decimal_add (line->packed, quantity);
  for (guint i = 0; i < tw_record_count (parcel->lines); i++)
    {
      TwParcelLine *known = tw_record_nth (parcel->lines, i);

      if (known->shipment_line_id == TW_RECORD (line)->id)
        {
          known->quantity = tw_decimal_add (known->quantity, quantity);
          return;
        }
    }
  content = tw_parcel_line_new ();
  content->shipment_line_id = TW_RECORD (line)->id;
  tw_record_set_string (&content->product, line->product);
  content->quantity = quantity;
  g_list_store_append (parcel->lines, content);
}

/* One content as asked for: of the line it names, or of the lines with its product, as far as they have it. */
static gboolean
note_content (TwShipment *shipment, TwParcel *parcel, const TwParcelLine *named, const char *pointer, GError **error)
{
  g_autofree char *quantity = g_strconcat (pointer, "/quantity", NULL);
  TwDecimal left = named->quantity;
  gboolean known = FALSE;

  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);
      TwDecimal part = tw_decimal_min (left, tw_decimal_sub (line->picked, line->packed));

      if (!is_named (named, line))
        continue;
      known = TRUE;
      if (tw_decimal_sign (part) > 0)
        put_in (parcel, line, part);
      left = tw_decimal_sub (left, part);
    }
  if (!known)
    return tw_error_fault (error, pointer, "unknown_line", _("The shipment has no such line."));
  return tw_decimal_sign (left) == 0
         || tw_error_fault (error, quantity, "out_of_range", _("More is packed than was picked."));
}

static gboolean
note_parcel (TwShipment *shipment, TwParcel *parcel, const TwParcel *asked, guint index, GError **error)
{
  g_list_store_remove_all (parcel->lines);
  for (guint i = 0; i < tw_record_count (asked->lines); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/parcels/%u/lines/%u", index, i);

      if (!note_content (shipment, parcel, tw_record_nth (asked->lines, i), pointer, error))
        return FALSE;
    }
  return TRUE;
}

/* Everything that was picked into one parcel. */
static void
fill_parcel (TwShipment *shipment, TwParcel *parcel)
{
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (tw_decimal_sign (line->picked) > 0)
        put_in (parcel, line, line->picked);
    }
}

/* All that was picked has to be in a parcel. */
static gboolean
check_complete (TwShipment *shipment, GError **error)
{
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);
      g_autofree char *packed = tw_decimal_format (line->packed, 0), *picked = tw_decimal_format (line->picked, 0);

      if (tw_decimal_compare (line->packed, line->picked) < 0)
        /* Translators: product, quantity packed, quantity picked */
        return tw_error_fault (error, "/parcels", "incomplete", _("%s: only %s of %s picked are in a parcel."),
                               line->product, packed, picked);
    }
  return TRUE;
}

/* The parcels asked for, or one with everything. */
static gboolean
read_parcels (TwShipment *shipment, const TwPackArguments *arguments, GError **error)
{
  guint n = arguments ? tw_record_count (arguments->parcels) : 0;

  g_list_store_remove_all (shipment->parcels);
  for (guint i = 0; i < MAX (n, 1); i++)
    {
      TwParcel *asked = n > 0 ? tw_record_nth (arguments->parcels, i) : NULL;
      g_autoptr (TwParcel) parcel = asked ? (TwParcel *) tw_record_copy (TW_RECORD (asked)) : tw_parcel_new ();
      g_autofree char *pointer = g_strdup_printf ("/parcels/%u/lines", i);

      parcel->position = i + 1;
      if (n <= 1 && tw_record_count (parcel->lines) == 0)
        fill_parcel (shipment, parcel);
      else if (!note_parcel (shipment, parcel, asked, i, error))
        return FALSE;
      if (tw_record_count (parcel->lines) == 0)
        return tw_error_fault (error, pointer, "required", _("Say what is in each parcel."));
      g_list_store_append (shipment->parcels, parcel);
    }
  return check_complete (shipment, error);
}

/* ---- Packing ---- */

static TwDecimal
get_weight (GArray *weights, gint64 line_id)
{
  for (guint i = 0; i < weights->len; i++)
    {
      const TwLineWeight *weight = &g_array_index (weights, TwLineWeight, i);

      if (weight->line_id == line_id)
        return weight->weight;
    }
  g_return_val_if_reached (TW_DECIMAL_ZERO);
}

/* A parcel that nobody weighed has the weight of its contents. */
static gboolean
store_parcel (TwContext *ctx, TwShipment *shipment, TwParcel *parcel, GArray *weights, GError **error)
{
  gboolean weighed = tw_decimal_sign (parcel->weight) > 0;

  for (guint i = 0; !weighed && i < tw_record_count (parcel->lines); i++)
    {
      TwParcelLine *content = tw_record_nth (parcel->lines, i);
      TwDecimal weight = tw_decimal_mul (get_weight (weights, content->shipment_line_id), content->quantity, 3);

      parcel->weight = tw_decimal_add (parcel->weight, weight);
    }
  g_free (parcel->sscc);
  parcel->sscc = tw_sscc_next (ctx, error);
  return parcel->sscc && tw_shipment_store_insert_parcel (ctx->db, TW_RECORD (shipment)->id, parcel, error);
}

gboolean
tw_shipment_pack (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (TwLineWeight));

  if (!read_parcels (shipment, (TwPackArguments *) arguments, error)
      || !tw_shipment_store_read_weights (ctx->db, document->id, weights, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->parcels); i++)
    if (!store_parcel (ctx, shipment, tw_record_nth (shipment->parcels, i), weights, error))
      return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (!tw_shipment_move_bucket (ctx, line, TW_BUCKET_PICKED, TW_BUCKET_PACKED, line->packed, error)
          || !tw_shipment_store_set_line (ctx->db, line, error))
        return FALSE;
    }
  return tw_shipment_finish (ctx, shipment, error);
}

gboolean
tw_shipment_fail_check (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  const char *reason = arguments ? ((TwActionArguments *) arguments)->reason : NULL;

  if (!tw_exception_open (ctx, (TwShipment *) document, "qc_failed", reason, error)
      || !tw_shipment_store_set_exception (ctx, document->id, TRUE, error))
    return FALSE;
  document->version++;
  return TRUE;
}
