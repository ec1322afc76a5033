/* test-record.c: record types made from field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"

#include <string.h>

#include "shared/base/error.h"

static const TwField *
field (const char *name)
{
  const TwField *found = tw_record_type_find (sample_get_type (), name);

  g_assert_nonnull (found);
  return found;
}

static void
set (Sample *sample, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  tw_record_set_text (TW_RECORD (sample), field (name), text, &error);
  g_assert_no_error (error);
}

static void
assert_text (gpointer record, const char *name, const char *expected)
{
  g_autofree char *text = tw_record_get_text (record, tw_record_find (record, name));

  g_assert_cmpstr (text, ==, expected);
}

static void
add_line (Sample *sample, const char *product, gint64 quantity)
{
  g_autoptr (SampleLine) line = sample_line_new ();

  tw_record_set_string (&line->product, product);
  line->quantity = tw_decimal_from_int (quantity);
  g_list_store_append (sample->lines, line);
}

static Sample *
full_sample (void)
{
  Sample *sample = sample_new ();

  set (sample, "code", "ALFKI");
  set (sample, "name", "Alfreds");
  set (sample, "note", "one\ntwo");
  set (sample, "state", "open");
  set (sample, "days", "14");
  set (sample, "urgent", "true");
  set (sample, "total", "1234.5");
  set (sample, "unit_price", "0.125");
  set (sample, "discount", "0.050");
  set (sample, "due", "2026-11-22");
  set (sample, "sent_at", "2026-11-22T08:00:00Z");
  set (sample, "tags", "[\"a\",\"b \\\"c\\\"\"]");
  set (sample, "extra", "{\"a\":[1]}");
  add_line (sample, "NW-1", 3);
  add_line (sample, "NW-2", 5);
  return sample;
}

static void
test_info (void)
{
  g_autoptr (Sample) sample = sample_new ();
  const TwRecordInfo *info = tw_record_get_info (TW_RECORD (sample));

  g_assert_cmpstr (info->document, ==, "sample");
  g_assert_true (info == tw_record_type_get_info (sample_get_type ()));
  g_assert_true (tw_record_find (TW_RECORD (sample), "unit_price") == field ("unit_price"));
  g_assert_null (tw_record_find (TW_RECORD (sample), "unit-price"));
  g_assert_null (tw_record_type_find (sample_line_get_type (), "unit_price"));
  g_assert_cmpuint (field ("unit_price")->kind, ==, TW_KIND_PRICE);
}

static void
test_text_of_every_kind (void)
{
  g_autoptr (Sample) sample = full_sample ();

  assert_text (sample, "code", "ALFKI");
  assert_text (sample, "state", "open");
  assert_text (sample, "days", "14");
  assert_text (sample, "urgent", "true");
  assert_text (sample, "total", "1234.50");
  assert_text (sample, "unit_price", "0.125");
  assert_text (sample, "discount", "0.05");
  assert_text (sample, "due", "2026-11-22");
  assert_text (sample, "sent_at", "2026-11-22T08:00:00Z");
  assert_text (sample, "tags", "[\"a\",\"b \\\"c\\\"\"]");
  assert_text (sample, "extra", "{\"a\":[1]}");
  assert_text (sample, "password", NULL);
  g_assert_true (sample->state == sample_states[0].key);
  g_assert_cmpstr (sample->tags[1], ==, "b \"c\"");
}

static void
test_empty_text_is_none (void)
{
  static const char *const names[] = { "note", "state", "due", "sent_at", "tags", "extra" };
  g_autoptr (Sample) sample = full_sample ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (tw_record_is_empty (TW_RECORD (sample), field (names[i])));
      set (sample, names[i], "");
      g_assert_true (tw_record_is_empty (TW_RECORD (sample), field (names[i])));
      assert_text (sample, names[i], NULL);
    }
  set (sample, "total", "");
  assert_text (sample, "total", "0.00");
  g_assert_false (tw_record_is_empty (TW_RECORD (sample), field ("total")));
  g_assert_false (tw_record_is_empty (TW_RECORD (sample), field ("lines")));
  g_list_store_remove_all (sample->lines);
  g_assert_true (tw_record_is_empty (TW_RECORD (sample), field ("lines")));
}

static void
test_limits (void)
{
  static const struct
  {
    const char *name, *text, *code;
  } cases[] = {
    { "code", "", "required" },
    { "code", "ABCDEF", "too_long" },
    { "name", "a\nb", "bad_characters" },
    { "name", "\u202eabc", "bad_characters" },
    { "note", "a\x01", "bad_characters" },
    { "state", "opne", "unknown_value" },
    { "days", "0", "out_of_range" },
    { "days", "31", "out_of_range" },
    { "days", "3.0", "bad_number" },
    { "days", "9223372036854775808", "bad_number" },
    { "urgent", "yes", "bad_value" },
    { "unit_price", "-0.01", "out_of_range" },
    { "unit_price", "1,5", "bad_number" },
    { "unit_price", "1234567890123", "bad_number" },
    { "discount", "1.000001", "out_of_range" },
    { "cost", "1e3", "bad_number" },
    { "due", "2026-02-29", "bad_date" },
    { "sent_at", "2026-11-22", "bad_time" },
    { "tags", "[\"a\",\"b\",\"c\",\"d\"]", "too_many" },
    { "tags", "[\"a\",1]", "bad_value" },
    { "tags", "[\"a\\u202e\"]", "bad_characters" },
    { "tags", "a", "bad_value" },
    { "extra", "{'a':1}", "bad_value" },
  };
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (TwRecord) before = tw_record_copy (TW_RECORD (sample));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *pointer = g_strconcat ("/", cases[i].name, NULL);

      g_test_message ("%s %s", cases[i].name, cases[i].text);
      g_assert_false (tw_record_set_text (TW_RECORD (sample), field (cases[i].name), cases[i].text, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
      const TwFault *fault = g_ptr_array_index (tw_error_get_faults (error), 0);
      g_assert_cmpstr (fault->code, ==, cases[i].code);
      g_assert_cmpstr (fault->pointer, ==, pointer);
      g_assert_true (g_str_has_prefix (fault->detail, field (cases[i].name)->label));
      g_assert_true (tw_record_field_equal (before, TW_RECORD (sample), field (cases[i].name)));
    }
}

static void
test_faults_add_up (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GError) error = NULL;

  tw_record_set_text (TW_RECORD (sample), field ("days"), "x", &error);
  tw_record_set_text (TW_RECORD (sample), field ("due"), "x", &error);
  GPtrArray *faults = tw_error_get_faults (error);
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_cmpstr (((TwFault *) faults->pdata[0])->pointer, ==, "/days");
  g_assert_cmpstr (((TwFault *) faults->pdata[1])->pointer, ==, "/due");
}

static void
test_limits_at_edge (void)
{
  g_autoptr (Sample) sample = sample_new ();

  set (sample, "code", "信风信风信"); /* characters, not bytes */
  set (sample, "days", "30");
  set (sample, "discount", "1");
  set (sample, "unit_price", "999999999999.999999");
  set (sample, "note", "a\r\n\tb");
}

