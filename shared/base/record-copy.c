/* record-copy.c: records compared, copied and brought up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/record.h"

#include <string.h>

static gboolean
record_equal (TwRecord *a, TwRecord *b)
{
  const TwRecordInfo *info = tw_record_get_info (a);

  for (guint i = 0; i < info->n_fields; i++)
    if (!tw_record_field_equal (a, b, &info->fields[i]))
      return FALSE;
  return TRUE;
}

static gboolean
list_equal (GListStore *a, GListStore *b)
{
  guint n = tw_record_count (a);

  if (tw_record_count (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!record_equal (tw_record_nth (a, i), tw_record_nth (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
strings_equal (GStrv a, GStrv b)
{
  guint n = a != NULL ? g_strv_length (a) : 0;

  if ((b != NULL ? g_strv_length (b) : 0) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

/* NULL and "" are both none. */
static gboolean
text_equal (const char *a, const char *b)
{
  return strcmp (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

gboolean
tw_record_field_equal (TwRecord *a, TwRecord *b, const TwField *field)
{
  g_return_val_if_fail (G_OBJECT_TYPE (a) == G_OBJECT_TYPE (b), FALSE);

  switch (field->kind)
    {
    case TW_KIND_INT:
      return tw_record_at (a, field, gint64) == tw_record_at (b, field, gint64);
    case TW_KIND_BOOL:
      return !tw_record_at (a, field, gboolean) == !tw_record_at (b, field, gboolean);
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
    case TW_KIND_KEY:
      return text_equal (tw_record_at (a, field, const char *), tw_record_at (b, field, const char *));
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return tw_decimal_compare (tw_record_at (a, field, TwDecimal), tw_record_at (b, field, TwDecimal)) == 0;
    case TW_KIND_DATE:
      return tw_date_compare (tw_record_at (a, field, TwDate), tw_record_at (b, field, TwDate)) == 0;
    case TW_KIND_TIME:
      return tw_time_compare (tw_record_at (a, field, TwTime), tw_record_at (b, field, TwTime)) == 0;
    case TW_KIND_STRINGS:
      return strings_equal (tw_record_at (a, field, GStrv), tw_record_at (b, field, GStrv));
    case TW_KIND_LIST:
      return list_equal (tw_record_at (a, field, GListStore *), tw_record_at (b, field, GListStore *));
    }
  g_return_val_if_reached (FALSE);
}

/* One splice, so that a bound view sees one change. */
static void
copy_list (GListStore *target, GListStore *source)
{
  guint n = tw_record_count (source);
  g_autoptr (GPtrArray) items = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, tw_record_copy (tw_record_nth (source, i)));
  g_list_store_splice (target, 0, tw_record_count (target), items->pdata, n);
}

static void
copy_field (TwRecord *target, TwRecord *source, const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      tw_record_at (target, field, gint64) = tw_record_at (source, field, gint64);
      break;
    case TW_KIND_BOOL:
      tw_record_at (target, field, gboolean) = tw_record_at (source, field, gboolean);
      break;
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
      tw_record_set_string (&tw_record_at (target, field, char *), tw_record_at (source, field, char *));
      break;
    case TW_KIND_KEY:
      tw_record_at (target, field, const char *) = tw_record_at (source, field, const char *);
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      tw_record_at (target, field, TwDecimal) = tw_record_at (source, field, TwDecimal);
      break;
    case TW_KIND_DATE:
      tw_record_at (target, field, TwDate) = tw_record_at (source, field, TwDate);
      break;
    case TW_KIND_TIME:
      tw_record_at (target, field, TwTime) = tw_record_at (source, field, TwTime);
      break;
    case TW_KIND_STRINGS:
      g_strfreev (tw_record_at (target, field, GStrv));
      tw_record_at (target, field, GStrv) = g_strdupv (tw_record_at (source, field, GStrv));
      break;
    case TW_KIND_LIST:
      copy_list (tw_record_at (target, field, GListStore *), tw_record_at (source, field, GListStore *));
      break;
    }
}

static void
update_field (TwRecord *target, TwRecord *source, const TwField *field)
{
  if (tw_record_field_equal (target, source, field))
    return;
  copy_field (target, source, field);
  tw_record_changed (target, field->name);
}

void
tw_record_apply (TwRecord *target, TwRecord *patch)
{
  g_return_if_fail (target != patch && G_OBJECT_TYPE (target) == G_OBJECT_TYPE (patch));

  const TwRecordInfo *info = tw_record_get_info (target);
  g_object_freeze_notify (G_OBJECT (target));
  for (guint i = 0; i < info->n_fields; i++)
    if (tw_record_is_present (patch, &info->fields[i]))
      update_field (target, patch, &info->fields[i]);
  g_object_thaw_notify (G_OBJECT (target));
}

TwRecord *
tw_record_copy (TwRecord *record)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  TwRecord *copy = g_object_new (G_OBJECT_TYPE (record), NULL);

  for (guint i = 0; i < info->n_fields; i++)
    copy_field (copy, record, &info->fields[i]);
  memcpy (copy->present, record->present, sizeof copy->present);
  return copy;
}

void
tw_record_assign (TwRecord *target, TwRecord *source)
{
  g_return_if_fail (G_OBJECT_TYPE (target) == G_OBJECT_TYPE (source));

  const TwRecordInfo *info = tw_record_get_info (target);
  g_object_freeze_notify (G_OBJECT (target));
  for (guint i = 0; target != source && i < info->n_fields; i++)
    update_field (target, source, &info->fields[i]);
  g_object_thaw_notify (G_OBJECT (target));
}
