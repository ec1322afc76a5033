/* customers.c: see customers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/customers.h"

#include "server/demo/sample.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/common.h"

#define CREDIT_LIMIT 30000
#define LARGE_CREDIT_LIMIT 150000

const char *
tw_demo_rep (const char *customer_code)
{
  return g_str_hash (customer_code) % 2 == 0 ? "sales" : "sales2";
}

/* The customers who buy most. */
static gboolean
is_large (const char *code)
{
  const char *const large[] = { "ERNSH", "HUNGO", "QUICK", "RATTC", "SAVEA", NULL };

  return g_strv_contains (large, code);
}

static void
add_address (TwCustomer *customer, TwSample *rows, guint i, const char *kind)
{
  g_autoptr (TwAddress) address = tw_address_new ();

  address->kind = tw_key_find (tw_address_kind_keys, kind);
  tw_record_set_string (&address->name, customer->name);
  tw_record_set_string (&address->street, tw_sample_get (rows, i, "address"));
  tw_record_set_string (&address->city, tw_sample_get (rows, i, "city"));
  tw_record_set_string (&address->region, tw_sample_get (rows, i, "region"));
  tw_record_set_string (&address->postal_code, tw_sample_get (rows, i, "postal_code"));
  tw_record_set_string (&address->country, tw_sample_get (rows, i, "country"));
  address->is_default = TRUE;
  g_list_store_append (customer->addresses, address);
}

static void
add_contact (TwCustomer *customer, TwSample *rows, guint i)
{
  g_autoptr (TwContact) contact = tw_contact_new ();

  tw_record_set_string (&contact->name, tw_sample_get (rows, i, "contact_name"));
  tw_record_set_string (&contact->job_title, tw_sample_get (rows, i, "contact_title"));
  tw_record_set_string (&contact->phone, tw_sample_get (rows, i, "phone"));
  contact->is_default = TRUE;
  g_list_store_append (customer->contacts, contact);
}

/* By the finance manager, who alone may give credit. */
static gboolean
add_customer (TwStage *stage, TwSample *rows, guint i, GError **error)
{
  g_autoptr (TwCustomer) customer = tw_customer_new ();
  const char *code = tw_sample_get (rows, i, "customer_id");

  tw_record_set_string (&customer->code, code);
  tw_record_set_string (&customer->name, tw_sample_get (rows, i, "company_name"));
  customer->tax_id = g_strdup_printf ("TAX-%s", code);
  tw_record_set_string (&customer->price_list, "STANDARD");
  tw_record_set_string (&customer->payment_term, is_large (code) ? "SPLIT" : "NET30");
  customer->credit_limit = tw_decimal_from_int (is_large (code) ? LARGE_CREDIT_LIMIT : CREDIT_LIMIT);
  tw_record_set_string (&customer->currency, "CNY");
  customer->language = tw_key_find (tw_language_keys, i % 4 == 0 ? "zh_CN" : "en");
  tw_record_set_string (&customer->sales_rep, tw_demo_rep (code));
  tw_record_set_string (&customer->region, tw_sample_get (rows, i, "country"));
  add_address (customer, rows, i, "billing");
  add_address (customer, rows, i, "shipping");
  add_contact (customer, rows, i);
  return tw_stage_create (stage, "finance_manager", &tw_customer_resource, customer, error);
}

gboolean
tw_demo_add_customers (TwStage *stage, GError **error)
{
  g_autoptr (TwSample) rows = tw_sample_read (tw_stage_get_folder (stage), "customers.csv", error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < tw_sample_count (rows); i++)
    if (!add_customer (stage, rows, i, error))
      return FALSE;
  return TRUE;
}