static void
test_load_trusts (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_record_load_text (TW_RECORD (sample), field ("days"), "400", &error));
  g_assert_true (tw_record_load_text (TW_RECORD (sample), field ("code"), NULL, &error));
  g_assert_true (tw_record_load_text (TW_RECORD (sample), field ("state"), "archived", &error));
  g_assert_cmpint (sample->days, ==, 400);
  g_assert_cmpstr (sample->state, ==, "archived");
  g_assert_false (tw_record_load_text (TW_RECORD (sample), field ("days"), "many", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  g_autoptr (Sample) sample = sample_new ();
  const char *const tags[] = { "x", NULL };
  g_autofree char *price = NULL, *due = NULL, *state = NULL;
  g_auto (GStrv) got_tags = NULL;
  g_autoptr (GListModel) lines = NULL;
  gint64 days;
  gboolean urgent;

  g_object_set (sample, "unit-price", "2.5", "due", "2026-11-22", "state", "closed", "tags", tags, "days",
                (gint64) 7, "urgent", TRUE, NULL);
  g_object_get (sample, "unit-price", &price, "due", &due, "state", &state, "tags", &got_tags, "days", &days,
                "urgent", &urgent, "lines", &lines, NULL);
  g_assert_cmpstr (price, ==, "2.50");
  g_assert_cmpstr (due, ==, "2026-11-22");
  g_assert_cmpstr (state, ==, "closed");
  g_assert_cmpstrv (got_tags, tags);
  g_assert_cmpint (days, ==, 7);
  g_assert_true (urgent);
  g_assert_true (lines == G_LIST_MODEL (sample->lines));
  g_assert_true (sample->state == sample_states[1].key);
}

static void
test_notify_only_changes (void)
{
  g_autoptr (Sample) sample = sample_new ();
  guint count = 0;

  g_signal_connect (sample, "notify::unit-price", G_CALLBACK (count_cb), &count);
  g_object_set (sample, "unit-price", "2.5", NULL);
  g_object_set (sample, "unit-price", "2.500", NULL);
  g_assert_cmpuint (count, ==, 1);
  tw_record_changed (TW_RECORD (sample), "unit_price");
  g_assert_cmpuint (count, ==, 2);
}

static void
test_bad_property_text (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (Sample) sample = sample_new ();

      g_log_set_always_fatal (G_LOG_FATAL_MASK);
      g_object_set (sample, "unit-price", "2.5", NULL);
      g_object_set (sample, "unit-price", "dear", NULL);
      assert_text (sample, "unit_price", "2.50");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Property unit_price of Sample*");
}

static void
test_presence (void)
{
  g_autoptr (Sample) sample = sample_new ();

  g_assert_false (tw_record_has (TW_RECORD (sample), "lines"));
  tw_record_mark_present (TW_RECORD (sample), field ("lines"));
  g_assert_true (tw_record_has (TW_RECORD (sample), "lines"));
  g_assert_true (tw_record_is_present (TW_RECORD (sample), field ("lines")));
  g_assert_false (tw_record_has (TW_RECORD (sample), "password"));
}

static void
test_copy_is_deep (void)
{
  g_autoptr (Sample) sample = full_sample ();
  tw_record_mark_present (TW_RECORD (sample), field ("name"));
  g_autoptr (TwRecord) copy = tw_record_copy (TW_RECORD (sample));
  Sample *same = (Sample *) copy;

  for (guint i = 0; i < tw_record_get_info (copy)->n_fields; i++)
    g_assert_true (tw_record_field_equal (copy, TW_RECORD (sample), &tw_record_get_info (copy)->fields[i]));
  g_assert_true (tw_record_has (copy, "name"));
  g_assert_true (tw_record_nth (same->lines, 0) != tw_record_nth (sample->lines, 0));

  ((SampleLine *) tw_record_nth (same->lines, 1))->quantity = TW_DECIMAL_ONE;
  g_assert_false (tw_record_field_equal (copy, TW_RECORD (sample), field ("lines")));
  g_assert_true (tw_record_field_equal (copy, TW_RECORD (sample), field ("tags")));
  tw_record_set_string (&same->tags[0], "z");
  g_assert_false (tw_record_field_equal (copy, TW_RECORD (sample), field ("tags")));
}

static void
test_apply_takes_present_fields (void)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (Sample) patch = sample_new ();
  guint names = 0, notes = 0;

  set (patch, "name", "Changed");
  set (patch, "days", "2");
  add_line (patch, "NW-9", 1);
  tw_record_mark_present (TW_RECORD (patch), field ("name"));
  tw_record_mark_present (TW_RECORD (patch), field ("note"));
  tw_record_mark_present (TW_RECORD (patch), field ("lines"));
  g_signal_connect (sample, "notify::name", G_CALLBACK (count_cb), &names);
  g_signal_connect (sample, "notify::days", G_CALLBACK (count_cb), &notes);
  tw_record_apply (TW_RECORD (sample), TW_RECORD (patch));

  assert_text (sample, "name", "Changed");
  assert_text (sample, "note", NULL);
  assert_text (sample, "days", "14");
  g_assert_cmpuint (tw_record_count (sample->lines), ==, 1);
  assert_text (tw_record_nth (sample->lines, 0), "product", "NW-9");
  g_assert_true (tw_record_nth (sample->lines, 0) != tw_record_nth (patch->lines, 0));
  g_assert_cmpuint (names, ==, 1);
  g_assert_cmpuint (notes, ==, 0);
}

