/* change-mask.c: see change-mask.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log keeps secret fields; who may not read them gets the change without them.
 */
#include "server/core/change-mask.h"

#include <json-glib/json-glib.h>

#include "shared/base/error.h"

static void mask_value (GType type, JsonNode *value, TwSecrets secrets);

/* Takes the members out of @object that are secret fields of @type and not in @secrets; also in lists. */
static void
mask_object (GType type, JsonObject *object, TwSecrets secrets)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      const TwField *field = tw_record_type_find (type, l->data);

      if (field && field->secret && !(field->secret & secrets))
        json_object_remove_member (object, l->data);
      else if (field && field->kind == TW_KIND_LIST)
        mask_value (field->item (), json_object_get_member (object, l->data), secrets);
    }
}

static void
mask_value (GType type, JsonNode *value, TwSecrets secrets)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      mask_object (type, json_array_get_object_element (array, i), secrets);
}

static gboolean
mask_text (GType type, char **text, TwSecrets secrets, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  if (!*text)
    return TRUE;
  root = json_from_string (*text, error);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return root ? tw_error_set (error, TW_ERROR_INTERNAL, "a change is no JSON object") : FALSE;
  mask_object (type, json_node_get_object (root), secrets);
  tw_record_take_text (text, json_to_string (root, FALSE));
  return TRUE;
}

gboolean
tw_change_mask (TwChange *change, GType type, TwSecrets secrets, GError **error)
{
  return secrets == TW_SECRETS_ALL
         || (mask_text (type, &change->before, secrets, error) && mask_text (type, &change->after, secrets, error));
}
