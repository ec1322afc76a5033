/* product-page.c: one product
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/masterdata/masterdata-pages.h"
#include "client/widget/form-row.h"
#include "shared/document/common.h"
#include "shared/document/product.h"
#include "shared/policy/role.h"

struct _TwProductPage
{
  TwDetailPage parent_instance;

  GtkWidget *cost;
};

G_DEFINE_FINAL_TYPE (TwProductPage, tw_product_page, TW_TYPE_DETAIL_PAGE)

static void
tw_product_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwProduct *product = (TwProduct *) record;

  product->kind = tw_key_find (tw_product_kind_keys, "stocked");
  product->status = tw_key_find (tw_active_keys, "active");
}

/* A stored product shows its cost where the server sent one; for a new one the roles say whether it would. */
static void
tw_product_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwRoles roles = tw_roles_from_keys (tw_session_get_roles (tw_session_get_default ()));
  gboolean may = (tw_role_get_secrets (roles) & TW_SECRET_COST) != 0;
  gboolean known = record->id != 0 ? tw_record_has (record, "cost") : may;

  gtk_widget_set_visible (TW_PRODUCT_PAGE (page)->cost, known);
}

static void
tw_product_page_class_init (TwProductPageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  page_class->begin = tw_product_page_begin;
  page_class->shown = tw_product_page_shown;
  tw_detail_page_class_set_template (widget_class, "masterdata/product-page.ui", tw_product_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwProductPage, cost);
}

static void
tw_product_page_init (TwProductPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
