/* shipment-form.c: pick list and delivery note
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "server/forms/form.h"
#include "server/printing/figures.h"

static void
append (GString *out, const char *separator, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, part);
}

static char *
format_address (TwShipment *shipment)
{
  g_autoptr (GString) place = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  append (place, " ", shipment->ship_postal_code);
  append (place, " ", shipment->ship_city);
  append (place, ", ", shipment->ship_region);
  append (out, "\n", shipment->ship_street);
  append (out, "\n", place->str);
  append (out, "\n", shipment->ship_country);
  return g_string_free (out, FALSE);
}

static void
add_head (TwPaper *paper, TwShipment *shipment)
{
  g_autofree char *address = format_address (shipment);
  const char *name = shipment->ship_name != NULL ? shipment->ship_name : shipment->customer_name;

  tw_paper_set_recipient (paper, _ ("Deliver to"), name, address);
  tw_paper_add_fact (paper, _ ("Shipment"), shipment->number);
  tw_paper_add_fact (paper, _ ("Order"), shipment->order);
  tw_paper_add_fact (paper, _ ("Customer"), shipment->customer);
  tw_paper_add_fact (paper, _ ("Warehouse"), shipment->warehouse);
  tw_form_add_date (paper, _ ("Planned for"), shipment->planned_date);
  tw_paper_add_fact (paper, _ ("Carrier"), shipment->carrier);
  tw_paper_add_fact (paper, _ ("Tracking number"), shipment->tracking_number);
  tw_paper_add_fact (paper, _ ("Trip"), shipment->trip);
}

/* ---- Pick list ---- */

static void
add_pick_line (TwPaper *paper, TwShipmentLine *line, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *quantity = tw_figures_format (line->quantity, 0);
  /* A line to write on. */
  g_autofree char *picked = tw_decimal_is_zero (line->picked) ? g_strdup ("____") : tw_figures_format (line->picked, 0);
  const char *cells[] = { number, line->product, line->product_name, line->barcode, quantity, line->unit, picked };

  tw_paper_add_row (paper, cells);
}

static TwPaper *
make_pick_list (TwContext *ctx, TwShipment *shipment, const char *language, GError **error)
{
  const TwPaperColumn columns[] = {
    { C_ ("line", "No."), 20, FALSE }, { _ ("Product"), 70, FALSE },    { _ ("Name"), 0, FALSE },
    { _ ("Barcode"), 86, FALSE },      { _ ("To be picked"), 60, TRUE }, { _ ("Unit"), 40, FALSE },
    { _ ("Picked"), 56, TRUE },
  };
  const char *signatures[] = { _ ("Picked by"), _ ("Date and time"), NULL };
  TwPaper *paper = tw_form_new (ctx, _ ("Pick list"), shipment->number, language, error);

  if (paper == NULL)
    return NULL;
  add_head (paper, shipment);
  tw_paper_begin_table (paper, NULL, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    add_pick_line (paper, tw_record_nth (shipment->lines, i), i + 1);
  tw_paper_add_signatures (paper, signatures);
  return paper;
}

/* ---- Delivery note ---- */

/* What is in the parcels; before packing what is to be. */
static TwDecimal
get_sent (TwShipmentLine *line)
{
  return tw_decimal_is_zero (line->packed) ? line->quantity : line->packed;
}

static void
add_sent_line (TwPaper *paper, TwShipmentLine *line, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *quantity = tw_figures_format (get_sent (line), 0);
  const char *cells[] = { number, line->product, line->product_name, quantity, line->unit };

  tw_paper_add_row (paper, cells);
}

static char *
format_size (TwParcel *parcel)
{
  g_autofree char *length = tw_figures_format (parcel->length, 0);
  g_autofree char *width = tw_figures_format (parcel->width, 0);
  g_autofree char *height = tw_figures_format (parcel->height, 0);

  if (tw_decimal_is_zero (parcel->length) || tw_decimal_is_zero (parcel->width)
      || tw_decimal_is_zero (parcel->height))
    return NULL;
  return g_strdup_printf ("%s × %s × %s", length, width, height);
}

static char *
list_contents (TwParcel *parcel)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < tw_record_count (parcel->lines); i++)
    {
      TwParcelLine *line = tw_record_nth (parcel->lines, i);
      g_autofree char *quantity = tw_figures_format (line->quantity, 0);

      g_string_append_printf (out, "%s%s × %s", i > 0 ? "\n" : "", quantity, line->product);
    }
  return g_string_free (out, FALSE);
}

