/* lookup-item.c: a row of what a lookup found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/lookup-item.h"

struct _TwLookupItem
{
  GObject parent_instance;

  JsonObject *record;
  char *key;
  char *name;
  char *detail;
};

enum
{
  PROP_0,
  PROP_KEY,
  PROP_NAME,
  PROP_DETAIL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwLookupItem, tw_lookup_item, G_TYPE_OBJECT)

static char *
dup_member (JsonObject *record, const char *name)
{
  JsonNode *node = name != NULL ? json_object_get_member (record, name) : NULL;

  return g_strdup (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "");
}

static void
tw_lookup_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwLookupItem *self = TW_LOOKUP_ITEM (object);

  switch (id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_lookup_item_finalize (GObject *object)
{
  TwLookupItem *self = TW_LOOKUP_ITEM (object);

  g_clear_pointer (&self->record, json_object_unref);
  g_free (self->key);
  g_free (self->name);
  g_free (self->detail);
  G_OBJECT_CLASS (tw_lookup_item_parent_class)->finalize (object);
}

static void
tw_lookup_item_class_init (TwLookupItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tw_lookup_item_get_property;
  object_class->finalize = tw_lookup_item_finalize;
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_lookup_item_init (TwLookupItem *self)
{
}

TwLookupItem *
tw_lookup_item_new (JsonObject *record, const char *key_field, const char *name_field, const char *detail_field)
{
  TwLookupItem *self = g_object_new (TW_TYPE_LOOKUP_ITEM, NULL);

  self->record = json_object_ref (record);
  self->key = dup_member (record, key_field);
  self->name = dup_member (record, name_field);
  self->detail = dup_member (record, detail_field);
  return self;
}

JsonObject *
tw_lookup_item_get_record (TwLookupItem *self)
{
  return self->record;
}

const char *
tw_lookup_item_get_key (TwLookupItem *self)
{
  return self->key;
}

const char *
tw_lookup_item_get_name (TwLookupItem *self)
{
  return self->name;
}
