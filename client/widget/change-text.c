/* change-text.c: see change-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/change-text.h"

#include "client/admin/company-settings.h"
#include "shared/base/text.h"
#include "shared/document/approval-rule.h"
#include "shared/document/carrier.h"
#include "shared/document/customer.h"
#include "shared/document/invoice.h"
#include "shared/document/order.h"
#include "shared/document/payment-term.h"
#include "shared/document/payment.h"
#include "shared/document/price-list.h"
#include "shared/document/product.h"
#include "shared/document/refund.h"
#include "shared/document/setting.h"
#include "shared/document/shipment.h"
#include "shared/document/stock-count.h"
#include "shared/document/stock.h"
#include "shared/document/tax-class.h"
#include "shared/document/trip.h"
#include "shared/document/user.h"
#include "shared/document/warehouse.h"
#include "shared/policy/transition.h"

static const TwKey verbs[] = {
  { "create", N_ ("Created") },
  { "change", N_ ("Changed") },
  { "update", N_ ("Changed") },
  { "delete", N_ ("Deleted") },
  { "import", N_ ("Imported") },
  { "sign", N_ ("Signed") },
  { "approve", N_ ("Approved") },
  { "escalate", N_ ("Escalated") },
  /* Translators: a step that follows from others by itself, such as the first pick of an order */
  { "progress", N_ ("Moved on") },
  { "settle", N_ ("Settled") },
  /* Translators: money of a payment, for a refund that is asked for */
  { "set_aside", N_ ("Set aside") },
  /* Translators: money that had been set aside for a refund */
  { "put_back", N_ ("Put back") },
  { "pay_back", N_ ("Paid back") },
  { "set_password", N_ ("Password set") },
  { "change_password", N_ ("Password changed") },
  { "sign_in", N_ ("Signed in") },
  { "sign_out", N_ ("Signed out") },
  { "sign_in_failed", N_ ("Failed to sign in") },
  { "restore", N_ ("Restored from a backup") },
  { NULL },
};

/* What the log says beside fields of the document: arguments of its steps, and facts of a signature. */
static const TwKey facts[] = {
  { "comment", N_ ("Comment") },
  { "reason", N_ ("Reason") },
  { "level", N_ ("Level") },
  { "decision", N_ ("Decision") },
  /* Translators: a short checksum of what was signed */
  { "digest", N_ ("Checksum of the content") },
  { "backup_at", N_ ("Backup made at") },
  /* Translators: the number of the last entry of the change log that a backup has */
  { "backup_seq", N_ ("Last change in the backup") },
  /* Translators: a number of an entry of the change log that is lost */
  { "witnessed_seq", N_ ("Last change known of") },
  { NULL },
};

const char *
tw_change_text_action (const char *document, const char *action)
{
  const TwField *setting = g_strcmp0 (document, "setting") == 0 && action != NULL
                             ? tw_record_type_find (tw_company_settings_get_type (), action)
                             : NULL;

  /* The change of a setting is logged by the setting's name. */
  if (setting != NULL)
    return _(setting->label);
  for (const TwKey *verb = verbs; verb->key != NULL; verb++)
    if (g_strcmp0 (verb->key, action) == 0)
      return _(verb->label);
  for (const TwTransition *row = document != NULL ? tw_transition_first (document) : NULL;
       row != NULL && row->document != NULL && g_str_equal (row->document, document); row++)
    if (g_strcmp0 (row->action, action) == 0)
      return _(row->label);
  return action != NULL ? action : "";
}

GType
tw_change_text_type (const char *document)
{
  static GType (*const types[]) (void) = {
    tw_approval_rule_get_type,
    tw_carrier_get_type,
    tw_customer_get_type,
    tw_delegation_get_type,
    tw_invoice_get_type,
    tw_order_get_type,
    tw_payment_get_type,
    tw_payment_term_get_type,
    tw_price_list_get_type,
    tw_product_get_type,
    tw_receipt_get_type,
    tw_refund_get_type,
    tw_setting_get_type,
    tw_shipment_exception_get_type,
    tw_shipment_get_type,
    tw_stock_count_get_type,
    tw_tax_class_get_type,
    tw_trip_get_type,
    tw_user_get_type,
    tw_warehouse_get_type,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (tw_record_type_get_info (types[i] ())->document, document) == 0)
      return types[i] ();
  return G_TYPE_INVALID;
}

const char *
tw_change_text_document (const char *document)
{
  GType type = tw_change_text_type (document);

  if (type != G_TYPE_INVALID)
    return _(tw_record_type_get_info (type)->label);
  if (g_strcmp0 (document, "database") == 0)
    return _("Database");
  return document != NULL ? document : "";
}

const char *
tw_change_text_name (const char *document, const char *name)
{
  GType type = tw_change_text_type (document);
  const TwField *field = type != G_TYPE_INVALID ? tw_record_type_find (type, name) : NULL;

  return field != NULL && field->label != NULL ? _(field->label) : tw_key_get_label (facts, name);
}

const char *
tw_change_text_field (TwChange *change, const TwField *field)
{
  if (g_str_equal (field->name, "document"))
    return tw_change_text_document (change->document);
  if (g_str_equal (field->name, "action"))
    return tw_change_text_action (change->document, change->action);
  return NULL;
}
