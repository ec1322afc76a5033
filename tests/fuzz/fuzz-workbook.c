/* fuzz-workbook.c: the parts of a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: parts, each its name on a line, its text, and a line "--". They are packed into an archive that is sound.
 */
#include <string.h>

#include "server/sheet/xlsx.h"
#include "tests/fixture/workbook.h"
#include "tests/fuzz/check-sheet.h"
#include "tests/fuzz/input.h"

#define END "\n--\n"
#define MAX_PARTS 12

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  return 0;
}

/* The text up to the end of the part. */
static gsize
measure_part (const TwFuzzInput *input)
{
  gsize left = (gsize) (input->end - input->at);
  const char *end = left > 0 ? g_strstr_len (input->at, (gssize) left, END) : NULL;

  return end != NULL ? (gsize) (end - input->at) : left;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);
  TwTestPackage *package = tw_test_package_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  for (guint n = 0; input.at < input.end && n < MAX_PARTS; n++)
    {
      g_autofree char *name = tw_fuzz_line (&input);
      gsize length = measure_part (&input);

      tw_test_package_add (package, name, input.at, length);
      input.at += MIN (length + strlen (END), (gsize) (input.end - input.at));
    }
  bytes = tw_test_package_finish (package, TRUE);
  rows = tw_xlsx_read (bytes, &error);
  tw_fuzz_check_sheet (rows, error);
  return 0;
}
