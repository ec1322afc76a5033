/* masterdata.h: what other areas ask of the master data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/carrier.h"
#include "shared/document/customer.h"
#include "shared/document/payment-term.h"
#include "shared/document/price-list.h"
#include "shared/document/product.h"
#include "shared/document/tax-class.h"
#include "shared/document/warehouse.h"

G_BEGIN_DECLS

extern const TwResource tw_customer_resource;
extern const TwResource tw_product_resource;
extern const TwResource tw_warehouse_resource;
extern const TwResource tw_price_list_resource;
extern const TwResource tw_tax_class_resource;
extern const TwResource tw_payment_term_resource;
extern const TwResource tw_carrier_resource;

extern const TwRoute tw_setting_routes[];

/* Registers the resources and routes of this area. */
void tw_masterdata_register (void);

/* By human key; a fault at @pointer ("/lines/0/product") when there is none or it is not active. (transfer full).
 * Record rule: a sales rep without order.read_all finds only own customers. What is not a customer or product is
 * shared: not to be changed. */
TwCustomer *tw_customer_find (TwContext *ctx, const char *code, const char *pointer, GError **error);
/* Locks its row, for what only one transaction at a time may find out of a customer. */
gboolean tw_customer_lock (TwContext *ctx, gint64 id, GError **error);
TwProduct *tw_product_find (TwContext *ctx, const char *sku_or_barcode, const char *pointer, GError **error);
TwWarehouse *tw_warehouse_find (TwContext *ctx, const char *code, const char *pointer, GError **error);
TwPaymentTerm *tw_payment_term_find (TwContext *ctx, const char *code, const char *pointer, GError **error);
/* What a document was agreed on, active or not; shared too. (transfer full) */
TwPaymentTerm *tw_payment_term_get (TwContext *ctx, gint64 id, GError **error);
TwTaxClass *tw_tax_class_find (TwContext *ctx, const char *code, const char *pointer, GError **error);
/* By id, whatever its status, without what it owes. NOT_FOUND by the same record rule. (transfer full) */
TwCustomer *tw_customer_get (TwContext *ctx, gint64 id, GError **error);
/* Without its items. */
TwPriceList *tw_price_list_find (TwContext *ctx, const char *code, const char *pointer, GError **error);
TwCarrier *tw_carrier_find (TwContext *ctx, const char *code, const char *pointer, GError **error);

/* The currency of a price list. (transfer full) */
char *tw_price_list_get_currency (TwContext *ctx, gint64 id, GError **error);

/* Company settings: names below; the default when it was never set. (transfer full) */
#define TW_SETTING_CURRENCY "company_currency"         /* "CNY" */
#define TW_SETTING_COMPANY_NAME "company_name"
#define TW_SETTING_COMPANY_ADDRESS "company_address"
#define TW_SETTING_COMPANY_TAX_ID "company_tax_id"
#define TW_SETTING_COMPANY_BANK "company_bank"
#define TW_SETTING_WAREHOUSE "default_warehouse"       /* "MAIN" */
#define TW_SETTING_MARGIN_FLOOR "margin_floor"         /* "0.05": a lower margin is a warning */
#define TW_SETTING_SALES_SEE_ALL "sales_see_all"       /* "no": sales reps see their own customers only */
#define TW_SETTING_GS1_PREFIX "gs1_prefix"              /* GS1 company prefix, 7 to 10 digits, of parcel codes */
#define TW_SETTING_LARGE_CREDIT "large_credit_note"    /* company currency; above it the finance manager signs */
/* "3": a shipment is released for picking that many days before its planned day; "": at once. */
#define TW_SETTING_RELEASE_DAYS "release_days"
char *tw_setting_get (TwContext *ctx, const char *name, GError **error);
/* A demonstration is marked once and for all: no setting that an administrator could lift. */
gboolean tw_setting_mark_demonstration (TwDb *db, GError **error);
gboolean tw_setting_is_demonstration (TwDb *db, gboolean *is_one, GError **error);
/* With its change row; a fault at /value when it makes no sense. */
gboolean tw_setting_set (TwContext *ctx, const char *name, const char *value, GError **error);

G_END_DECLS
