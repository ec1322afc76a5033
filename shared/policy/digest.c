/* digest.c: see digest.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/policy/digest.h"

static void append_record (GString *out, TwRecord *record);

static void
append_value (GString *out, const char *value)
{
  for (const char *c = value != NULL ? value : ""; *c != '\0'; c++)
    switch (*c)
      {
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      default:
        g_string_append_c (out, *c);
      }
}

static void
append_list (GString *out, const TwField *field, GListStore *list)
{
  guint n = tw_record_count (list);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (out, "%s[\n", field->name);
      append_record (out, tw_record_nth (list, i));
      g_string_append (out, "]\n");
    }
}

static void
append_field (GString *out, TwRecord *record, const TwField *field)
{
  g_autofree char *value = NULL;

  if (field->kind == TW_KIND_LIST)
    {
      append_list (out, field, tw_record_at (record, field, GListStore *));
      return;
    }
  value = tw_record_get_text (record, field);
  g_string_append_printf (out, "%s=", field->name);
  append_value (out, value);
  g_string_append_c (out, '\n');
}

static void
append_record (GString *out, TwRecord *record)
{
  const TwRecordInfo *info = tw_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].flags & TW_COMMERCIAL)
      append_field (out, record, &info->fields[i]);
}

char *
tw_digest_canonical (TwRecord *record)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_record (out, record);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
tw_digest_commercial (TwRecord *record, const char *rule_version)
{
  g_autofree char *content = tw_digest_canonical (record);
  g_autofree char *text = g_strconcat ("rules=", rule_version, "\n", content, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}
