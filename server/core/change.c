/* change.c: see change.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change.h"

#include <string.h>

#include "server/core/change-store.h"
#include "shared/base/codec.h"

/* What every row says anyway. */
static gboolean
is_bookkeeping (const TwField *field)
{
  static const char *const names[] = { "id", "version", "created_at", "updated_at", "actions", NULL };

  return g_strv_contains (names, field->name);
}

static gboolean
is_logged (const TwField *field)
{
  return !(field->flags & TW_WRITE_ONLY) && !is_bookkeeping (field);
}

/* The names of the logged fields that differ; all that are not empty when one side is missing. */
static GPtrArray *
list_differences (TwRecord *before, TwRecord *after)
{
  TwRecord *one = after ? after : before;
  const TwRecordInfo *info = tw_record_get_info (one);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if (!is_logged (field))
        continue;
      if (before && after ? tw_record_field_equal (before, after, field) : tw_record_is_empty (one, field))
        continue;
      g_ptr_array_add (names, (gpointer) field->name);
    }
  g_ptr_array_add (names, NULL);
  return names;
}

/* Secrets are kept: the reader masks them. */
static char *
write_fields (TwRecord *record, GPtrArray *names)
{
  g_autoptr (GString) out = NULL;

  if (!record)
    return NULL;
  out = g_string_new (NULL);
  tw_codec_write_item (record, TW_SECRETS_ALL, (const char *const *) names->pdata, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
tw_change_record (TwContext *ctx, const char *action, TwRecord *before, TwRecord *after, const char *reason,
                  GError **error)
{
  TwRecord *one = after ? after : before;
  g_autoptr (GPtrArray) names = list_differences (before, after);
  g_autofree char *old = write_fields (before, names);
  g_autofree char *new = write_fields (after, names);
  TwChangeEntry change = {
    .document = tw_record_get_info (one)->document,
    .document_id = one->id,
    .version = one->version,
    .action = action,
    .reason = reason,
    .before = old,
    .after = new,
  };

  return tw_change_store_insert (ctx, &change, error);
}

gboolean
tw_change_note (TwContext *ctx, const char *document, gint64 id, gint64 version, const char *action, const char *detail,
                const char *reason, GError **error)
{
  return tw_change_note_for (ctx, document, id, version, action, 0, detail, reason, error);
}

gboolean
tw_change_note_for (TwContext *ctx, const char *document, gint64 id, gint64 version, const char *action,
                    gint64 on_behalf_of, const char *detail, const char *reason, GError **error)
{
  TwChangeEntry change = {
    .document = document,
    .document_id = id,
    .version = version,
    .action = action,
    .on_behalf_of = on_behalf_of,
    .reason = reason,
    .after = detail,
  };

  return tw_change_store_insert (ctx, &change, error);
}
