/* company.c: see company.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/company.h"

#include "server/demo/customers.h"
#include "server/demo/goods.h"
#include "server/demo/people.h"
#include "server/demo/rules.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/carrier.h"
#include "shared/document/tax-class.h"

static gboolean
store_settings (TwContext *ctx, gpointer data, GError **error)
{
  static const char *const values[][2] = {
    { TW_SETTING_COMPANY_NAME, "信风贸易有限公司 Tradewind Trading Co., Ltd." },
    { TW_SETTING_COMPANY_ADDRESS, "上海市浦东新区世纪大道 100 号\n100 Century Avenue, Pudong, Shanghai" },
    { TW_SETTING_COMPANY_TAX_ID, "91310115MA1K3TRADE" },
    { TW_SETTING_COMPANY_BANK, "中国银行上海分行 4400 1234 5678 9012" },
    { TW_SETTING_CURRENCY, "CNY" },
    { TW_SETTING_WAREHOUSE, "MAIN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (!tw_setting_set (ctx, values[i][0], values[i][1], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_tax_class (TwStage *stage, const char *code, const char *name, const char *rate, GError **error)
{
  g_autoptr (TwTaxClass) tax_class = tw_tax_class_new ();

  tw_record_set_string (&tax_class->code, code);
  tw_record_set_string (&tax_class->name, name);
  return tw_decimal_parse (rate, &tax_class->rate, error)
         && tw_stage_create (stage, "admin", &tw_tax_class_resource, tax_class, error);
}

static gboolean
add_taxes (TwStage *stage, GError **error)
{
  return add_tax_class (stage, "standard", "增值税 13% VAT", "0.13", error)
         && add_tax_class (stage, "reduced", "增值税 9% VAT", "0.09", error)
         && add_tax_class (stage, "service", "增值税 6% VAT", "0.06", error)
         && add_tax_class (stage, "zero", "零税率 zero rate", "0", error);
}

static gboolean
add_instalment (TwPaymentTerm *term, const char *share, gint64 days, GError **error)
{
  g_autoptr (TwInstalment) instalment = tw_instalment_new ();

  instalment->days = days;
  g_list_store_append (term->instalments, instalment);
  return tw_decimal_parse (share, &instalment->share, error);
}

static gboolean
add_term (TwStage *stage, const char *code, const char *name, gint64 first, gint64 second, GError **error)
{
  g_autoptr (TwPaymentTerm) term = tw_payment_term_new ();

  tw_record_set_string (&term->code, code);
  tw_record_set_string (&term->name, name);
  if (!add_instalment (term, second > 0 ? "0.5" : "1", first, error)
      || (second > 0 && !add_instalment (term, "0.5", second, error)))
    return FALSE;
  return tw_stage_create (stage, "admin", &tw_payment_term_resource, term, error);
}

static gboolean
add_terms (TwStage *stage, GError **error)
{
  return add_term (stage, "CASH", "现款 cash on delivery", 0, 0, error)
         && add_term (stage, "NET30", "月结30天 30 days net", 30, 0, error)
         && add_term (stage, "SPLIT", "两期 half in 30, half in 60 days", 30, 60, error);
}

static gboolean
add_warehouse (TwStage *stage, const char *code, const char *name, const char *city, GError **error)
{
  g_autoptr (TwWarehouse) warehouse = tw_warehouse_new ();

  tw_record_set_string (&warehouse->code, code);
  tw_record_set_string (&warehouse->name, name);
  tw_record_set_string (&warehouse->city, city);
  tw_record_set_string (&warehouse->country, "China");
  return tw_stage_create (stage, "admin", &tw_warehouse_resource, warehouse, error);
}

static gboolean
add_carriers (TwStage *stage, GError **error)
{
  g_autoptr (TwSample) shippers = tw_sample_read (tw_stage_get_folder (stage), "shippers.csv", error);

  if (shippers == NULL)
    return FALSE;
  for (guint i = 0; i < tw_sample_count (shippers); i++)
    {
      g_autoptr (TwCarrier) carrier = tw_carrier_new ();

      carrier->code = g_strdup_printf ("NW-%s", tw_sample_get (shippers, i, "shipper_id"));
      tw_record_set_string (&carrier->name, tw_sample_get (shippers, i, "company_name"));
      tw_record_set_string (&carrier->phone, tw_sample_get (shippers, i, "phone"));
      if (!tw_stage_create (stage, "dispatcher", &tw_carrier_resource, carrier, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_demo_build_company (TwStage *stage, GError **error)
{
  return tw_demo_hire (stage, error) && tw_stage_act (stage, "admin", store_settings, NULL, error)
         && add_taxes (stage, error) && add_terms (stage, error)
         && add_warehouse (stage, "MAIN", "上海总仓 Main warehouse", "Shanghai", error)
         && add_warehouse (stage, "EAST", "苏州仓 East warehouse", "Suzhou", error) && add_carriers (stage, error)
         && tw_demo_add_products (stage, error) && tw_demo_add_customers (stage, error)
         && tw_demo_invite_customer (stage, "ALFKI", error) && tw_demo_add_rules (stage, error);
}
