/* test-change-text.c: keys of the change log are shown as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/change-text.h"
#include "client/widget/list-column.h"
#include "shared/base/codec.h"
#include "shared/document/invoice.h"
#include "shared/policy/transition.h"

static void
test_documents (void)
{
  /* Whatever has a life is logged, so it has a name. */
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    g_assert_cmpstr (tw_change_text_document (row->document), !=, row->document);
  g_assert_cmpstr (tw_change_text_document ("order"), ==, "Order");
  g_assert_cmpstr (tw_change_text_document ("approval_rule"), ==, "Approval rule");
  g_assert_cmpstr (tw_change_text_document ("setting"), ==, "Setting");
  g_assert_cmpstr (tw_change_text_document ("database"), ==, "Database");
  g_assert_cmpstr (tw_change_text_document ("of_later"), ==, "of_later");
  g_assert_cmpstr (tw_change_text_document (NULL), ==, "");
}

static void
test_actions (void)
{
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    g_assert_cmpstr (tw_change_text_action (row->document, row->action), !=, row->action);
  g_assert_cmpstr (tw_change_text_action ("order", "submit"), ==,
                   tw_transition_find ("order", "draft", "submit")->label);
  g_assert_cmpstr (tw_change_text_action ("user", "sign_in_failed"), ==, "Failed to sign in");
  g_assert_cmpstr (tw_change_text_action ("database", "restore"), ==, "Restored from a backup");
  g_assert_cmpstr (tw_change_text_action ("carrier", "change"), ==, "Changed");
  g_assert_cmpstr (tw_change_text_action ("setting", "margin_floor"), ==, "Least margin");
  g_assert_cmpstr (tw_change_text_action ("order", "of_later"), ==, "of_later");
}

static void
test_fields (void)
{
  g_assert_cmpstr (tw_change_text_name ("customer", "credit_limit"), ==, "Credit limit");
  g_assert_cmpstr (tw_change_text_name ("order", "level"), ==, "Level");
  g_assert_cmpstr (tw_change_text_name ("database", "backup_seq"), ==, "Last change in the backup");
  g_assert_cmpstr (tw_change_text_name ("order", "of_later"), ==, "of_later");
}

/* A draft has no number yet; the list says so. */
static void
test_unset (void)
{
  g_autoptr (TwListColumn) column
    = g_object_new (TW_TYPE_LIST_COLUMN, "field", "number", "unset", "Draft", NULL);
  g_autoptr (TwInvoice) invoice = tw_invoice_new ();
  const TwField *field = tw_list_column_find (column, tw_invoice_get_type ());
  g_autofree char *draft = tw_list_column_show (column, TW_RECORD (invoice), field);
  g_autofree char *posted = NULL;

  tw_record_set_string (&invoice->number, "IN-1");
  posted = tw_list_column_show (column, TW_RECORD (invoice), field);
  g_assert_cmpstr (draft, ==, "Draft");
  g_assert_cmpstr (posted, ==, "IN-1");
}

/* A name that was stored before such names were refused cannot turn the order of what stands beside it. */
static void
test_hidden_marks (void)
{
  g_autoptr (TwListColumn) column = g_object_new (TW_TYPE_LIST_COLUMN, "field", "customer_name", NULL);
  g_autoptr (TwInvoice) invoice = tw_invoice_new ();
  g_autoptr (JsonNode) answer = tw_codec_parse ("{\"customer_name\":\"Evil\u202egnp.exe\\u0007\"}", -1, NULL);
  const TwField *field = tw_list_column_find (column, tw_invoice_get_type ());
  g_autofree char *shown = NULL;

  g_assert_true (tw_codec_read (TW_RECORD (invoice), json_node_get_object (answer), TW_CODEC_ANSWER, NULL));
  shown = tw_list_column_show (column, TW_RECORD (invoice), field);
  g_assert_cmpstr (shown, ==, "Evil\ufffdgnp.exe\ufffd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/change-text/documents", test_documents);
  g_test_add_func ("/client/change-text/actions", test_actions);
  g_test_add_func ("/client/change-text/fields", test_fields);
  g_test_add_func ("/client/list-column/unset", test_unset);
  g_test_add_func ("/client/list-column/hidden-marks", test_hidden_marks);
  return g_test_run ();
}
