/* test-role.c: the role × permission table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/policy/role.h"

/* Look-up is by binary search. */
static void
test_sorted (void)
{
  for (const TwPermission *row = tw_permissions; row[1].permission != NULL; row++)
    {
      g_test_message ("%s", row[1].permission);
      g_assert_cmpint (strcmp (row[0].permission, row[1].permission), <, 0);
    }
}

static void
test_may (void)
{
  g_assert_true (tw_role_may (TW_ROLE_SALES, "order.submit"));
  g_assert_false (tw_role_may (TW_ROLE_WAREHOUSE, "order.submit"));
  g_assert_false (tw_role_may (TW_ROLE_SALES, "order.unheard_of"));
  g_assert_true (tw_role_may (TW_ROLE_WAREHOUSE | TW_ROLE_SALES, "order.submit"));
  g_assert_false (tw_role_may (0, "order.read"));
}

static void
test_keys (void)
{
  const char *keys[] = { "sales", "driver", "unheard_of", NULL };
  TwRoles roles = tw_roles_from_keys (keys);
  g_auto (GStrv) back = tw_roles_to_keys (roles);

  g_assert_cmpuint (roles, ==, TW_ROLE_SALES | TW_ROLE_DRIVER);
  g_assert_cmpstrv (back, ((const char *[]) { "sales", "driver", NULL }));
  g_assert_cmpuint (tw_role_from_key ("system"), ==, 0);
  g_assert_cmpuint (tw_role_from_key (NULL), ==, 0);
}

/* The auditor changes nothing; the administrator does no business. */
static void
test_duties_are_apart (void)
{
  const char *const business[] = { "order.", "shipment.", "invoice.", "payment.", "refund.", "receipt.", "trip.", NULL };

  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    {
      gboolean reads = g_str_has_suffix (row->permission, ".read") || g_str_has_suffix (row->permission, ".read_all");

      g_test_message ("%s", row->permission);
      if (row->roles & TW_ROLE_AUDITOR)
        g_assert_true (reads);
      for (guint i = 0; business[i] != NULL && !reads; i++)
        if (g_str_has_prefix (row->permission, business[i]))
          g_assert_false (row->roles & TW_ROLE_ADMIN);
    }
}

static void
test_auditor_reads_everything (void)
{
  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    if (g_str_has_suffix (row->permission, ".read"))
      {
        g_test_message ("%s", row->permission);
        g_assert_true (row->roles & TW_ROLE_AUDITOR);
      }
}

static void
test_secrets (void)
{
  g_assert_cmpuint (tw_role_get_secrets (0), ==, TW_SECRET_NONE);
  g_assert_cmpuint (tw_role_get_secrets (TW_ROLE_CUSTOMER), ==, TW_SECRET_NONE);
  g_assert_cmpuint (tw_role_get_secrets (TW_ROLE_CUSTOMER | TW_ROLE_SALES), ==, TW_SECRET_NONE);
  g_assert_cmpuint (tw_role_get_secrets (TW_ROLE_SALES), ==, TW_SECRET_INTERNAL);
  g_assert_cmpuint (tw_role_get_secrets (TW_ROLE_WAREHOUSE | TW_ROLE_DRIVER), ==, TW_SECRET_INTERNAL);
  g_assert_cmpuint (tw_role_get_secrets (TW_ROLE_SALES | TW_ROLE_APPROVER), ==, TW_SECRETS_ALL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/role/permissions-are-sorted", test_sorted);
  g_test_add_func ("/role/may", test_may);
  g_test_add_func ("/role/keys", test_keys);
  g_test_add_func ("/role/duties-are-apart", test_duties_are_apart);
  g_test_add_func ("/role/auditor-reads-everything", test_auditor_reads_everything);
  g_test_add_func ("/role/secrets", test_secrets);
  return g_test_run ();
}
