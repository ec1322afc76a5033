/* test-error.c: faults and the table of problems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/error.h"

#include <gio/gio.h>

static const TwFault *
nth_fault (const GError *error, guint n)
{
  GPtrArray *faults = tw_error_get_faults (error);

  g_assert_nonnull (faults);
  g_assert_cmpuint (n, <, faults->len);
  return g_ptr_array_index (faults, n);
}

static void
test_fault_collects (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_error_fault (&error, "/name", "required", "%s is missing", "Name"));
  g_assert_false (tw_error_fault (&error, NULL, "odd", "All of it is odd"));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Name is missing");
  g_assert_cmpuint (tw_error_get_faults (error)->len, ==, 2);
  g_assert_cmpstr (nth_fault (error, 0)->pointer, ==, "/name");
  g_assert_cmpstr (nth_fault (error, 0)->code, ==, "required");
  g_assert_cmpstr (nth_fault (error, 1)->pointer, ==, "");
  g_assert_cmpstr (nth_fault (error, 1)->detail, ==, "All of it is odd");
}

static void
test_fault_without_error (void)
{
  g_assert_false (tw_error_fault (NULL, "/name", "required", "Nobody asks"));
}

static void
test_fault_keeps_graver_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_error_set (&error, TW_ERROR_UNAVAILABLE, "Gone"));
  tw_error_fault (&error, "/name", "required", "Name is missing");
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
  g_assert_null (tw_error_get_faults (error));
}

static void
test_fault_on_plain_invalid (void)
{
  g_autoptr (GError) error = NULL;

  tw_error_set (&error, TW_ERROR_INVALID, "Refused");
  tw_error_fault (&error, "/name", "required", "Name is missing");
  g_assert_cmpstr (error->message, ==, "Refused");
  g_assert_cmpuint (tw_error_get_faults (error)->len, ==, 1);
}

static void
test_fault_bounded (void)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    tw_error_fault (&error, "/name", "required", "%u", i);
  g_assert_cmpuint (tw_error_get_faults (error)->len, ==, 100);
}

static void
test_fault_survives_copy (void)
{
  g_autoptr (GError) error = NULL;
  tw_error_fault (&error, "/name", "required", "Name is missing");

  g_autoptr (GError) copy = g_error_copy (error);
  tw_error_prefix_pointers (&error, "/lines/0");
  g_clear_error (&error);
  g_assert_cmpstr (nth_fault (copy, 0)->pointer, ==, "/name");
  g_assert_cmpstr (nth_fault (copy, 0)->detail, ==, "Name is missing");
}

static void
test_prefix (void)
{
  g_autoptr (GError) error = NULL, other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Other");
  GError *none = NULL;

  tw_error_fault (&error, "/quantity", "required", "Quantity is missing");
  tw_error_fault (&error, "", "odd", "Odd");
  tw_error_prefix_pointers (&error, "/lines/3");
  g_assert_cmpstr (nth_fault (error, 0)->pointer, ==, "/lines/3/quantity");
  g_assert_cmpstr (nth_fault (error, 1)->pointer, ==, "/lines/3");
  tw_error_prefix_pointers (&other, "/x");
  tw_error_prefix_pointers (&none, "/x");
  tw_error_prefix_pointers (NULL, "/x");
  g_assert_null (tw_error_get_faults (other));
}

static void
test_problem_table (void)
{
  g_autoptr (GHashTable) slugs = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < TW_N_ERRORS; code++)
    {
      const TwProblemType *problem = tw_error_get_problem ((TwErrorCode) code);

      g_assert_cmpuint (problem->status, >=, 400);
      g_assert_cmpuint (problem->status, <, 600);
      g_assert_nonnull (problem->title);
      g_assert_true (g_hash_table_add (slugs, (gpointer) problem->slug));
      g_assert_cmpint (tw_error_code_from_slug (problem->slug), ==, code);
    }
  g_assert_cmpuint (tw_error_get_problem (TW_ERROR_STALE)->status, ==, 412);
  g_assert_cmpint (tw_error_code_from_slug ("no-such"), ==, TW_ERROR_INTERNAL);
  g_assert_cmpint (tw_error_code_from_slug (NULL), ==, TW_ERROR_INTERNAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/fault/collects", test_fault_collects);
  g_test_add_func ("/error/fault/without-error", test_fault_without_error);
  g_test_add_func ("/error/fault/keeps-graver-error", test_fault_keeps_graver_error);
  g_test_add_func ("/error/fault/on-plain-invalid", test_fault_on_plain_invalid);
  g_test_add_func ("/error/fault/bounded", test_fault_bounded);
  g_test_add_func ("/error/fault/survives-copy", test_fault_survives_copy);
  g_test_add_func ("/error/prefix", test_prefix);
  g_test_add_func ("/error/problem-table", test_problem_table);
  return g_test_run ();
}
