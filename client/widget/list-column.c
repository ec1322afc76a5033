/* list-column.c: a column of a list or of lines, by the name of a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/list-column.h"

#include "client/widget/format.h"

struct _TwListColumn
{
  GObject parent_instance;

  char *field;
  char *title;
  char *sort;
  char *route;
  char *key_field;
  char *name_field;
  char *fill;
  char *unset;
  int width;
  gboolean expand;
  gboolean sortable;
  gboolean strong;
  gboolean dim;
  gboolean wide_only;
  gboolean editable;
  gboolean optional;
  gboolean blank_zero;
};

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_TITLE,
  PROP_SORT,
  PROP_ROUTE,
  PROP_KEY_FIELD,
  PROP_NAME_FIELD,
  PROP_FILL,
  PROP_UNSET,
  PROP_WIDTH,
  PROP_EXPAND,
  PROP_SORTABLE,
  PROP_STRONG,
  PROP_DIM,
  PROP_WIDE_ONLY,
  PROP_EDITABLE,
  PROP_OPTIONAL,
  PROP_BLANK_ZERO,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwListColumn, tw_list_column, G_TYPE_OBJECT)

static char **
string_member (TwListColumn *self, guint id)
{
  switch (id)
    {
    case PROP_FIELD:
      return &self->field;
    case PROP_TITLE:
      return &self->title;
    case PROP_SORT:
      return &self->sort;
    case PROP_ROUTE:
      return &self->route;
    case PROP_KEY_FIELD:
      return &self->key_field;
    case PROP_NAME_FIELD:
      return &self->name_field;
    case PROP_FILL:
      return &self->fill;
    case PROP_UNSET:
      return &self->unset;
    default:
      return NULL;
    }
}

static gboolean *
flag_member (TwListColumn *self, guint id)
{
  switch (id)
    {
    case PROP_EXPAND:
      return &self->expand;
    case PROP_SORTABLE:
      return &self->sortable;
    case PROP_STRONG:
      return &self->strong;
    case PROP_DIM:
      return &self->dim;
    case PROP_WIDE_ONLY:
      return &self->wide_only;
    case PROP_EDITABLE:
      return &self->editable;
    case PROP_OPTIONAL:
      return &self->optional;
    case PROP_BLANK_ZERO:
      return &self->blank_zero;
    default:
      return NULL;
    }
}

static void
tw_list_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwListColumn *self = TW_LIST_COLUMN (object);
  char **string = string_member (self, id);
  gboolean *flag = flag_member (self, id);

  if (string != NULL)
    {
      g_free (*string);
      *string = g_value_dup_string (value);
    }
  else if (flag != NULL)
    {
      *flag = g_value_get_boolean (value);
    }
  else
    {
      self->width = g_value_get_int (value);
    }
}

static void
tw_list_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwListColumn *self = TW_LIST_COLUMN (object);
  char **string = string_member (self, id);
  gboolean *flag = flag_member (self, id);

  if (string != NULL)
    g_value_set_string (value, *string);
  else if (flag != NULL)
    g_value_set_boolean (value, *flag);
  else
    g_value_set_int (value, self->width);
}

static void
tw_list_column_finalize (GObject *object)
{
  for (guint id = PROP_FIELD; id <= PROP_UNSET; id++)
    g_free (*string_member (TW_LIST_COLUMN (object), id));
  G_OBJECT_CLASS (tw_list_column_parent_class)->finalize (object);
}

static void
tw_list_column_class_init (TwListColumnClass *klass)
{
  static const char *const strings[]
    = { "field", "title", "sort", "route", "key-field", "name-field", "fill", "unset" };
  static const char *const flags[]
    = { "expand", "sortable", "strong", "dim", "wide-only", "editable", "optional", "blank-zero" };
  const GParamFlags access = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = tw_list_column_set_property;
  object_class->get_property = tw_list_column_get_property;
  object_class->finalize = tw_list_column_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[PROP_FIELD + i] = g_param_spec_string (strings[i], NULL, NULL, NULL, access);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, 4000, 0, access);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    properties[PROP_EXPAND + i]
      = g_param_spec_boolean (flags[i], NULL, NULL, PROP_EXPAND + i == PROP_SORTABLE, access);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_list_column_init (TwListColumn *self)
{
  self->sortable = TRUE;
}

const char *
tw_list_column_get_field (TwListColumn *self)
{
  return self->field;
}

const TwField *
tw_list_column_find (TwListColumn *self, GType type)
{
  const TwField *field = tw_record_type_find (type, self->field);

  if (field == NULL)
    g_critical ("%s has no field %s", g_type_name (type), self->field);
  return field;
}

char *
tw_list_column_get_title (TwListColumn *self, GType type)
{
  const TwField *field;

  if (self->title != NULL)
    return g_strdup (self->title);
  field = tw_list_column_find (self, type);
  return g_strdup (field != NULL && field->label != NULL ? _(field->label) : "");
}

/* Wide enough for what the kind usually holds, in the interface font at its default size. */
int
tw_list_column_get_width (TwListColumn *self, GType type)
{
  const TwField *field;

  if (self->width > 0 || self->expand)
    return self->width > 0 ? self->width : -1;
  field = tw_list_column_find (self, type);
  switch (field != NULL ? field->kind : TW_KIND_TEXT)
    {
    case TW_KIND_DATE:
      return 108;
    case TW_KIND_TIME:
      return 148;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
      return 112;
    case TW_KIND_QUANTITY:
    case TW_KIND_INT:
    case TW_KIND_RATE:
      return 88;
    case TW_KIND_KEY:
      return 128;
    default:
      return 132;
    }
}

