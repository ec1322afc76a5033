/* fuzz-codec.c: JSON into every kind of record, and out again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: the type's name; "create", "patch" or "answer"; the JSON. Whatever our scan accepts json-glib must read too;
 * what the codec accepts must come back the same from what it writes; what it refuses must be refused with faults that
 * can be shown.
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "shared/base/codec.h"
#include "shared/base/error.h"
#include "shared/base/json-scan.h"
#include "tests/fuzz/documents.h"

static TwCodecMode
read_mode (const char *word)
{
  return *word == 'p' ? TW_CODEC_PATCH : *word == 'a' ? TW_CODEC_ANSWER : TW_CODEC_CREATE;
}

/* Also when the root is no object, which tw_codec_parse() asks for. */
static void
check_scan (TwFuzzInput *input)
{
  gssize length = input->end - input->at;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  if (!tw_json_scan (input->at, (gsize) length, &error))
    {
      g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else if (!json_parser_load_from_data (parser, input->at, length, &error))
    g_error ("the scan accepted what the parser does not: %s", error->message);
}

static void
check_faults (const GError *error)
{
  GPtrArray *faults = tw_error_get_faults (error);

  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  g_assert_nonnull (faults);
  g_assert_cmpuint (faults->len, >, 0);
  for (guint i = 0; i < faults->len; i++)
    {
      const TwFault *fault = g_ptr_array_index (faults, i);

      g_assert_true (*fault->pointer == '\0' || *fault->pointer == '/');
      g_assert_true (g_utf8_validate (fault->pointer, -1, NULL));
      g_assert_true (g_utf8_validate (fault->detail, -1, NULL));
      g_assert_cmpuint (strlen (fault->code), >, 0);
      g_assert_cmpuint (strlen (fault->detail), >, 0);
    }
}

/* What is written is JSON again, and says all that may be answered. */
static void
check_round_trip (TwRecord *record)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  g_autoptr (TwRecord) again = g_object_new (G_OBJECT_TYPE (record), NULL);
  g_autoptr (GString) written = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  tw_codec_write (record, TW_SECRETS_ALL, written);
  node = tw_codec_parse (written->str, (gssize) written->len, &error);
  g_assert_no_error (error);
  tw_codec_read (again, json_node_get_object (node), TW_CODEC_ANSWER, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < info->n_fields; i++)
    if (!(info->fields[i].flags & TW_WRITE_ONLY) && !tw_record_field_equal (record, again, &info->fields[i]))
      g_error ("%s is not the same after %s", info->fields[i].name, written->str);
}

/* Secrets stay out, whatever was read. */
static void
check_secrets (TwRecord *record)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  g_autoptr (GString) written = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  tw_codec_write_item (record, TW_SECRET_NONE, NULL, written);
  node = tw_codec_parse (written->str, (gssize) written->len, NULL);
  g_assert_nonnull (node);
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].secret != TW_SECRET_NONE || (info->fields[i].flags & (TW_WRITE_ONLY | TW_ABSENT)) != 0)
      g_assert_false (json_object_has_member (json_node_get_object (node), info->fields[i].name));
}

static void
check_accepted (TwRecord *record, TwCodecMode mode)
{
  g_autoptr (TwRecord) copy = tw_record_copy (record);

  check_round_trip (record);
  check_secrets (record);
  if (mode == TW_CODEC_PATCH)
    {
      g_autoptr (TwRecord) target = g_object_new (G_OBJECT_TYPE (record), NULL);

      tw_record_apply (target, record);
    }
  tw_record_assign (copy, record);
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
  g_autofree char *name = tw_fuzz_line (&input);
  g_autofree char *word = tw_fuzz_line (&input);
  TwCodecMode mode = read_mode (word);
  g_autoptr (TwRecord) record = g_object_new (tw_fuzz_find_type (name), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  check_scan (&input);
  node = tw_codec_parse (input.at, input.end - input.at, &error);
  if (node == NULL)
    g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
  else if (tw_codec_read (record, json_node_get_object (node), mode, &error))
    check_accepted (record, mode);
  else
    check_faults (error);
  return 0;
}
