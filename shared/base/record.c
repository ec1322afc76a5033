/* record.c: GObject classes registered at run time from tables of fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each document is one type whose class_data is its TwRecordInfo. Class init installs one
 * property a field and prepares the look-up by name; after that the class is only read, by any
 * thread. Classes stay referenced for good, so that g_type_class_peek() always finds them.
 */
#include "shared/base/record.h"

#include <string.h>

G_DEFINE_ABSTRACT_TYPE (TwRecord, tw_record, G_TYPE_OBJECT)

static const TwField *
field_of_property (TwRecord *record, guint id)
{
  return &TW_RECORD_GET_CLASS (record)->info->fields[id - 1];
}

static void
get_property_cb (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwRecord *record = TW_RECORD (object);
  const TwField *field = field_of_property (record, id);

  switch (field->kind)
    {
    case TW_KIND_INT:
      g_value_set_int64 (value, tw_record_at (record, field, gint64));
      break;
    case TW_KIND_BOOL:
      g_value_set_boolean (value, tw_record_at (record, field, gboolean));
      break;
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
      g_value_set_string (value, tw_record_at (record, field, char *));
      break;
    case TW_KIND_KEY:
      g_value_set_static_string (value, tw_record_at (record, field, const char *));
      break;
    case TW_KIND_STRINGS:
      g_value_set_boxed (value, tw_record_at (record, field, GStrv));
      break;
    case TW_KIND_LIST:
      g_value_set_object (value, tw_record_at (record, field, GListStore *));
      break;
    case TW_KIND_DATE:
    case TW_KIND_TIME:
      {
        char *text = tw_record_get_text (record, field);
        g_value_take_string (value, text != NULL ? text : g_strdup (""));
      }
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      g_value_take_string (value, tw_record_get_text (record, field));
      break;
    }
}

/* FALSE when the value is the same already. */
static gboolean
set_strings (GStrv *member, const char *const *strings)
{
  static const char *const nothing[] = { NULL };

  if (g_strv_equal (*member != NULL ? (const char *const *) *member : nothing, strings != NULL ? strings : nothing))
    return FALSE;
  g_strfreev (*member);
  *member = g_strdupv ((GStrv) strings);
  return TRUE;
}

static gboolean
set_as_text (TwRecord *record, const TwField *field, const char *text)
{
  g_autofree char *before = tw_record_get_text (record, field);
  g_autoptr (GError) error = NULL;

  if (!tw_record_load_text (record, field, text, &error))
    {
      g_warning ("Property %s of %s: %s", field->name, G_OBJECT_TYPE_NAME (record), error->message);
      return FALSE;
    }
  g_autofree char *after = tw_record_get_text (record, field);
  return g_strcmp0 (before, after) != 0;
}

static void
set_property_cb (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwRecord *record = TW_RECORD (object);
  const TwField *field = field_of_property (record, id);
  gboolean changed;

  switch (field->kind)
    {
    case TW_KIND_INT:
      changed = tw_record_at (record, field, gint64) != g_value_get_int64 (value);
      tw_record_at (record, field, gint64) = g_value_get_int64 (value);
      break;
    case TW_KIND_BOOL:
      changed = tw_record_at (record, field, gboolean) != g_value_get_boolean (value);
      tw_record_at (record, field, gboolean) = g_value_get_boolean (value);
      break;
    case TW_KIND_STRINGS:
      changed = set_strings (&tw_record_at (record, field, GStrv), g_value_get_boxed (value));
      break;
    default:
      changed = set_as_text (record, field, g_value_get_string (value));
      break;
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
tw_record_finalize (GObject *object)
{
  TwRecord *record = TW_RECORD (object);
  const TwRecordInfo *info = tw_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      if (field->kind == TW_KIND_TEXT || field->kind == TW_KIND_JSON)
        g_free (tw_record_at (record, field, char *));
      else if (field->kind == TW_KIND_STRINGS)
        g_strfreev (tw_record_at (record, field, GStrv));
      else if (field->kind == TW_KIND_LIST)
        g_object_unref (tw_record_at (record, field, GListStore *));
    }
  G_OBJECT_CLASS (tw_record_parent_class)->finalize (object);
}

static void
tw_record_class_init (TwRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tw_record_finalize;
}

static void
tw_record_init (TwRecord *self)
{
}

static GParamSpec *
property_for_field (const TwField *field)
{
  g_autofree char *dashed = g_strdelimit (g_strdup (field->name), "_", '-');
  const char *name = g_intern_string (dashed);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (field->kind)
    {
    case TW_KIND_INT:
      return g_param_spec_int64 (name, field->label, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case TW_KIND_BOOL:
      return g_param_spec_boolean (name, field->label, NULL, FALSE, flags);
    case TW_KIND_STRINGS:
      return g_param_spec_boxed (name, field->label, NULL, G_TYPE_STRV, flags);
    case TW_KIND_LIST:
      return g_param_spec_object (name, field->label, NULL, G_TYPE_LIST_MODEL, flags & ~G_PARAM_WRITABLE);
    default:
      return g_param_spec_string (name, field->label, NULL, NULL, flags);
    }
}

static void
document_class_init (gpointer g_class, gpointer class_data)
{
  TwRecordClass *klass = g_class;

  /* GObject does not inherit these two. */
  G_OBJECT_CLASS (klass)->get_property = get_property_cb;
  G_OBJECT_CLASS (klass)->set_property = set_property_cb;
  klass->info = class_data;
  klass->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < klass->info->n_fields; i++)
    {
      const TwField *field = &klass->info->fields[i];

      g_assert (field->label != NULL);
      g_assert (field->kind != TW_KIND_LIST || field->item != NULL);
      g_assert (field->kind != TW_KIND_KEY || field->keys != NULL);
      if (!g_hash_table_insert (klass->by_name, (gpointer) field->name, GUINT_TO_POINTER (i + 1)))
        g_error ("%s has two fields named %s", klass->info->document, field->name);
      klass->properties[i] = property_for_field (field);
      g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, klass->properties[i]);
    }
}