static gboolean
is_zero (TwRecord *record, const TwField *field)
{
  return tw_field_is_number (field)
         && (field->kind == TW_KIND_INT ? tw_record_at (record, field, gint64) == 0
                                        : tw_decimal_is_zero (tw_record_at (record, field, TwDecimal)));
}

char *
tw_list_column_show (TwListColumn *self, TwRecord *record, const TwField *field)
{
  char *text = self->blank_zero && is_zero (record, field) ? g_strdup ("") : tw_format_value (record, field);

  if (self->unset != NULL && *text == '\0')
    tw_record_take_text (&text, g_strdup (self->unset));
  return text;
}

gboolean
tw_list_column_get_expand (TwListColumn *self)
{
  return self->expand;
}

gboolean
tw_list_column_get_sortable (TwListColumn *self)
{
  return self->sortable;
}

const char *
tw_list_column_get_sort (TwListColumn *self)
{
  return self->sort != NULL ? self->sort : self->field;
}

gboolean
tw_list_column_get_strong (TwListColumn *self)
{
  return self->strong;
}

gboolean
tw_list_column_get_dim (TwListColumn *self)
{
  return self->dim;
}

gboolean
tw_list_column_get_wide_only (TwListColumn *self)
{
  return self->wide_only;
}

gboolean
tw_list_column_get_editable (TwListColumn *self)
{
  return self->editable;
}

gboolean
tw_list_column_get_optional (TwListColumn *self)
{
  return self->optional;
}

const char *
tw_list_column_get_route (TwListColumn *self)
{
  return self->route;
}

const char *
tw_list_column_get_key_field (TwListColumn *self)
{
  return self->key_field != NULL ? self->key_field : "code";
}

const char *
tw_list_column_get_name_field (TwListColumn *self)
{
  return self->name_field != NULL ? self->name_field : "name";
}

const char *
tw_list_column_get_fill (TwListColumn *self)
{
  return self->fill;
}

gboolean
tw_field_is_number (const TwField *field)
{
  return field->kind == TW_KIND_INT || field->kind == TW_KIND_MONEY || field->kind == TW_KIND_PRICE
         || field->kind == TW_KIND_QUANTITY || field->kind == TW_KIND_RATE;
}
