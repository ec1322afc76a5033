/* stock-count-page.c: a count of what is on the shelves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/stock-count-page.h"

#include "client/warehouse/scan-lines.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/line-editor.h"
#include "shared/document/stock-count.h"

struct _TwStockCountPage
{
  TwDetailPage parent_instance;

  TwScanEntry *scan;

  char *warehouse; /* of the last count that was looked at */
};

G_DEFINE_FINAL_TYPE (TwStockCountPage, tw_stock_count_page, TW_TYPE_DETAIL_PAGE)

static void
tw_stock_count_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwStockCount *count = (TwStockCount *) record;

  count->count_date = tw_date_today ();
  tw_record_set_string (&count->warehouse, TW_STOCK_COUNT_PAGE (page)->warehouse);
}

static void
tw_stock_count_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwStockCountPage *self = TW_STOCK_COUNT_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->scan), tw_detail_page_is_editing (page));
  if (record->id != 0)
    tw_record_set_string (&self->warehouse, ((TwStockCount *) record)->warehouse);
}

static void
scanned_cb (TwStockCountPage *self, const char *code)
{
  tw_scan_into_lines (TW_DETAIL_PAGE (self), self->scan, code, "counted");
}

static void
tw_stock_count_page_finalize (GObject *object)
{
  g_free (TW_STOCK_COUNT_PAGE (object)->warehouse);
  G_OBJECT_CLASS (tw_stock_count_page_parent_class)->finalize (object);
}

static void
tw_stock_count_page_class_init (TwStockCountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tw_stock_count_page_finalize;
  TW_DETAIL_PAGE_CLASS (klass)->begin = tw_stock_count_page_begin;
  TW_DETAIL_PAGE_CLASS (klass)->shown = tw_stock_count_page_shown;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  g_type_ensure (TW_TYPE_SCAN_ENTRY);
  tw_detail_page_class_set_template (widget_class, "warehouse/stock-count-page.ui", tw_stock_count_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwStockCountPage, scan);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
}

static void
tw_stock_count_page_init (TwStockCountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