static void
test_assign_notifies_differences (void)
{
  g_autoptr (Sample) live = full_sample ();
  g_autoptr (Sample) fresh = full_sample ();
  guint all = 0, items = 0;

  g_signal_connect (live, "notify", G_CALLBACK (count_cb), &all);
  g_signal_connect_swapped (live->lines, "items-changed", G_CALLBACK (g_atomic_int_inc), &items);
  tw_record_assign (TW_RECORD (live), TW_RECORD (fresh));
  g_assert_cmpuint (all, ==, 0);
  g_assert_cmpuint (items, ==, 0);

  set (fresh, "state", "closed");
  add_line (fresh, "NW-3", 1);
  tw_record_assign (TW_RECORD (live), TW_RECORD (fresh));
  g_assert_cmpuint (all, ==, 2);
  g_assert_cmpuint (items, ==, 1);
  assert_text (live, "state", "closed");
}

static void
test_keys (void)
{
  g_autofree char *closed = g_strdup ("closed");

  g_assert_true (tw_key_find (sample_states, closed) == sample_states[1].key);
  g_assert_null (tw_key_find (sample_states, "clos"));
  g_assert_null (tw_key_find (sample_states, NULL));
  g_assert_cmpstr (tw_key_get_label (sample_states, "closed"), ==, "Closed");
  g_assert_cmpstr (tw_key_get_label (sample_states, "odd"), ==, "odd");
}

