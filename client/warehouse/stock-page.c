/* stock-page.c: a product in a warehouse, and how its stock moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/stock-page.h"

#include "client/model/record-list.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/table.h"
#include "shared/document/stock.h"

struct _TwStockPage
{
  TwDetailPage parent_instance;

  TwTable *moves;

  TwRecordList *list;
};

G_DEFINE_FINAL_TYPE (TwStockPage, tw_stock_page, TW_TYPE_DETAIL_PAGE)

/* The newest first, of this product in all warehouses: a transfer shows both its ends. */
static void
tw_stock_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwStockPage *self = TW_STOCK_PAGE (page);
  TwSession *session = tw_session_get_default ();
  g_autoptr (GString) route = g_string_new ("/stock-moves");

  gtk_widget_set_visible (GTK_WIDGET (self->moves), tw_session_may (session, "stock_move.read"));
  if (!tw_session_may (session, "stock_move.read"))
    return;
  tw_api_append_query (route, "product", ((TwStockLevel *) record)->product);
  if (self->list != NULL && g_str_equal (tw_record_list_get_route (self->list), route->str))
    {
      tw_record_list_refresh (self->list);
      return;
    }
  g_clear_object (&self->list);
  self->list = tw_record_list_new (session, tw_stock_move_get_type (), route->str);
  tw_table_set_model (self->moves, G_LIST_MODEL (self->list));
}

static void
move_activated_cb (TwStockPage *self, TwRecord *record)
{
  TwStockMove *move = (TwStockMove *) record;

  if (move->document != NULL && move->document_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", move->document, move->document_id);
}

static void
tw_stock_page_dispose (GObject *object)
{
  g_clear_object (&TW_STOCK_PAGE (object)->list);
  G_OBJECT_CLASS (tw_stock_page_parent_class)->dispose (object);
}

static void
tw_stock_page_class_init (TwStockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_stock_page_dispose;
  TW_DETAIL_PAGE_CLASS (klass)->shown = tw_stock_page_shown;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_stock_move_get_type ());
  tw_detail_page_class_set_template (widget_class, "warehouse/stock-page.ui", tw_stock_level_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwStockPage, moves);
  gtk_widget_class_bind_template_callback (widget_class, move_activated_cb);
}

static void
tw_stock_page_init (TwStockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
