/* fuzz-number.c: numbers and dates as a workbook writes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: a number a line.
 */
#include <string.h>

#include "server/sheet/xlsx-private.h"
#include "shared/base/date.h"
#include "tests/fuzz/input.h"

/* Digits, at most 15 of them counting, and no other way to write the same. */
static void
check_number (const char *number)
{
  const char *digits = number + (*number == '-' ? 1 : 0);
  const char *point = strchr (digits, '.');
  gsize whole = strspn (digits, "0123456789");
  g_autofree char *again = tw_xlsx_number (number);

  g_assert_cmpstr (again, ==, number);
  g_assert_cmpuint (whole, >, 0);
  g_assert_true (whole == 1 || *digits != '0');
  if (point == NULL)
    g_assert_cmpuint (digits[whole], ==, '\0');
  else
    {
      g_assert_true (point == digits + whole);
      g_assert_cmpuint (strspn (point + 1, "0123456789"), ==, strlen (point + 1));
      g_assert_cmpint (number[strlen (number) - 1], !=, '0');
    }
}

static void
check_date (const char *number, gboolean from_1904)
{
  g_autofree char *text = tw_xlsx_date (number, from_1904);
  TwDate day;
  TwTime time;

  if (text != NULL)
    g_assert_true (strchr (text, 'T') != NULL ? tw_time_parse (text, &time, NULL) : tw_date_parse (text, &day, NULL));
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);

  while (input.at < input.end)
    {
      g_autofree char *text = tw_fuzz_line (&input);
      g_autofree char *number = tw_xlsx_number (text);

      if (number == NULL)
        continue;
      check_number (number);
      check_date (number, FALSE);
      check_date (number, TRUE);
    }
  return 0;
}
