/* sheet-type.c: see sheet-type.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/sheet-type.h"

#include <string.h>

static gboolean
begins_with (GBytes *contents, const char *magic)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (contents, &length);

  return length >= strlen (magic) && memcmp (bytes, magic, strlen (magic)) == 0;
}

gboolean
tw_sheet_type_is_closed (GBytes *contents)
{
  return begins_with (contents, "\xd0\xcf\x11\xe0");
}

const char *
tw_sheet_type_guess (GBytes *contents)
{
  return begins_with (contents, "PK\x03\x04") || tw_sheet_type_is_closed (contents) ? TW_SHEET_XLSX : TW_SHEET_CSV;
}
