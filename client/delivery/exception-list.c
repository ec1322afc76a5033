/* exception-list.c: what went wrong with shipments, and who has to solve it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/exception-list.h"

#include "shared/document/shipment.h"

struct _TwExceptionList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwExceptionList, tw_exception_list, TW_TYPE_LIST_PAGE)

static void
tw_exception_list_class_init (TwExceptionListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "delivery/exception-list.ui",
                                   tw_shipment_exception_get_type ());
}

static void
tw_exception_list_init (TwExceptionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
