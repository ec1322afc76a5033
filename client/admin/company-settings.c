/* company-settings.c: the company's settings as one record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/company-settings.h"

static const TwField company_settings_fields[] = {
  TW_TEXT (TwCompanySettings, company_name, N_ ("Company name"), 200, 0),
  TW_TEXT (TwCompanySettings, company_address, N_ ("Address"), 2000, TW_MULTILINE),
  TW_TEXT (TwCompanySettings, company_tax_id, N_ ("Tax number"), 60, 0),
  TW_TEXT (TwCompanySettings, company_bank, N_ ("Bank account"), 2000, TW_MULTILINE),
  TW_TEXT (TwCompanySettings, company_currency, N_ ("Company currency"), 3, TW_REQUIRED),
  TW_TEXT (TwCompanySettings, default_warehouse, N_ ("Default warehouse"), 20, TW_REQUIRED),
  TW_TEXT (TwCompanySettings, gs1_prefix, N_ ("GS1 company prefix"), 10, 0),
  TW_RATE (TwCompanySettings, margin_floor, N_ ("Least margin"), 1, 0),
  TW_MONEY (TwCompanySettings, large_credit_note, N_ ("Large credit note above"), TW_NOT_NEGATIVE),
  TW_BOOL (TwCompanySettings, sales_see_all, N_ ("Sales reps see all customers"), 0),
  /* Translators: how many days before its planned day a shipment is released for picking; empty: at once */
  TW_TEXT (TwCompanySettings, release_days, N_ ("Release shipments ahead (days)"), 3, 0),
};
TW_DEFINE_RECORD (TwCompanySettings, tw_company_settings, "company_settings", N_ ("Settings"), company_settings_fields)

void
tw_company_settings_read (TwCompanySettings *self, JsonObject *answer)
{
  JsonArray *items = json_object_has_member (answer, "items") ? json_object_get_array_member (answer, "items") : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      const char *name = json_object_get_string_member_with_default (item, "name", "");
      const char *value = json_object_get_string_member_with_default (item, "value", "");
      const TwField *field = tw_record_find (TW_RECORD (self), name);

      if (field == NULL)
        continue;
      if (field->kind == TW_KIND_BOOL)
        value = g_str_equal (value, "yes") ? "true" : "false";
      tw_record_load_text (TW_RECORD (self), field, value, NULL);
      tw_record_mark_present (TW_RECORD (self), field);
    }
}

char *
tw_company_settings_get_text (TwCompanySettings *self, const char *name)
{
  const TwField *field = tw_record_find (TW_RECORD (self), name);
  char *text;

  if (field->kind == TW_KIND_BOOL)
    return g_strdup (tw_record_at (self, field, gboolean) ? "yes" : "no");
  text = tw_record_get_text (TW_RECORD (self), field);
  return text != NULL ? text : g_strdup ("");
}
