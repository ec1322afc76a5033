/* fuzz-list.c: what a list is asked for: filters, sorting, search, paging
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: the path of a resource ("orders"); a query as it stands in an address; "cost" when the asker may read costs.
 * A position in a list that is taken must come out the same when it is written anew.
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "server/core/exchange.h"
#include "server/core/resource-private.h"
#include "server/db/list-private.h"
#include "shared/base/error.h"
#include "tests/fuzz/resources.h"

static GPtrArray *resources; /* (element-type TwResource): those with a list */

static void
check_refusal (const GError *error)
{
  GPtrArray *faults = tw_error_get_faults (error);

  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  g_assert_nonnull (faults);
  for (guint i = 0; i < faults->len; i++)
    {
      const TwFault *fault = g_ptr_array_index (faults, i);

      g_assert_cmpint (*fault->pointer, ==, '/');
      g_assert_true (g_utf8_validate (fault->pointer, -1, NULL));
      g_assert_true (g_utf8_validate (fault->detail, -1, NULL));
    }
}

/* Nobody learns of a secret field by filtering or sorting with it. */
static void
check_secrets (const TwListQuery *query)
{
  g_assert_cmpint (query->sort_field->secret & ~query->secrets, ==, 0);
  for (guint i = 0; i < query->filters->len; i++)
    g_assert_cmpint (((TwListFilter *) g_ptr_array_index (query->filters, i))->field->secret & ~query->secrets, ==, 0);
}

static void
check_bounds (const TwListQuery *query)
{
  g_assert_cmpuint (query->limit, >=, 1);
  g_assert_cmpuint (query->limit, <=, 500);
  g_assert_cmpuint (query->words->len, <=, 8);
  g_assert_nonnull (query->sort_sql);
  for (guint i = 0; i < query->filters->len; i++)
    {
      const TwListFilter *filter = g_ptr_array_index (query->filters, i);

      g_assert_cmpuint (filter->values->len, <=, filter->op == TW_LIST_IN ? 200 : 1);
      g_assert_true (filter->null || filter->values->len > 0);
    }
}

static void
check_position (const TwList *list, TwListQuery *query)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *sort = g_strconcat (query->descending ? "-" : "", query->sort_field->name, NULL);
  g_autofree char *value = query->after != NULL ? tw_record_get_text (query->after, query->sort_field) : NULL;
  g_autofree char *cursor = tw_list_cursor_write (query, query->after_id, query->after != NULL && value == NULL ? "" : value);
  g_autoptr (TwListQuery) again = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (parameters, (char *) "sort", sort);
  g_hash_table_insert (parameters, (char *) "after", cursor);
  again = tw_list_query_parse (list, parameters, query->secrets, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->after_id, ==, query->after_id);
  g_assert_cmpint (again->after_null, ==, query->after_null);
  if (query->after != NULL)
    g_assert_true (tw_record_field_equal (query->after, again->after, query->sort_field));
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  resources = tw_fuzz_list_resources (tw_resource_list);
  g_assert_cmpuint (resources->len, >, 10);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);
  g_autofree char *path = tw_fuzz_line (&input);
  g_autofree char *text = tw_fuzz_line (&input);
  g_autofree char *who = tw_fuzz_line (&input);
  const TwList *list = tw_fuzz_find_resource (resources, path)->list;
  g_autoptr (TwRequest) request = tw_request_new ("fuzz", "GET", "/", text);
  g_autoptr (TwListQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  if (tw_request_get_error (request) != NULL)
    return 0;
  query = tw_list_query_parse (list, tw_request_get_query (request),
                               g_str_equal (who, "cost") ? TW_SECRETS_ALL : TW_SECRET_NONE, &error);
  if (query == NULL)
    {
      check_refusal (error);
      return 0;
    }
  check_secrets (query);
  check_bounds (query);
  if (query->has_after)
    check_position (list, query);
  return 0;
}
