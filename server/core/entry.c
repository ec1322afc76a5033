/* entry.c: see entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/entry.h"

static void check_record (TwRecord *record, TwSecrets secrets, const char *at, GError **problem);

static void
check_items (TwRecord *record, const TwField *field, TwSecrets secrets, const char *at, GError **problem)
{
  GListStore *items = tw_record_at (record, field, GListStore *);

  for (guint i = 0; i < tw_record_count (items); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("%s/%s/%u", at, field->name, i);

      check_record (tw_record_nth (items, i), secrets, pointer, problem);
    }
}

static void
refuse (const TwField *field, const char *at, GError **problem)
{
  g_autofree char *pointer = g_strconcat (at, "/", field->name, NULL);

  tw_error_fault (problem, pointer, "unknown_key", _ ("There is no field named “%s” here."), field->name);
}

/* Adds a fault to *problem for each field that is present and closed; @at: pointer of @record. */
static void
check_record (TwRecord *record, TwSecrets secrets, const char *at, GError **problem)
{
  const TwRecordInfo *info = tw_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if (!tw_record_is_present (record, field))
        continue;
      if (field->secret & ~secrets)
        refuse (field, at, problem);
      else if (field->kind == TW_KIND_LIST)
        check_items (record, field, secrets, at, problem);
    }
}

gboolean
tw_entry_check (TwContext *ctx, TwRecord *body, GError **error)
{
  TwSecrets secrets = tw_context_get_secrets (ctx);
  g_autoptr (GError) problem = NULL;

  if (secrets == TW_SECRETS_ALL)
    return TRUE;
  check_record (body, secrets, "", &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
