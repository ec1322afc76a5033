/* test-codec.c: records to and from JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/codec.h"

#include <string.h>

#include "sample.h"
#include "shared/base/error.h"

#define MINIMAL "\"code\":\"A\",\"name\":\"B\""

/* Reads @json; the faults come back as "POINTER CODE" lines, "" when there are none. */
static char *
read_into (gpointer record, TwCodecMode mode, const char *json, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonNode) node = tw_codec_parse (json, -1, &fault);
  g_assert_no_error (fault);

  GString *lines = g_string_new (NULL);
  if (tw_codec_read (record, json_node_get_object (node), mode, &fault))
    return g_string_free (lines, FALSE);
  g_assert_error (fault, TW_ERROR, TW_ERROR_INVALID);
  GPtrArray *faults = tw_error_get_faults (fault);
  for (guint i = 0; i < faults->len; i++)
    {
      const TwFault *each = g_ptr_array_index (faults, i);
      g_string_append_printf (lines, "%s%s %s", i > 0 ? "\n" : "", each->pointer, each->code);
    }
  if (error != NULL)
    *error = g_steal_pointer (&fault);
  return g_string_free (lines, FALSE);
}

static void
assert_faults (TwCodecMode mode, const char *json, const char *expected)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *faults = read_into (sample, mode, json, NULL);

  g_test_message ("%s", json);
  g_assert_cmpstr (faults, ==, expected);
}

static void
assert_detail (const char *json, const char *expected)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *faults = read_into (sample, TW_CODEC_PATCH, json, &error);

  g_assert_nonnull (error);
  g_assert_cmpstr (((TwFault *) tw_error_get_faults (error)->pdata[0])->detail, ==, expected);
}

static char *
written (gpointer record, TwSecrets secrets)
{
  GString *out = g_string_new (NULL);

  tw_codec_write (record, secrets, out);
  return g_string_free (out, FALSE);
}

static const char whole[]
  = "{\"code\":\"ALFKI\",\"name\":\"Alfreds\",\"note\":\"a\\n\\\"b\\\"\",\"state\":\"open\",\"days\":14,\"urgent\":true,"
    "\"unit_price\":\"0.125\",\"discount\":\"0.05\",\"cost\":\"9\",\"due\":\"2026-11-22\","
    "\"sent_at\":\"2026-11-22T08:00:00.5Z\",\"tags\":[\"x\",\"信\"],\"extra\":{\"a\":[1,null]},\"password\":\"secret\","
    "\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"2.50\"},{\"id\":7,\"product\":\"NW-2\",\"quantity\":\"1\"}]}";

static void
test_create (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, whole, NULL);

  g_assert_cmpstr (faults, ==, "");
  g_assert_cmpstr (sample->note, ==, "a\n\"b\"");
  g_assert_true (sample->state == sample_states[0].key);
  g_assert_cmpint (sample->days, ==, 14);
  g_assert_true (sample->urgent);
  g_assert_cmpstr (sample->tags[1], ==, "信");
  g_assert_cmpstr (sample->extra, ==, "{\"a\":[1,null]}");
  g_assert_cmpuint (tw_record_count (sample->lines), ==, 2);
  g_assert_cmpint (((TwRecord *) tw_record_nth (sample->lines, 1))->id, ==, 7);
  g_assert_true (tw_record_has (TW_RECORD (sample), "password"));
  g_assert_false (tw_record_has (TW_RECORD (sample), "total"));
}

