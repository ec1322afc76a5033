/* fuzz-xlsx.c: the bytes of a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: the file. Its archive has checksums, so little gets past them: what stands inside is fuzz-workbook.c's.
 */
#include "server/sheet/xlsx.h"
#include "tests/fuzz/check-sheet.h"
#include "tests/fuzz/input.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tw_xlsx_read (bytes, &error);

  tw_fuzz_check_sheet (rows, error);
  return 0;
}
