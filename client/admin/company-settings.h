/* company-settings.h: the company's settings as one record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server keeps each setting by name, as text; here they have kinds, so that a form can show and read them.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwCompanySettings
{
  TwRecord parent;
  char *company_name;
  char *company_address;
  char *company_tax_id;
  char *company_bank;
  char *company_currency;
  char *default_warehouse;
  char *gs1_prefix;
  TwDecimal margin_floor;
  TwDecimal large_credit_note;
  gboolean sales_see_all;
  char *release_days;
};
TW_DECLARE_RECORD (TwCompanySettings, tw_company_settings)

/* Reads the answer of GET /settings; names that are not known here are passed over. */
void tw_company_settings_read (TwCompanySettings *self, JsonObject *answer);
/* A setting's value as the server keeps it. (transfer full) */
char *tw_company_settings_get_text (TwCompanySettings *self, const char *name);

G_END_DECLS
