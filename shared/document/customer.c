/* customer.c: see customer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/customer.h"

#include "shared/document/action.h"
#include "shared/document/common.h"

const TwKey tw_customer_status_keys[] = {
  { "active", N_ ("Active") },
  { "blocked", N_ ("Blocked") },
  { "inactive", N_ ("Inactive") },
  { NULL },
};

const TwKey tw_address_kind_keys[] = {
  /* Translators: kind of address */
  { "billing", N_ ("Billing") },
  /* Translators: kind of address */
  { "shipping", N_ ("Shipping") },
  { NULL },
};

static const TwField address_fields[] = {
  TW_LINE_FIELDS (TwAddress),
  TW_KEY (TwAddress, kind, N_ ("Kind"), tw_address_kind_keys, TW_REQUIRED),
  TW_TEXT (TwAddress, name, N_ ("Recipient"), 120, 0),
  TW_TEXT (TwAddress, street, N_ ("Street"), 200, TW_REQUIRED),
  TW_TEXT (TwAddress, city, N_ ("City"), 80, TW_REQUIRED),
  TW_TEXT (TwAddress, region, N_ ("Region"), 80, 0),
  TW_TEXT (TwAddress, postal_code, N_ ("Postal code"), 20, 0),
  TW_TEXT (TwAddress, country, N_ ("Country"), 80, 0),
  TW_BOOL (TwAddress, is_default, N_ ("Default"), 0),
};
TW_DEFINE_RECORD (TwAddress, tw_address, "address", N_ ("Address"), address_fields)

static const TwField contact_fields[] = {
  TW_LINE_FIELDS (TwContact),
  TW_TEXT (TwContact, name, N_ ("Full name"), 120, TW_REQUIRED),
  TW_TEXT (TwContact, job_title, N_ ("Job title"), 80, 0),
  TW_TEXT (TwContact, phone, N_ ("Phone"), 40, 0),
  TW_TEXT (TwContact, email, N_ ("E-mail"), 120, 0),
  TW_BOOL (TwContact, is_default, N_ ("Default"), 0),
};
TW_DEFINE_RECORD (TwContact, tw_contact, "contact", N_ ("Contact"), contact_fields)

static const TwField customer_fields[] = {
  TW_RECORD_FIELDS (TwCustomer),
  TW_TEXT (TwCustomer, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwCustomer, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_TEXT (TwCustomer, local_name, N_ ("Local name"), 120, 0),
  TW_TEXT (TwCustomer, tax_id, N_ ("Tax number"), 40, 0),
  TW_TEXT (TwCustomer, price_list, N_ ("Price list"), 20, TW_REQUIRED),
  TW_INT (TwCustomer, price_list_id, N_ ("Price list"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwCustomer, payment_term, N_ ("Payment term"), 20, TW_REQUIRED),
  TW_INT (TwCustomer, payment_term_id, N_ ("Payment term"), 0, G_MAXINT64, TW_SERVER),
  TW_MONEY (TwCustomer, credit_limit, N_ ("Credit limit"), TW_NOT_NEGATIVE),
  TW_TEXT (TwCustomer, currency, N_ ("Currency"), 3, TW_REQUIRED),
  TW_KEY (TwCustomer, language, N_ ("Language"), tw_language_keys, 0),
  TW_TEXT (TwCustomer, sales_rep, N_ ("Sales rep"), 40, 0),
  TW_INT (TwCustomer, sales_rep_id, N_ ("Sales rep"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwCustomer, sales_rep_name, N_ ("Sales rep"), 120, TW_SERVER),
  TW_TEXT (TwCustomer, region, N_ ("Region"), 80, 0),
  TW_KEY (TwCustomer, status, N_ ("Status"), tw_customer_status_keys, 0),
  TW_BOOL (TwCustomer, credit_hold, N_ ("Credit hold"), TW_SERVER),
  TW_TEXT (TwCustomer, notes, N_ ("Notes"), 2000, TW_MULTILINE | TW_ABSENT),
  TW_MONEY (TwCustomer, open_orders, N_ ("Open orders"), TW_SERVER | TW_ABSENT),
  TW_MONEY (TwCustomer, open_invoices, N_ ("Open invoices"), TW_SERVER | TW_ABSENT),
  TW_MONEY (TwCustomer, overdue, N_ ("Overdue"), TW_SERVER | TW_ABSENT),
  TW_LIST (TwCustomer, addresses, N_ ("Addresses"), tw_address_get_type, 50, TW_ABSENT),
  TW_LIST (TwCustomer, contacts, N_ ("Contacts"), tw_contact_get_type, 50, TW_ABSENT),
  TW_LIST (TwCustomer, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwCustomer, tw_customer, "customer", N_ ("Customer"), customer_fields)