static gpointer
make_many (gpointer data)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (Sample) sample = full_sample ();
      assert_text (sample, "state", "open");
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("maker", make_many, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* ---- Threads ---- */

#define READERS 4
#define COPIES 20000

/* What is kept by a process is copied by several threads at once. */
static gpointer
copy_thread_cb (gpointer data)
{
  TwRecord *shared = data;
  guint wrong = 0;

  for (guint i = 0; i < COPIES; i++)
    {
      g_autoptr (Sample) copy = (Sample *) tw_record_copy (shared);

      for (guint n = 0; n < tw_record_count (copy->lines); n++)
        {
          SampleLine *line = tw_record_nth (copy->lines, n);

          wrong += tw_decimal_compare (line->quantity, tw_decimal_from_int (n + 1)) != 0 ? 1 : 0;
        }
    }
  return GUINT_TO_POINTER (wrong);
}

static void
test_shared (void)
{
  g_autoptr (Sample) shared = sample_new ();
  GThread *readers[READERS];

  for (gint64 i = 1; i <= 5; i++)
    add_line (shared, "P", i);
  for (guint i = 0; i < READERS; i++)
    readers[i] = g_thread_new ("reader", copy_thread_cb, shared);
  for (guint i = 0; i < READERS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (readers[i])), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/threads", test_threads); /* first, so that they race to register */
  g_test_add_func ("/record/info", test_info);
  g_test_add_func ("/record/text/every-kind", test_text_of_every_kind);
  g_test_add_func ("/record/text/empty-is-none", test_empty_text_is_none);
  g_test_add_func ("/record/text/limits", test_limits);
  g_test_add_func ("/record/text/faults-add-up", test_faults_add_up);
  g_test_add_func ("/record/text/limits-at-edge", test_limits_at_edge);
  g_test_add_func ("/record/text/load-trusts", test_load_trusts);
  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/record/notify-only-changes", test_notify_only_changes);
  g_test_add_func ("/record/bad-property-text", test_bad_property_text);
  g_test_add_func ("/record/presence", test_presence);
  g_test_add_func ("/record/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/record/apply-takes-present-fields", test_apply_takes_present_fields);
  g_test_add_func ("/record/assign-notifies-differences", test_assign_notifies_differences);
  g_test_add_func ("/record/keys", test_keys);
  g_test_add_func ("/record/shared", test_shared);
  return g_test_run ();
}
