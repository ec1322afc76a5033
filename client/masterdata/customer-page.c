/* customer-page.c: one customer: who they are, on what terms, and how much credit is left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/masterdata/credit-bar.h"
#include "client/masterdata/masterdata-pages.h"
#include "client/widget/form-row.h"
#include "client/net/body.h"
#include "shared/document/common.h"
#include "shared/document/customer.h"
#include "shared/document/price-list.h"

struct _TwCustomerPage
{
  TwDetailPage parent_instance;

  GtkWidget *hold_label;
  TwCreditBar *credit_bar;
  TwFormRow *credit_limit;
};

G_DEFINE_FINAL_TYPE (TwCustomerPage, tw_customer_page, TW_TYPE_DETAIL_PAGE)

/* ---- What a new customer begins with ------------------------------------------------------------------------- */

static void
fill (TwRecord *record, const char *name, const char *value)
{
  const TwField *field = tw_record_find (record, name);

  if (tw_record_is_empty (record, field) && tw_record_load_text (record, field, value, NULL))
    tw_record_changed (record, name);
}

/* The list that was made first is the company's own, in its currency. */
static void
lists_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwRecord) record = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;
  JsonArray *items
    = object != NULL && json_object_has_member (object, "items") ? json_object_get_array_member (object,
                                                                                                 "items") : NULL;
  JsonObject *first;

  /* Without them the fields are empty, as all others; whoever saves is told what is missing. */
  if (items == NULL || json_array_get_length (items) == 0)
    return;
  first = json_array_get_object_element (items, 0);
  fill (record, "price_list", json_object_get_string_member_with_default (first, "code", ""));
  fill (record, "currency", json_object_get_string_member_with_default (first, "currency", ""));
}

static void
tw_customer_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwCustomer *customer = (TwCustomer *) record;

  customer->status = tw_key_find (tw_customer_status_keys, "active");
  customer->language = tw_key_find (tw_language_keys, "en");
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), "/price-lists?status=active&sort=id&limit=1",
                    tw_detail_page_get_cancellable (page), lists_read_cb, g_object_ref (record));
}

/* ---- As a detail page ---------------------------------------------------------------------------------------- */

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