static void
test_write (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, whole, NULL);
  g_autofree char *plain = written (sample, TW_SECRET_NONE);
  g_autofree char *all = written (sample, TW_SECRETS_ALL);

  g_assert_cmpstr (plain, ==,
                   "{\"id\":0,\"version\":0,\"created_at\":null,\"updated_at\":null,\"code\":\"ALFKI\",\"name\":\"Alfreds\","
                   "\"note\":\"a\\n\\\"b\\\"\",\"state\":\"open\",\"days\":14,\"urgent\":true,\"total\":\"0.00\","
                   "\"unit_price\":\"0.125\",\"discount\":\"0.05\",\"due\":\"2026-11-22\","
                   "\"sent_at\":\"2026-11-22T08:00:00.5Z\",\"tags\":[\"x\",\"信\"],\"extra\":{\"a\":[1,null]},"
                   "\"lines\":[{\"id\":0,\"product\":\"NW-1\",\"quantity\":\"2.5\"},"
                   "{\"id\":7,\"product\":\"NW-2\",\"quantity\":\"1\"}]}");
  g_assert_nonnull (strstr (all, "\"cost\":\"9.00\""));
  g_assert_nonnull (strstr (all, "\"quantity\":\"1\",\"cost\":\"0.00\""));
  g_assert_null (strstr (all, "secret"));
}

static void
test_write_item (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, whole, NULL);
  const char *const fields[] = { "name", "cost", "lines", "no_such", NULL };
  g_autoptr (GString) some = g_string_new (NULL), all = g_string_new (NULL);

  tw_codec_write_item (TW_RECORD (sample), TW_SECRET_NONE, fields, some);
  tw_codec_write_item (TW_RECORD (sample), TW_SECRET_COST, NULL, all);
  g_assert_cmpstr (some->str, ==, "{\"id\":0,\"name\":\"Alfreds\"}");
  g_assert_null (strstr (all->str, "lines"));
  g_assert_nonnull (strstr (all->str, "\"cost\":\"9.00\""));
}

static void
test_answer_round_trip (void)
{
  g_autoptr (Sample) sample = sample_new (), again = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, whole, NULL);
  sample->parent.id = G_MAXINT64;
  sample->parent.version = 3;
  sample->parent.created_at = tw_time_now ();
  sample->total = tw_decimal_from_int (-12);
  g_clear_pointer (&sample->password, g_free);

  g_autofree char *text = written (sample, TW_SECRETS_ALL);
  g_autofree char *none = read_into (again, TW_CODEC_ANSWER, text, NULL);
  g_assert_cmpstr (none, ==, "");
  for (guint i = 0; i < tw_record_get_info (TW_RECORD (sample))->n_fields; i++)
    {
      const TwField *field = &tw_record_get_info (TW_RECORD (sample))->fields[i];
      g_test_message ("%s", field->name);
      g_assert_true (tw_record_field_equal (TW_RECORD (sample), TW_RECORD (again), field));
    }
}

static void
test_answer_is_lenient (void)
{
  assert_faults (TW_CODEC_ANSWER, "{\"new_field\":[1],\"days\":400,\"state\":\"archived\",\"code\":null}", "");
  assert_faults (TW_CODEC_ANSWER, "{\"days\":\"x\"}", "/days wrong_type");
}

static void
test_required (void)
{
  assert_faults (TW_CODEC_CREATE, "{}", "/code required\n/name required");
  assert_faults (TW_CODEC_CREATE, "{\"code\":\"\",\"name\":null}", "/code required\n/name required");
  assert_faults (TW_CODEC_PATCH, "{}", "");
  assert_faults (TW_CODEC_PATCH, "{\"name\":null}", "/name required");
  assert_faults (TW_CODEC_PATCH, "{\"name\":\"\"}", "/name required");
}

static void
test_forbidden_fields (void)
{
  assert_faults (TW_CODEC_CREATE, "{" MINIMAL ",\"id\":1,\"total\":\"1\",\"version\":null}",
                 "/id read_only\n/total read_only\n/version read_only");
  assert_faults (TW_CODEC_PATCH, "{\"id\":1,\"code\":\"X\"}", "/id read_only\n/code fixed");
  assert_faults (TW_CODEC_CREATE, "{" MINIMAL ",\"colour\":1,\"a/b~c\":2}", "/colour unknown_key\n/a~1b~0c unknown_key");
  assert_faults (TW_CODEC_CREATE, "{" MINIMAL ",\"Name\":\"x\"}", "/Name unknown_key");
}

