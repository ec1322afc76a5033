/* areas.c: what the window offers, one row an area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/areas.h"

#include "client/admin/admin-pages.h"
#include "client/admin/settings-page.h"
#include "client/approval/approval-list.h"
#include "client/approval/approval-page.h"
#include "client/approval/delegation-list.h"
#include "client/approval/delegation-page.h"
#include "client/delivery/exception-list.h"
#include "client/delivery/exception-page.h"
#include "client/delivery/shipment-list.h"
#include "client/delivery/shipment-page.h"
#include "client/delivery/trip-list.h"
#include "client/delivery/trip-page.h"
#include "client/finance/finance-pages.h"
#include "client/finance/statement-page.h"
#include "client/masterdata/masterdata-pages.h"
#include "client/net/session.h"
#include "client/sales/order-list.h"
#include "client/sales/order-page.h"
#include "client/warehouse/picking-list.h"
#include "client/warehouse/receipt-list.h"
#include "client/warehouse/receipt-page.h"
#include "client/warehouse/stock-count-list.h"
#include "client/warehouse/stock-count-page.h"
#include "client/warehouse/stock-list.h"
#include "client/warehouse/stock-page.h"
#include "shared/base/text.h"

const TwArea tw_areas[] = {
  { .id = "approvals",
    .label = N_ ("Approvals"),
    .group = N_ ("Sales"),
    .icon = "document-edit-symbolic",
    .permission = "approval.read",
    .list = tw_approval_list_get_type,
    .detail = tw_approval_page_get_type,
    .document = "approval",
    .waiting = { { "/approvals", "order.approve" } } },
  { .id = "orders",
    .label = N_ ("Sales orders"),
    .group = N_ ("Sales"),
    .icon = "x-office-document-symbolic",
    .permission = "order.read",
    .list = tw_order_list_get_type,
    .detail = tw_order_page_get_type,
    .document = "order" },
  { .id = "delegations",
    .label = N_ ("Delegations"),
    .group = N_ ("Sales"),
    .icon = "system-users-symbolic",
    .permission = "delegation.read",
    .list = tw_delegation_list_get_type,
    .detail = tw_delegation_page_get_type,
    .document = "delegation" },
  { .id = "picking",
    .label = N_ ("Picking"),
    .group = N_ ("Warehouse"),
    .icon = "edit-select-all-symbolic",
    .permission = "shipment.pick",
    .list = tw_picking_list_get_type,
    .detail = tw_shipment_page_get_type,
    .waiting = { { "/shipments?state.in=released,picking,picked,packed,checked", "shipment.pick" } } },
  { .id = "receipts",
    .label = N_ ("Goods receipts"),
    .group = N_ ("Warehouse"),
    .icon = "folder-download-symbolic",
    .permission = "receipt.read",
    .list = tw_receipt_list_get_type,
    .detail = tw_receipt_page_get_type,
    .document = "receipt" },
  { .id = "stock",
    .label = N_ ("Stock"),
    .group = N_ ("Warehouse"),
    .icon = "package-x-generic-symbolic",
    .permission = "stock.read",
    .list = tw_stock_list_get_type,
    .detail = tw_stock_page_get_type,
    .document = "stock" },
  { .id = "stock-counts",
    .label = N_ ("Stock counts"),
    .group = N_ ("Warehouse"),
    .icon = "view-list-ordered-symbolic",
    .permission = "stock_count.read",
    .list = tw_stock_count_list_get_type,
    .detail = tw_stock_count_page_get_type,
    .document = "stock_count" },
  { .id = "shipments",
    .label = N_ ("Shipments"),
    .group = N_ ("Delivery"),
    .icon = "send-to-symbolic",
    .permission = "shipment.read",
    .list = tw_shipment_list_get_type,
    .detail = tw_shipment_page_get_type,
    .document = "shipment",
    .waiting = { { "/shipments?state=ready&trip=null", "shipment.dispatch" } } },
  { .id = "trips",
    .label = N_ ("Trips"),
    .group = N_ ("Delivery"),
    .icon = "mark-location-symbolic",
    .permission = "trip.read",
    .list = tw_trip_list_get_type,
    .detail = tw_trip_page_get_type,
    .document = "trip",
    .waiting = { { "/trips?state.in=planned,loading,departed", "trip.depart" } } },
  { .id = "exceptions",
    .label = N_ ("Problems"),
    .group = N_ ("Delivery"),
    .icon = "dialog-warning-symbolic",
    .permission = "shipment_exception.read",
    .list = tw_exception_list_get_type,
    .detail = tw_exception_page_get_type,
    .document = "shipment_exception",
    .waiting = { { "/shipment-exceptions?state=open", "shipment_exception.resolve" } } },
  { .id = "to-invoice",
    .label = N_ ("To invoice"),
    .group = N_ ("Finance"),
    .icon = "emblem-documents-symbolic",
    .permission = "invoice.create",
    .list = tw_to_invoice_list_get_type,
    .detail = tw_to_invoice_page_get_type,
    .waiting = { { "/orders?delivery_status.ne=none&invoice_status.ne=full", "invoice.create" } } },
  { .id = "invoices",
    .label = N_ ("Invoices"),
    .group = N_ ("Finance"),
    .icon = "x-office-document-symbolic",
    .permission = "invoice.read",
    .list = tw_invoice_list_get_type,
    .detail = tw_invoice_page_get_type,
    .document = "invoice" },
  { .id = "payments",
    .label = N_ ("Payments"),
    .group = N_ ("Finance"),
    .icon = "folder-download-symbolic",
    .permission = "payment.read",
    .list = tw_payment_list_get_type,
    .detail = tw_payment_page_get_type,
    .document = "payment",
    .waiting = { { "/payments?state=received&rest.gt=0", "payment.allocate" } } },
  { .id = "refunds",
    .label = N_ ("Refunds"),
    .group = N_ ("Finance"),
    .icon = "edit-undo-symbolic",
    .permission = "refund.read",
    .list = tw_refund_list_get_type,
    .detail = tw_refund_page_get_type,
    .document = "refund",
    .waiting = { { "/refunds?state.in=requested,approved", "refund.approve" },
                 { "/refunds?state=approved", "refund.pay_out" } } },
  { .id = "receivables",
    .label = N_ ("Receivables"),
    .group = N_ ("Finance"),
    .icon = "appointment-new-symbolic",
    .permission = "receivable.read",
    .list = tw_receivable_list_get_type },
  { .id = "statements",
    .label = N_ ("Statements"),
    .group = N_ ("Finance"),
    .icon = "document-print-preview-symbolic",
    .permission = "statement.read",
    .page = tw_statement_page_get_type },
  { .id = "journal",
    .label = N_ ("Journal"),
    .group = N_ ("Finance"),
    .icon = "view-list-bullet-symbolic",
    .permission = "journal.read",
    .list = tw_journal_list_get_type,
    .document = "journal" },
  { .id = "customers",
    .label = N_ ("Customers"),
    .group = N_ ("Master data"),
    .icon = "x-office-address-book-symbolic",
    .permission = "customer.read",
    .list = tw_customer_list_get_type,
    .detail = tw_customer_page_get_type,
    .document = "customer" },
  { .id = "products",
    .label = N_ ("Products"),
    .group = N_ ("Master data"),
    .icon = "package-x-generic-symbolic",
    .permission = "product.read",
    .list = tw_product_list_get_type,
    .detail = tw_product_page_get_type,
    .document = "product" },
  { .id = "price-lists",
    .label = N_ ("Price lists"),
    .group = N_ ("Master data"),
    .icon = "view-list-symbolic",
    .permission = "price_list.read",
    .list = tw_price_list_list_get_type,
    .detail = tw_price_list_page_get_type,
    .document = "price_list" },
  { .id = "payment-terms",
    .label = N_ ("Payment terms"),
    .group = N_ ("Master data"),
    .icon = "x-office-calendar-symbolic",
    .permission = "payment_term.write",
    .overseer_permission = "audit.read",
    .list = tw_payment_term_list_get_type,
    .detail = tw_payment_term_page_get_type,
    .document = "payment_term" },
  { .id = "tax-classes",
    .label = N_ ("Tax classes"),
    .group = N_ ("Master data"),
    .icon = "accessories-calculator-symbolic",
    .permission = "tax_class.write",
    .overseer_permission = "audit.read",
    .list = tw_tax_class_list_get_type,
    .detail = tw_tax_class_page_get_type,
    .document = "tax_class" },
  { .id = "carriers",
    .label = N_ ("Carriers"),
    .group = N_ ("Master data"),
    .icon = "send-to-symbolic",
    .permission = "carrier.write",
    .overseer_permission = "audit.read",
    .list = tw_carrier_list_get_type,
    .detail = tw_carrier_page_get_type,
    .document = "carrier" },
  { .id = "warehouses",
    .label = N_ ("Warehouses"),
    .group = N_ ("Master data"),
    .icon = "go-home-symbolic",
    .permission = "setting.read",
    .list = tw_warehouse_list_get_type,
    .detail = tw_warehouse_page_get_type,
    .document = "warehouse" },
  { .id = "users",
    .label = N_ ("Users"),
    .group = N_ ("Administration"),
    .icon = "system-users-symbolic",
    .permission = "user.read",
    .list = tw_user_list_get_type,
    .detail = tw_user_page_get_type,
    .document = "user" },
  { .id = "approval-rules",
    .label = N_ ("Approval rules"),
    .group = N_ ("Administration"),
    .icon = "application-certificate-symbolic",
    .permission = "setting.read",
    .list = tw_approval_rule_list_get_type,
    .detail = tw_approval_rule_page_get_type,
    .document = "approval_rule" },
  { .id = "settings",
    .label = N_ ("Settings"),
    .group = N_ ("Administration"),
    .icon = "emblem-system-symbolic",
    .permission = "setting.read",
    .page = tw_settings_page_get_type },
  { .id = "audit",
    .label = N_ ("Audit log"),
    .group = N_ ("Administration"),
    .icon = "document-open-recent-symbolic",
    .permission = "audit.read",
    .list = tw_audit_list_get_type },
  { NULL },
};

gboolean
tw_area_is_open (const TwArea *area)
{
  TwSession *session = tw_session_get_default ();

  return tw_session_may (session, area->permission)
         || (area->overseer_permission != NULL && tw_session_may (session, area->overseer_permission));
}

const char *
tw_area_get_waiting (const TwArea *area)
{
  for (guint i = 0; i < G_N_ELEMENTS (area->waiting) && area->waiting[i].list != NULL; i++)
    if (tw_session_may (tw_session_get_default (), area->waiting[i].permission))
      return area->waiting[i].list;
  return NULL;
}

const TwArea *
tw_area_find (const char *id)
{
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    if (g_strcmp0 (area->id, id) == 0)
      return area;
  return NULL;
}

const TwArea *
tw_area_find_document (const char *document)
{
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    if (area->document != NULL && g_str_equal (area->document, document))
      return area;
  return NULL;
}

struct _TwAreaItem
{
  GObject parent_instance;

  const TwArea *area;
  gboolean with_heading;
  guint waiting;
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_HEADING,
  PROP_ICON,
  PROP_WAITING,
  PROP_WAITING_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwAreaItem, tw_area_item, G_TYPE_OBJECT)

static void
tw_area_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwAreaItem *self = TW_AREA_ITEM (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, _(self->area->label));
      break;
    case PROP_HEADING:
      g_value_set_string (value, self->with_heading ? _(self->area->group) : "");
      break;
    case PROP_ICON:
      g_value_set_string (value, self->area->icon);
      break;
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_WAITING_TEXT:
      g_value_take_string (value, self->waiting > 999 ? g_strdup ("999+") : g_strdup_printf ("%u", self->waiting));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_area_item_class_init (TwAreaItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tw_area_item_get_property;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_WAITING_TEXT] = g_param_spec_string ("waiting-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_area_item_init (TwAreaItem *self)
{
}

TwAreaItem *
tw_area_item_new (const TwArea *area, gboolean with_heading)
{
  TwAreaItem *self = g_object_new (TW_TYPE_AREA_ITEM, NULL);

  self->area = area;
  self->with_heading = with_heading;
  return self;
}

const TwArea *
tw_area_item_get_area (TwAreaItem *self)
{
  return self->area;
}

void
tw_area_item_set_waiting (TwAreaItem *self, guint waiting)
{
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING_TEXT]);
}
