/* receipt-page.c: goods that come in: scanned or typed, posted when stored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/receipt-page.h"

#include "client/warehouse/scan-lines.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/line-editor.h"
#include "shared/document/stock.h"

struct _TwReceiptPage
{
  TwDetailPage parent_instance;

  TwScanEntry *scan;

  char *warehouse; /* of the last receipt that was looked at: the next one is usually for the same */
};

G_DEFINE_FINAL_TYPE (TwReceiptPage, tw_receipt_page, TW_TYPE_DETAIL_PAGE)

static void
tw_receipt_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwReceipt *receipt = (TwReceipt *) record;

  receipt->receipt_date = tw_date_today ();
  receipt->reason = tw_key_find (tw_receipt_reason_keys, "purchase");
  tw_record_set_string (&receipt->warehouse, TW_RECEIPT_PAGE (page)->warehouse);
}

static void
tw_receipt_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwReceiptPage *self = TW_RECEIPT_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->scan), tw_detail_page_is_editing (page));
  if (record->id != 0)
    tw_record_set_string (&self->warehouse, ((TwReceipt *) record)->warehouse);
}

/* What has been posted stays as it is. */
static gboolean
tw_receipt_page_can_edit (TwDetailPage *page, TwRecord *record)
{
  return record->id == 0 && tw_session_may (tw_session_get_default (), "receipt.create");
}

static void
scanned_cb (TwReceiptPage *self, const char *code)
{
  tw_scan_into_lines (TW_DETAIL_PAGE (self), self->scan, code, "quantity");
}

static void
tw_receipt_page_finalize (GObject *object)
{
  g_free (TW_RECEIPT_PAGE (object)->warehouse);
  G_OBJECT_CLASS (tw_receipt_page_parent_class)->finalize (object);
}

static void
tw_receipt_page_class_init (TwReceiptPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tw_receipt_page_finalize;
  page_class->begin = tw_receipt_page_begin;
  page_class->shown = tw_receipt_page_shown;
  page_class->can_edit = tw_receipt_page_can_edit;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  g_type_ensure (TW_TYPE_SCAN_ENTRY);
  tw_detail_page_class_set_template (widget_class, "warehouse/receipt-page.ui", tw_receipt_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwReceiptPage, scan);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
}

static void
tw_receipt_page_init (TwReceiptPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