static void
test_wrong_types (void)
{
  static const char *const cases[][2] = {
    { "{\"name\":1}", "/name wrong_type" },
    { "{\"name\":[]}", "/name wrong_type" },
    { "{\"state\":true}", "/state wrong_type" },
    { "{\"days\":\"3\"}", "/days wrong_type" },
    { "{\"days\":3.0}", "/days wrong_type" },
    { "{\"days\":true}", "/days wrong_type" },
    { "{\"urgent\":1}", "/urgent wrong_type" },
    { "{\"urgent\":\"true\"}", "/urgent wrong_type" },
    { "{\"unit_price\":14}", "/unit_price wrong_type" },
    { "{\"unit_price\":14.5}", "/unit_price wrong_type" },
    { "{\"unit_price\":{}}", "/unit_price wrong_type" },
    { "{\"due\":20261122}", "/due wrong_type" },
    { "{\"tags\":\"a\"}", "/tags wrong_type" },
    { "{\"tags\":[\"a\",null]}", "/tags/1 wrong_type" },
    { "{\"lines\":{}}", "/lines wrong_type" },
    { "{\"lines\":[1]}", "/lines/0 wrong_type" },
    { "{\"lines\":[{\"id\":\"7\",\"product\":\"a\",\"quantity\":\"1\"}]}", "/lines/0/id wrong_type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_faults (TW_CODEC_PATCH, cases[i][0], cases[i][1]);
}

static void
test_wrong_values (void)
{
  static const char *const cases[][2] = {
    { "{\"name\":\"01234567890\"}", "/name too_long" },
    { "{\"name\":\"a\\u202eb\"}", "/name bad_characters" },
    { "{\"name\":\"a\\nb\"}", "/name bad_characters" },
    { "{\"state\":\"opne\"}", "/state unknown_value" },
    { "{\"days\":31}", "/days out_of_range" },
    { "{\"days\":-9223372036854775808}", "/days out_of_range" },
    { "{\"unit_price\":\"-1\"}", "/unit_price out_of_range" },
    { "{\"unit_price\":\"1.1234567\"}", "/unit_price bad_number" },
    { "{\"discount\":\"1.5\"}", "/discount out_of_range" },
    { "{\"due\":\"2026-02-30\"}", "/due bad_date" },
    { "{\"sent_at\":\"2026-02-03\"}", "/sent_at bad_time" },
    { "{\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "/tags too_many" },
    { "{\"lines\":[{},{},{},{},{}]}", "/lines too_many" },
    { "{\"lines\":[{\"id\":0,\"product\":\"a\",\"quantity\":\"1\"}]}", "/lines/0/id out_of_range" },
    { "{\"lines\":[{\"id\":-3,\"product\":\"a\",\"quantity\":\"1\"}]}", "/lines/0/id out_of_range" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_faults (TW_CODEC_PATCH, cases[i][0], cases[i][1]);
}

static void
test_faults_of_lines (void)
{
  assert_faults (TW_CODEC_PATCH,
                 "{\"lines\":[{\"product\":\"a\",\"quantity\":\"1\"},{\"product\":\"b\",\"quantity\":\"0\",\"x\":1},"
                 "{\"quantity\":2,\"cost\":\"1\"}],\"days\":0}",
                 "/lines/1/quantity out_of_range\n/lines/1/x unknown_key\n/lines/2/quantity wrong_type\n"
                 "/lines/2/cost read_only\n/lines/2/product required\n/days out_of_range");
}

static void
test_details (void)
{
  assert_detail ("{\"unit_price\":14}", "Unit price must be text. Write 14.00 as text: \"14.00\".");
  assert_detail ("{\"discount\":0.05}", "Discount must be text. Write 0.05 as text: \"0.05\".");
  assert_detail ("{\"discount\":[]}", "Discount must be a number written as text, such as \"0.05\".");
  assert_detail ("{\"state\":\"x\"}", "State must be one of: open, closed.");
  assert_detail ("{\"name\":null}", "Name is required.");
  assert_detail ("{\"days\":99}", "Days must lie between 1 and 30.");
}

static void
test_patch_clears (void)
{
  g_autoptr (Sample) sample = sample_new (), patch = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, whole, NULL);
  g_autofree char *none
    = read_into (patch, TW_CODEC_PATCH, "{\"note\":null,\"due\":\"\",\"tags\":[],\"lines\":[],\"unit_price\":null}", NULL);

  g_assert_cmpstr (none, ==, "");
  tw_record_apply (TW_RECORD (sample), TW_RECORD (patch));
  g_assert_null (sample->note);
  g_assert_false (tw_date_is_set (sample->due));
  g_assert_true (tw_record_is_empty (TW_RECORD (sample), tw_record_find (TW_RECORD (sample), "tags")));
  g_assert_cmpuint (tw_record_count (sample->lines), ==, 0);
  g_assert_true (tw_decimal_is_zero (sample->unit_price));
  g_assert_cmpstr (sample->name, ==, "Alfreds");
}

/* A price of null must not become a price of 0 that somebody wrote. */
static void
test_create_null_is_absent (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *faults = read_into (sample, TW_CODEC_CREATE, "{" MINIMAL ",\"unit_price\":null,\"due\":\"\"}", NULL);

  g_assert_cmpstr (faults, ==, "");
  g_assert_false (tw_record_has (TW_RECORD (sample), "unit_price"));
  g_assert_false (tw_record_has (TW_RECORD (sample), "due"));
}

static void
test_parse (void)
{
  static const char *const bad[] = { "", "[]", "\"a\"", "{\"a\":1}x", "{'a':1}", "{\"a\":1,\"a\":2}" };
  g_autoptr (JsonNode) node = tw_codec_parse ("{\"a\":-9223372036854775808,\"b\":2}garbage", 32, NULL);

  g_assert_nonnull (node);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "a"), ==, G_MININT64);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tw_codec_parse (bad[i], -1, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
    }
}

static void
test_append_string (void)
{
  g_autoptr (GString) out = g_string_new (NULL), every = g_string_new (NULL), literal = g_string_new (NULL);

  tw_codec_append_string (out, "a\"\\\n\r\t\x01/信");
  g_assert_cmpstr (out->str, ==, "\"a\\\"\\\\\\n\\r\\t\\u0001/信\"");
  for (guint c = 1; c < 0x80; c++)
    g_string_append_c (every, (char) c);
  tw_codec_append_string (literal, every->str);
  g_autoptr (JsonNode) node = json_from_string (literal->str, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (json_node_get_string (node), ==, every->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/create", test_create);
  g_test_add_func ("/codec/write", test_write);
  g_test_add_func ("/codec/write-item", test_write_item);
  g_test_add_func ("/codec/answer/round-trip", test_answer_round_trip);
  g_test_add_func ("/codec/answer/lenient", test_answer_is_lenient);
  g_test_add_func ("/codec/required", test_required);
  g_test_add_func ("/codec/forbidden-fields", test_forbidden_fields);
  g_test_add_func ("/codec/wrong-types", test_wrong_types);
  g_test_add_func ("/codec/wrong-values", test_wrong_values);
  g_test_add_func ("/codec/faults-of-lines", test_faults_of_lines);
  g_test_add_func ("/codec/details", test_details);
  g_test_add_func ("/codec/patch-clears", test_patch_clears);
  g_test_add_func ("/codec/create-null-is-absent", test_create_null_is_absent);
  g_test_add_func ("/codec/parse", test_parse);
  g_test_add_func ("/codec/append-string", test_append_string);
  return g_test_run ();
}
