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

static TwShipmentLine *
find_line (TwShipment *shipment, const TwParcelLine *content)
{
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (content->shipment_line_id > 0 ? content->shipment_line_id == TW_RECORD (line)->id
                                        : content->product && g_str_equal (content->product, line->product))
        return line;
    }
  return NULL;
}

/* Counts one content towards its line. */
static gboolean
note_content (TwShipment *shipment, TwParcelLine *content, const char *pointer, GError **error)
{
  TwShipmentLine *line = find_line (shipment, content);
  g_autofree char *quantity = g_strconcat (pointer, "/quantity", NULL);

  if (!line)
    return tw_error_fault (error, pointer, "unknown_line", _("The shipment has no such line."));
  content->shipment_line_id = TW_RECORD (line)->id;
  tw_record_set_string (&content->product, line->product);
  line->packed = tw_decimal_add (line->packed, content->quantity);
  if (tw_decimal_compare (line->packed, line->picked) > 0)
    return tw_error_fault (error, quantity, "out_of_range", _("More of %s is packed than was picked."), line->product);
  return TRUE;
}

static gboolean
note_parcel (TwShipment *shipment, TwParcel *parcel, guint index, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < tw_record_count (parcel->lines); i++)
    {
      TwParcelLine *content = tw_record_nth (parcel->lines, i);
      g_autofree char *pointer = g_strdup_printf ("/parcels/%u/lines/%u", index, i);

      if (!note_content (shipment, content, pointer, error))
        return FALSE;
      if (!g_hash_table_add (seen, GSIZE_TO_POINTER (content->shipment_line_id)))
        return tw_error_fault (error, pointer, "duplicate", _("%s is named twice."), content->product);
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
      g_autoptr (TwParcelLine) content = NULL;

      if (tw_decimal_sign (line->picked) == 0)
        continue;
      content = tw_parcel_line_new ();
      content->shipment_line_id = TW_RECORD (line)->id;
      tw_record_set_string (&content->product, line->product);
      content->quantity = line->picked;
      g_list_store_append (parcel->lines, content);
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
      g_autoptr (TwParcel) parcel
        = n > 0 ? (TwParcel *) tw_record_copy (tw_record_nth (arguments->parcels, i)) : tw_parcel_new ();

      if (n <= 1 && tw_record_count (parcel->lines) == 0)
        fill_parcel (shipment, parcel);
      parcel->position = i + 1;
      if (!note_parcel (shipment, parcel, i, error))
        return FALSE;
      if (tw_record_count (parcel->lines) == 0)
        {
          g_autofree char *pointer = g_strdup_printf ("/parcels/%u/lines", i);

          return tw_error_fault (error, pointer, "required", _("Say what is in each parcel."));
        }
      g_list_store_append (shipment->parcels, parcel);
    }
  return check_complete (shipment, error);
}

/* ---- Packing ---- */

static gboolean
add_weight (TwContext *ctx, TwShipment *shipment, TwParcel *parcel, const TwParcelLine *content, GError **error)
{
  gint64 product_id = find_line (shipment, content)->product_id;
  g_autoptr (TwRecord) product = tw_product_resource.load (ctx, product_id, FALSE, error);
  TwDecimal weight;

  if (!product)
    return FALSE;
  weight = tw_decimal_mul (((TwProduct *) product)->weight, content->quantity, 3);
  parcel->weight = tw_decimal_add (parcel->weight, weight);
  return TRUE;
}

/* A parcel that nobody weighed has the weight of its contents. */
static gboolean
store_parcel (TwContext *ctx, TwShipment *shipment, TwParcel *parcel, GError **error)
{
  gboolean weighed = tw_decimal_sign (parcel->weight) > 0;

  for (guint i = 0; !weighed && i < tw_record_count (parcel->lines); i++)
    if (!add_weight (ctx, shipment, parcel, tw_record_nth (parcel->lines, i), error))
      return FALSE;
  g_free (parcel->sscc);
  parcel->sscc = tw_sscc_next (ctx, error);
  return parcel->sscc && tw_shipment_store_insert_parcel (ctx->db, TW_RECORD (shipment)->id, parcel, error);
}

gboolean
tw_shipment_pack (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;

  if (!read_parcels (shipment, (TwPackArguments *) arguments, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->parcels); i++)
    if (!store_parcel (ctx, shipment, tw_record_nth (shipment->parcels, i), error))
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