static void
add_parcels (TwPaper *paper, TwShipment *shipment)
{
  const TwPaperColumn columns[] = {
    /* Translators: serial shipping container code, the number on a parcel's label */
    { _ ("SSCC"), 120, FALSE },
    { _ ("Contents"), 0, FALSE },
    { _ ("Weight (kg)"), 70, TRUE },
    { _ ("Size (cm)"), 110, TRUE },
  };

  if (tw_record_count (shipment->parcels) == 0)
    return;
  tw_paper_begin_table (paper, _ ("Parcels"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (shipment->parcels); i++)
    {
      TwParcel *parcel = tw_record_nth (shipment->parcels, i);
      g_autofree char *contents = list_contents (parcel);
      g_autofree char *weight = tw_figures_format (parcel->weight, 0);
      g_autofree char *size = format_size (parcel);
      const char *cells[] = { parcel->sscc, contents, weight, size };

      tw_paper_add_row (paper, cells);
    }
}

static TwPaper *
make_delivery_note (TwContext *ctx, TwShipment *shipment, const char *language, GError **error)
{
  const TwPaperColumn columns[] = {
    { C_ ("line", "No."), 20, FALSE }, { _ ("Product"), 80, FALSE }, { _ ("Name"), 0, FALSE },
    { _ ("Quantity"), 70, TRUE },      { _ ("Unit"), 50, FALSE },
  };
  const char *signatures[] = { _ ("Received by"), _ ("Date and time"), NULL };
  TwPaper *paper = tw_form_new (ctx, _ ("Delivery note"), shipment->number, language, error);

  if (paper == NULL)
    return NULL;
  add_head (paper, shipment);
  tw_paper_begin_table (paper, NULL, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    add_sent_line (paper, tw_record_nth (shipment->lines, i), i + 1);
  add_parcels (paper, shipment);
  tw_paper_add_signatures (paper, signatures);
  return paper;
}

/* ---- Routes ---- */

/* A delivery note goes to the customer, a pick list stays in the house. */
typedef TwPaper *(*MakeFunc) (TwContext *ctx, TwShipment *shipment, const char *language, GError **error);

static gboolean
reply_form (TwContext *ctx, TwRequest *request, TwReply *reply, MakeFunc make, const char *kind, GError **error)
{
  g_autoptr (TwShipment) shipment = NULL;
  g_autoptr (TwFormLanguage) speaking = NULL;
  g_autoptr (TwPaper) paper = NULL;
  const char *asked, *language;
  gint64 id, reader;

  if (!tw_request_param_id (request, "id", &id, error) || !tw_form_read_language (request, &asked, error))
    return FALSE;
  shipment = (TwShipment *) tw_shipment_resource.load (ctx, id, FALSE, error);
  reader = shipment != NULL && make == make_delivery_note ? shipment->customer_id : 0;
  if (shipment == NULL || !tw_form_choose_language (ctx, asked, reader, &language, error))
    return FALSE;
  speaking = tw_form_language_begin (language);
  paper = make (ctx, shipment, language, error);
  return paper != NULL && tw_form_reply (paper, kind, shipment->number, reply, error);
}

static gboolean
get_pick_list (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return reply_form (ctx, request, reply, make_pick_list, "pick-list", error);
}

static gboolean
get_delivery_note (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return reply_form (ctx, request, reply, make_delivery_note, "delivery-note", error);
}

const TwRoute tw_shipment_form_routes[] = {
  { .method = "GET",
    .path = "/shipments/{id}/pick-list/pdf",
    .permission = "shipment.read",
    .handler = get_pick_list,
    .flags = TW_ROUTE_READ,
    .summary = "A shipment's pick list as PDF" },
  { .method = "GET",
    .path = "/shipments/{id}/delivery-note/pdf",
    .permission = "shipment.read",
    .handler = get_delivery_note,
    .flags = TW_ROUTE_READ,
    .summary = "A shipment's delivery note as PDF" },
  { NULL },
};
