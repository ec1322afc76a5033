/* customer-page.c: one customer: who they are, on what terms, and how much credit is left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/masterdata/credit-bar.h"
#include "client/masterdata/masterdata-pages.h"
#include "client/widget/form-row.h"
#include "shared/document/common.h"
#include "shared/document/customer.h"

struct _TwCustomerPage
{
  TwDetailPage parent_instance;

  GtkWidget *hold_label;
  TwCreditBar *credit_bar;
  TwFormRow *credit_limit;
};

G_DEFINE_FINAL_TYPE (TwCustomerPage, tw_customer_page, TW_TYPE_DETAIL_PAGE)

static void
tw_customer_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwCustomer *customer = (TwCustomer *) record;

  customer->status = tw_key_find (tw_customer_status_keys, "active");
  customer->language = tw_key_find (tw_language_keys, "en");
}

static void
tw_customer_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwCustomerPage *self = TW_CUSTOMER_PAGE (page);
  TwCustomer *customer = (TwCustomer *) record;

  gtk_widget_set_visible (GTK_WIDGET (self->credit_bar), record->id != 0);
  gtk_widget_set_visible (self->hold_label, customer->credit_hold);
  tw_credit_bar_show (self->credit_bar, customer);
}

static void
tw_customer_page_edited (TwDetailPage *page, TwRecord *record, const char *field)
{
  if (g_str_equal (field, "credit_limit"))
    tw_credit_bar_show (TW_CUSTOMER_PAGE (page)->credit_bar, (TwCustomer *) record);
}

static void
tw_customer_page_class_init (TwCustomerPageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  page_class->begin = tw_customer_page_begin;
  page_class->shown = tw_customer_page_shown;
  page_class->edited = tw_customer_page_edited;
  g_type_ensure (TW_TYPE_CREDIT_BAR);
  tw_detail_page_class_set_template (widget_class, "masterdata/customer-page.ui", tw_customer_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwCustomerPage, hold_label);
  gtk_widget_class_bind_template_child (widget_class, TwCustomerPage, credit_bar);
  gtk_widget_class_bind_template_child (widget_class, TwCustomerPage, credit_limit);
}

static void
tw_customer_page_init (TwCustomerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The server would refuse it from anybody else. */
  g_object_set (self->credit_limit, "read-only", !tw_session_may (tw_session_get_default (), "customer.credit"), NULL);
}
