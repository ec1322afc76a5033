/* documents.c: see documents.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/documents.h"

#include "documents.inc"

guint
tw_fuzz_count_types (void)
{
  return G_N_ELEMENTS (record_types);
}

GType
tw_fuzz_get_type (guint n)
{
  return record_types[n] ();
}

GType
tw_fuzz_find_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (record_types); i++)
    if (g_str_equal (g_type_name (record_types[i] ()), name))
      return record_types[i] ();
  return record_types[g_str_hash (name) % G_N_ELEMENTS (record_types)] ();
}
