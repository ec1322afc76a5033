/* fuzz-import.c: a table into records, for everything that can be imported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: the path of what is imported ("carriers"); "cost" when the asker may write costs; the query; the table as CSV.
 * It goes as far as an import goes without a database: header, cells, records, and the rules before the first
 * statement. Every row must be good or have a fault that can be shown, and a record holds only what its columns may.
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "server/core/exchange.h"
#include "server/core/import.h"
#include "server/core/resource-private.h"
#include "server/sales/order-import.h"
#include "tests/fuzz/no-database.h"
#include "tests/fuzz/resources.h"

static GPtrArray *resources; /* (element-type TwResource): those that can be imported; of orders NULL */
static const TwResource *importing;

/* In the place of the server's (step.c has nothing else): there is no savepoint without a database. A step that comes
 * to its first statement is one that might be stored. */
gboolean
tw_context_step (TwContext *ctx, TwStepFunc func, gpointer data, gboolean *fatal, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *fatal = FALSE;
  if (func (ctx, data, &problem) || g_error_matches (problem, TW_ERROR, TW_ERROR_RETRY))
    return TRUE;
  g_assert_true (problem->domain == TW_ERROR && problem->code != TW_ERROR_INTERNAL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* What the columns may not write is as in a new record. */
static void
check_record (TwContext *ctx, TwRecord *draft)
{
  const TwRecordInfo *info = tw_record_get_info (draft);
  TwSecrets secrets = tw_context_get_secrets (ctx);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if (!tw_record_is_present (draft, field))
        continue;
      g_assert_true (tw_import_find_field (G_OBJECT_TYPE (draft), field->name) == field);
      g_assert_cmpint (field->secret & ~secrets, ==, 0);
    }
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  check_record (ctx, draft);
  return importing->create (ctx, draft, error);
}

static void
check_result (const TwImportResult *result, GPtrArray *rows)
{
  g_autoptr (GHashTable) bad = g_hash_table_new (NULL, NULL);
  guint last = ((TwSheetRow *) g_ptr_array_index (rows, rows->len - 1))->number;

  for (guint i = 0; i < result->faults->len; i++)
    {
      const TwImportFault *fault = g_ptr_array_index (result->faults, i);

      g_assert_cmpuint (fault->row, >, 1);
      g_assert_cmpuint (fault->row, <=, last);
      g_assert_cmpuint (strlen (fault->code), >, 0);
      g_assert_cmpuint (strlen (fault->detail), >, 0);
      g_assert_true (g_utf8_validate (fault->column, -1, NULL));
      g_assert_true (g_utf8_validate (fault->detail, -1, NULL));
      g_hash_table_add (bad, GUINT_TO_POINTER (fault->row));
    }
  g_assert_cmpuint (result->rows, ==, rows->len - 1);
  g_assert_cmpuint (result->good, <=, result->rows);
  /* One row's fault is that of all rows of its order. */
  if (importing != NULL)
    g_assert_cmpuint (result->good + g_hash_table_size (bad), ==, result->rows);
  else
    g_assert_true ((result->good < result->rows) == (g_hash_table_size (bad) > 0));
}

/* A TwImportFunc. */
static TwImportResult *
import (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error)
{
  TwResource copy;
  TwImportResult *result;

  if (importing == NULL)
    result = tw_order_import_rows (ctx, NULL, rows, error);
  else
    {
      copy = *importing;
      copy.create = create;
      result = tw_import_rows (ctx, &copy, rows, error);
    }
  if (result != NULL)
    check_result (result, rows);
  return result;
}

static void
check_refusal (const GError *error)
{
  g_assert_true (error->domain == TW_ERROR);
  g_assert_cmpuint (tw_error_get_problem ((TwErrorCode) error->code)->status, <, 500);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_answer (TwReply *reply)
{
  GBytes *body = tw_reply_get_body (reply);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node
    = tw_codec_parse (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &error);

  g_assert_no_error (error);
  g_assert_true (json_object_has_member (json_node_get_object (node), "errors"));
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  resources = tw_fuzz_list_resources (tw_resource_import);
  g_assert_cmpuint (resources->len, >=, 5);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);
  g_autofree char *path = tw_fuzz_line (&input);
  g_autofree char *who = tw_fuzz_line (&input);
  g_autofree char *query = tw_fuzz_line (&input);
  TwContext ctx = tw_fuzz_no_database (g_str_equal (who, "cost"));
  g_autoptr (TwRequest) request = tw_request_new ("fuzz", "POST", "/", query);
  g_autoptr (TwReply) reply = tw_reply_new ();
  g_autoptr (GBytes) body = g_bytes_new (input.at, (gsize) (input.end - input.at));
  g_autoptr (GError) error = NULL;

  if (tw_request_get_error (request) != NULL)
    return 0;
  importing = g_str_equal (path, "orders") ? NULL : tw_fuzz_find_resource (resources, path); /* by order, not by row */
  tw_request_set_header (request, "Content-Type", TW_SHEET_CSV);
  tw_request_set_body (request, body);
  if (tw_import_serve (&ctx, request, reply, import, NULL, &error))
    check_answer (reply);
  else
    check_refusal (error);
  tw_fuzz_forget (&ctx);
  return 0;
}
