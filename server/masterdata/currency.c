/* currency.c: see currency.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/currency.h"

/* Minor units that are not 2: ISO 4217:2015, table A.1. */
static const struct
{
  char code[4];
  guint places;
} odd_places[] = {
  { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 }, { "GNF", 0 }, { "IQD", 3 }, { "ISK", 0 },
  { "JOD", 3 }, { "JPY", 0 }, { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 }, { "OMR", 3 }, { "PYG", 0 },
  { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYW", 4 }, { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XOF", 0 },
  { "XPF", 0 },
};

gboolean
tw_currency_check (const char *code, const char *pointer, GError **error)
{
  gboolean good = code != NULL && strlen (code) == 3;

  for (guint i = 0; good && i < 3; i++)
    good = g_ascii_isupper (code[i]);
  if (good)
    return TRUE;
  return tw_error_fault (error, pointer, "unknown_value",
                         _ ("Write the currency as three capital letters, such as CNY."));
}

guint
tw_currency_get_places (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd_places); i++)
    if (g_strcmp0 (code, odd_places[i].code) == 0)
      return odd_places[i].places;
  return 2;
}
