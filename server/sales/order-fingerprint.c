/* order-fingerprint.c: see order-fingerprint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-fingerprint.h"

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const TwOrderLine *one = *(TwOrderLine *const *) a, *other = *(TwOrderLine *const *) b;

  if (one->product_id != other->product_id)
    return one->product_id < other->product_id ? -1 : 1;
  return tw_decimal_compare (one->quantity, other->quantity);
}

static char *
describe (TwOrder *order)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    g_ptr_array_add (lines, tw_record_nth (order->lines, i));
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      TwOrderLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":", i > 0 ? "," : "", line->product_id);
      tw_decimal_append (text, line->quantity, TW_DECIMAL_PLACES);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
tw_order_get_fingerprint (TwOrder *order, guint8 *fingerprint)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = describe (order);
  gsize length = TW_FINGERPRINT_BYTES;

  if (*text == '\0')
    return FALSE;
  g_checksum_update (sum, (const guchar *) text, -1);
  g_checksum_get_digest (sum, fingerprint, &length);
  return TRUE;
}
