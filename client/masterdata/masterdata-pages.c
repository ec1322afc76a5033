/* masterdata-pages.c: lists and forms that their templates say all about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/masterdata/masterdata-pages.h"

#include "client/widget/plain-page.h"
#include "shared/document/carrier.h"
#include "shared/document/customer.h"
#include "shared/document/payment-term.h"
#include "shared/document/price-list.h"
#include "shared/document/product.h"
#include "shared/document/tax-class.h"
#include "shared/document/warehouse.h"

TW_DEFINE_PLAIN_LIST (TwCustomerList, tw_customer_list, "masterdata/customer-list.ui", tw_customer_get_type)
TW_DEFINE_PLAIN_LIST (TwProductList, tw_product_list, "masterdata/product-list.ui", tw_product_get_type)
TW_DEFINE_PLAIN_LIST (TwPriceListList, tw_price_list_list, "masterdata/price-list-list.ui", tw_price_list_get_type)
TW_DEFINE_PLAIN_DETAIL (TwPriceListPage, tw_price_list_page, "masterdata/price-list-page.ui", tw_price_list_get_type)
TW_DEFINE_PLAIN_LIST (TwPaymentTermList, tw_payment_term_list, "masterdata/payment-term-list.ui",
                      tw_payment_term_get_type)
TW_DEFINE_PLAIN_DETAIL (TwPaymentTermPage, tw_payment_term_page, "masterdata/payment-term-page.ui",
                        tw_payment_term_get_type)
TW_DEFINE_PLAIN_LIST (TwTaxClassList, tw_tax_class_list, "masterdata/tax-class-list.ui", tw_tax_class_get_type)
TW_DEFINE_PLAIN_DETAIL (TwTaxClassPage, tw_tax_class_page, "masterdata/tax-class-page.ui", tw_tax_class_get_type)
TW_DEFINE_PLAIN_LIST (TwCarrierList, tw_carrier_list, "masterdata/carrier-list.ui", tw_carrier_get_type)
TW_DEFINE_PLAIN_DETAIL (TwCarrierPage, tw_carrier_page, "masterdata/carrier-page.ui", tw_carrier_get_type)
TW_DEFINE_PLAIN_LIST (TwWarehouseList, tw_warehouse_list, "masterdata/warehouse-list.ui", tw_warehouse_get_type)
TW_DEFINE_PLAIN_DETAIL (TwWarehousePage, tw_warehouse_page, "masterdata/warehouse-page.ui", tw_warehouse_get_type)
