/* masterdata-pages.h: the lists and forms of what a company trades with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each shows is in its template below ui/masterdata.
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

G_DECLARE_FINAL_TYPE (TwCustomerList, tw_customer_list, TW, CUSTOMER_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwProductList, tw_product_list, TW, PRODUCT_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwPriceListList, tw_price_list_list, TW, PRICE_LIST_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwPriceListPage, tw_price_list_page, TW, PRICE_LIST_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwTaxClassList, tw_tax_class_list, TW, TAX_CLASS_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwTaxClassPage, tw_tax_class_page, TW, TAX_CLASS_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwPaymentTermList, tw_payment_term_list, TW, PAYMENT_TERM_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwPaymentTermPage, tw_payment_term_page, TW, PAYMENT_TERM_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwCarrierList, tw_carrier_list, TW, CARRIER_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwCarrierPage, tw_carrier_page, TW, CARRIER_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwWarehouseList, tw_warehouse_list, TW, WAREHOUSE_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwWarehousePage, tw_warehouse_page, TW, WAREHOUSE_PAGE, TwDetailPage)
/* With code of their own: customer-page.c, product-page.c. */
G_DECLARE_FINAL_TYPE (TwCustomerPage, tw_customer_page, TW, CUSTOMER_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwProductPage, tw_product_page, TW, PRODUCT_PAGE, TwDetailPage)

G_END_DECLS
