/* scan-lines.c: scanned products become lines of a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/scan-lines.h"

#include "client/net/session.h"
#include "client/widget/format.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

typedef struct
{
  TwDetailPage *page;
  TwScanEntry *scan;
  char *code;
  const char *quantity_field;
} ScanCall;

static void
scan_call_free (ScanCall *call)
{
  g_object_unref (call->page);
  g_object_unref (call->scan);
  g_free (call->code);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScanCall, scan_call_free)

static GListStore *
get_lines (TwRecord *record)
{
  return tw_record_at (record, tw_record_find (record, "lines"), GListStore *);
}

/* The line of the product with this code; a line remembers the barcodes that led to it. */
static TwRecord *
find_line (TwRecord *record, const char *code)
{
  GListStore *lines = get_lines (record);

  for (guint i = 0; i < tw_record_count (lines); i++)
    {
      TwRecord *line = tw_record_nth (lines, i);
      const char *product = tw_record_at (line, tw_record_find (line, "product"), const char *);

      if (product != NULL
          && (g_ascii_strcasecmp (product, code) == 0 || g_object_get_data (G_OBJECT (line), code) != NULL))
        return line;
    }
  return NULL;
}

static void
set_text (TwRecord *line, const char *name, const char *text)
{
  const TwField *field = tw_record_find (line, name);

  if (field == NULL || !tw_record_load_text (line, field, text, NULL))
    return;
  tw_record_mark_present (line, field);
  tw_record_changed (line, name);
}

static TwRecord *
append_line (TwRecord *record, JsonObject *product)
{
  GListStore *lines = get_lines (record);
  g_autoptr (TwRecord) line = g_object_new (g_list_model_get_item_type (G_LIST_MODEL (lines)), NULL);

  set_text (line, "product", json_object_get_string_member (product, "sku"));
  set_text (line, "product_name", json_object_get_string_member_with_default (product, "name", ""));
  set_text (line, "unit", json_object_get_string_member_with_default (product, "unit", ""));
  g_list_store_append (lines, line);
  return line; /* kept by the list */
}

static void
add_one (TwDetailPage *page, TwScanEntry *scan, TwRecord *line, const char *quantity_field)
{
  const TwField *field = tw_record_find (line, quantity_field);
  TwDecimal *quantity = &tw_record_at (line, field, TwDecimal);
  TwRecord *record = tw_detail_page_get_record (page);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  const char *product = tw_record_at (line, tw_record_find (line, "product"), const char *);
  const char *name = tw_record_at (line, tw_record_find (line, "product_name"), const char *);

  *quantity = tw_decimal_add (*quantity, TW_DECIMAL_ONE);
  tw_record_mark_present (line, field);
  tw_record_changed (line, quantity_field);
  tw_record_mark_present (record, tw_record_find (record, "lines"));
  tw_detail_page_mark_edited (page, "lines");
  number = tw_format_decimal (*quantity, 0);
  /* Translators: what a scan led to: product code, product name, and the quantity it has now */
  text = g_strdup_printf (_("%s %s: now %s"), product, name != NULL ? name : "", number);
  tw_scan_entry_show_result (scan, text);
}

/* The product that has exactly this code or barcode; the only one found will do as well. */
static JsonObject *
find_product (JsonArray *items, const char *code)
{
  guint n = json_array_get_length (items);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *product = json_array_get_object_element (items, i);
      const char *sku = json_object_get_string_member_with_default (product, "sku", "");
      const char *barcode = json_object_get_string_member_with_default (product, "barcode", "");

      if (g_ascii_strcasecmp (sku, code) == 0 || g_str_equal (barcode, code))
        return product;
    }
  return n == 1 ? json_array_get_object_element (items, 0) : NULL;
}

static void
show_unknown (ScanCall *call, const char *message)
{
  tw_scan_entry_show_unknown (call->scan, call->code, message);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScanCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  TwRecord *record = tw_detail_page_get_record (call->page);
  JsonObject *product = NULL;
  TwRecord *line;

  /* Cancelled when another document is shown. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || record == NULL)
    return;
  if (reply == NULL)
    {
      show_unknown (call, error->message);
      return;
    }
  product = find_product (json_object_get_array_member (tw_api_reply_get_object (reply), "items"), call->code);
  if (product == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("No product has the code “%s”."), call->code);

      show_unknown (call, message);
      return;
    }
  /* Scanned again while the first answer was on its way, or by its other code: the line may be there by now. */
  line = find_line (record, json_object_get_string_member (product, "sku"));
  if (line == NULL)
    line = append_line (record, product);
  g_object_set_data (G_OBJECT (line), call->code, GINT_TO_POINTER (TRUE));
  add_one (call->page, call->scan, line, call->quantity_field);
}

void
tw_scan_into_lines (TwDetailPage *page, TwScanEntry *scan, const char *code, const char *quantity_field)
{
  TwRecord *record = tw_detail_page_get_record (page);
  TwRecord *line;
  g_autoptr (GString) path = g_string_new ("/products");
  ScanCall *call;

  if (record == NULL || !tw_detail_page_is_editing (page))
    return;
  line = find_line (record, code);
  if (line != NULL)
    {
      add_one (page, scan, line, quantity_field);
      return;
    }
  tw_api_append_query (path, "q", code);
  tw_api_append_query (path, "kind", "stocked");
  tw_api_append_query (path, "limit", "20");
  call = g_new0 (ScanCall, 1);
  call->page = g_object_ref (page);
  call->scan = g_object_ref (scan);
  call->code = g_strdup (code);
  call->quantity_field = quantity_field;
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path->str, tw_detail_page_get_cancellable (page),
                    found_cb, call);
}
