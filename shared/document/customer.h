/* customer.h: customers with their addresses and contacts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_customer_status_keys[]; /* active, blocked (no new orders), inactive */
extern const TwKey tw_address_kind_keys[];    /* billing, shipping */

struct _TwAddress
{
  TwRecord parent;
  const char *kind;
  char *name;
  char *street;
  char *city;
  char *region;
  char *postal_code;
  char *country;
  gboolean is_default;
};
TW_DECLARE_RECORD (TwAddress, tw_address)

struct _TwContact
{
  TwRecord parent;
  char *name;
  char *job_title;
  char *phone;
  char *email;
  gboolean is_default;
};
TW_DECLARE_RECORD (TwContact, tw_contact)

struct _TwCustomer
{
  TwRecord parent;
  char *code;
  char *name;
  char *local_name; /* in the company's own language, as it stands on documents */
  char *tax_id;
  char *price_list;
  gint64 price_list_id;
  char *payment_term;
  gint64 payment_term_id;
  TwDecimal credit_limit; /* company currency; 0: pays before delivery */
  char *currency;         /* ISO 4217 */
  const char *language;   /* of the documents sent */
  char *sales_rep;        /* user name */
  gint64 sales_rep_id;
  char *sales_rep_name;
  char *region;
  const char *status;
  gboolean credit_hold;
  char *notes;
  TwDecimal open_orders;   /* confirmed and not yet invoiced, company currency */
  TwDecimal open_invoices; /* posted and not yet paid */
  TwDecimal overdue;       /* of these, past their due date */
  GListStore *addresses;
  GListStore *contacts;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwCustomer, tw_customer)

G_END_DECLS
