/* sscc.c: the code that identifies a parcel worldwide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/sscc.h"

#include <string.h>

#include "server/db/number.h"
#include "server/masterdata/masterdata.h"

#define DIGITS 17 /* without the check digit */

/* GS1 General Specifications 7.9: weights 3 and 1 in turn, from the right. */
static char
get_check_digit (const char *digits)
{
  int sum = 0;

  for (int i = 0; i < DIGITS; i++)
    sum += (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
  return '0' + (10 - sum % 10) % 10;
}

static gboolean
is_prefix (const char *prefix)
{
  gsize length = strlen (prefix);

  return length >= 7 && length <= 10 && strspn (prefix, "0123456789") == length;
}

char *
tw_sscc_format (const char *prefix, guint64 serial)
{
  char digits[DIGITS + 1];
  guint64 capacity = 1;
  int width;

  if (!is_prefix (prefix))
    return NULL;
  width = DIGITS - 1 - (int) strlen (prefix);
  for (int i = 0; i < width; i++)
    capacity *= 10;
  g_snprintf (digits, sizeof digits, "%u%s%0*" G_GUINT64_FORMAT, (guint) (serial / capacity % 10), prefix, width,
              serial % capacity);
  return g_strdup_printf ("%s%c", digits, get_check_digit (digits));
}

gboolean
tw_sscc_is_valid (const char *code)
{
  return strlen (code) == DIGITS + 1 && strspn (code, "0123456789") == DIGITS + 1
         && code[DIGITS] == get_check_digit (code);
}

char *
tw_sscc_next (TwContext *ctx, GError **error)
{
  g_autofree char *prefix = tw_setting_get (ctx, TW_SETTING_GS1_PREFIX, error);
  char *code;
  gint64 serial;

  if (!prefix || !tw_number_next (ctx->db, "sscc", &serial, error))
    return NULL;
  code = tw_sscc_format (prefix, (guint64) serial);
  if (!code)
    tw_error_set (error, TW_ERROR_STATE, _("The setting %s must have 7 to 10 digits."), TW_SETTING_GS1_PREFIX);
  return code;
}
