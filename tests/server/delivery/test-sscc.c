/* test-sscc.c: parcel codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/sscc.h"

/* The example of the GS1 General Specifications, and one of our own. */
static void
test_known (void)
{
  g_autofree char *a = tw_sscc_format ("0614141", 123456789), *b = tw_sscc_format ("6900000", 1);

  g_assert_cmpstr (a, ==, "006141411234567890");
  g_assert_cmpstr (b, ==, "069000000000000014");
  g_assert_true (tw_sscc_is_valid (a));
}

static void
test_wrong_digit (void)
{
  g_assert_false (tw_sscc_is_valid ("006141411234567891"));
  g_assert_false (tw_sscc_is_valid ("00614141123456789"));
  g_assert_false (tw_sscc_is_valid ("00614141123456789x"));
}

/* When the serial number is used up, the extension digit goes on. */
static void
test_extension (void)
{
  g_autofree char *last = tw_sscc_format ("1234567890", 999999), *next = tw_sscc_format ("1234567890", 1000000);

  g_assert_true (g_str_has_prefix (last, "01234567890999999"));
  g_assert_true (g_str_has_prefix (next, "11234567890000000"));
  g_assert_true (tw_sscc_is_valid (next));
}

static void
test_prefix (void)
{
  g_assert_null (tw_sscc_format ("123456", 1));
  g_assert_null (tw_sscc_format ("12345678901", 1));
  g_assert_null (tw_sscc_format ("12345x7", 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sscc/known", test_known);
  g_test_add_func ("/sscc/wrong-digit", test_wrong_digit);
  g_test_add_func ("/sscc/extension-digit", test_extension);
  g_test_add_func ("/sscc/prefix", test_prefix);
  return g_test_run ();
}