/* @g_class is the class of the document; the instance itself still carries its parent's. */
static void
document_init (GTypeInstance *instance, gpointer g_class)
{
  const TwRecordInfo *info = ((TwRecordClass *) g_class)->info;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind == TW_KIND_LIST)
      tw_record_at (instance, &info->fields[i], GListStore *) = g_list_store_new (info->fields[i].item ());
}

GType
tw_record_register (const char *type_name, gsize instance_size, const TwRecordInfo *info)
{
  g_assert (instance_size <= G_MAXUINT16 && info->n_fields <= TW_MAX_FIELDS);

  GTypeInfo type_info = {
    .class_size = sizeof (TwRecordClass),
    .class_init = document_class_init,
    .class_data = info,
    .instance_size = (guint16) instance_size,
    .instance_init = document_init,
  };
  GType type = g_type_register_static (TW_TYPE_RECORD, g_intern_string (type_name), &type_info, 0);
  g_type_class_ref (type);
  return type;
}

static TwRecordClass *
class_of_type (GType type)
{
  g_return_val_if_fail (g_type_is_a (type, TW_TYPE_RECORD), NULL);

  return g_type_class_peek (type);
}

const TwRecordInfo *
tw_record_get_info (TwRecord *record)
{
  return TW_RECORD_GET_CLASS (record)->info;
}

const TwRecordInfo *
tw_record_type_get_info (GType type)
{
  TwRecordClass *klass = class_of_type (type);

  return klass != NULL ? klass->info : NULL;
}

static const TwField *
find_in_class (TwRecordClass *klass, const char *name)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (klass->by_name, name));

  return position != 0 ? &klass->info->fields[position - 1] : NULL;
}

const TwField *
tw_record_type_find (GType type, const char *name)
{
  TwRecordClass *klass = class_of_type (type);

  return klass != NULL ? find_in_class (klass, name) : NULL;
}

const TwField *
tw_record_find (TwRecord *record, const char *name)
{
  return find_in_class (TW_RECORD_GET_CLASS (record), name);
}

void
tw_record_take_text (char **member, char *text)
{
  if (*member == text)
    return;
  g_free (*member);
  *member = text;
}

void
tw_record_set_string (char **member, const char *text)
{
  /* The rows of a list are read into one record, and much is the same from row to row. */
  if (*member != text && g_strcmp0 (*member, text) != 0)
    tw_record_take_text (member, g_strdup (text));
}

static guint
index_of_field (TwRecord *record, const TwField *field)
{
  const TwRecordInfo *info = tw_record_get_info (record);

  g_assert (field >= info->fields && field < info->fields + info->n_fields);
  return (guint) (field - info->fields);
}

gboolean
tw_record_is_present (TwRecord *record, const TwField *field)
{
  guint i = index_of_field (record, field);

  return (record->present[i / 64] >> (i % 64) & 1) != 0;
}

gboolean
tw_record_has (TwRecord *record, const char *name)
{
  const TwField *field = tw_record_find (record, name);

  g_assert (field != NULL);
  return tw_record_is_present (record, field);
}

void
tw_record_mark_present (TwRecord *record, const TwField *field)
{
  guint i = index_of_field (record, field);

  record->present[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

void
tw_record_changed (TwRecord *record, const char *name)
{
  const TwField *field = tw_record_find (record, name);

  g_return_if_fail (field != NULL);
  g_object_notify_by_pspec (G_OBJECT (record),
                            TW_RECORD_GET_CLASS (record)->properties[index_of_field (record, field)]);
}

/* A GListStore remembers where it was looked at last, and two threads that read one list would each be given the
 * other's next item. Which lock a list has follows from where it lies. */
#define N_LOCKS 64

static GMutex *
find_lock (GListStore *list)
{
  static GMutex locks[N_LOCKS];

  return &locks[(GPOINTER_TO_SIZE (list) >> 6) % N_LOCKS];
}

gpointer
tw_record_nth (GListStore *list, guint n)
{
  GMutex *lock = find_lock (list);
  g_autoptr (GObject) item = NULL;

  g_mutex_lock (lock);
  item = g_list_model_get_item (G_LIST_MODEL (list), n);
  g_mutex_unlock (lock);
  return item; /* the list keeps it alive */
}

guint
tw_record_count (GListStore *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

const char *
tw_key_find (const TwKey *keys, const char *key)
{
  for (; key != NULL && keys->key != NULL; keys++)
    if (keys->key == key || strcmp (keys->key, key) == 0)
      return keys->key;
  return NULL;
}

const char *
tw_key_get_label (const TwKey *keys, const char *key)
{
  for (; key != NULL && keys->key != NULL; keys++)
    if (keys->key == key || strcmp (keys->key, key) == 0)
      return keys->label != NULL ? _ (keys->label) : keys->key;
  return key;
}
