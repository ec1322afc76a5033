/* request.c: a request as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/exchange.h"
#include "shared/base/json-scan.h"

#include <string.h>

#define MAX_KEY_CHARACTERS 255

struct _TwRequest
{
  char *id;
  char *method;
  char *path;
  GHashTable *query;
  GHashTable *params; /* name → decoded value */
  char *content_type;
  char *key;
  char *token;
  char *if_none_match;
  char *language;
  char *address;
  gint64 version;
  GBytes *body;
  JsonNode *json;
  GError *error; /* the first thing that was malformed */
  gpointer prepared;
  GDestroyNotify prepared_destroy;
};

/* ---- Query ---- */

static void
read_query (TwRequest *request, const char *query)
{
  GUriParamsIter iter;
  char *name, *value;
  g_autoptr (GError) problem = NULL;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &problem))
    {
      if (!g_hash_table_contains (request->query, name))
        {
          g_hash_table_insert (request->query, name, value);
          continue;
        }
      if (!request->error)
        tw_error_set (&request->error, TW_ERROR_MALFORMED, _("The query names %s twice."), name);
      g_free (name);
      g_free (value);
    }
  if (problem && !request->error)
    tw_error_set (&request->error, TW_ERROR_MALFORMED, _("The query of the address is not understood."));
}

/* ---- Headers ---- */

/* `"12"` or `W/"12"`: our ETags are versions. */
static gint64
read_version (const char *value)
{
  const char *p = g_str_has_prefix (value, "W/") ? value + 2 : value;
  g_autofree char *digits = NULL;
  guint64 version;
  gsize length = strlen (p);

  if (length < 3 || p[0] != '"' || p[length - 1] != '"')
    return 0;
  digits = g_strndup (p + 1, length - 2);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &version, NULL))
    return 0;
  return (gint64) version;
}

static void
read_if_match (TwRequest *request, const char *value)
{
  request->version = read_version (value);
  if (request->version == 0 && !request->error)
    tw_error_set (&request->error, TW_ERROR_MALFORMED,
                  _("The header If-Match must be the ETag of the record that was read, such as \"3\"."));
}

static void
read_key (TwRequest *request, const char *value)
{
  g_free (request->key);
  request->key = g_strdup (value);
  if (request->error)
    return;
  if (*value == '\0' || !g_utf8_validate (value, -1, NULL) || g_utf8_strlen (value, -1) > MAX_KEY_CHARACTERS)
    tw_error_set (&request->error, TW_ERROR_MALFORMED, _("The header Idempotency-Key must have 1 to %d characters."),
                  MAX_KEY_CHARACTERS);
}

static void
read_authorization (TwRequest *request, const char *value)
{
  g_free (request->token);
  request->token = g_ascii_strncasecmp (value, "Bearer ", 7) == 0 ? g_strstrip (g_strdup (value + 7)) : NULL;
}

static gboolean
speaks (const char *language)
{
  return g_strv_contains (tw_text_get_languages (), language);
}

/* The catalogue for one range of Accept-Language: "zh-CN" → "zh_CN", "zh" → the first "zh_*". */
static char *
find_language (const char *range)
{
  g_autofree char *wanted = g_strdelimit (g_strdup (range), "-", '_');
  const char *const *known = tw_text_get_languages ();
  gsize primary = strcspn (wanted, "_");

  if (speaks (wanted))
    return g_steal_pointer (&wanted);
  for (guint i = 0; known[i]; i++)
    if (g_ascii_strcasecmp (known[i], wanted) == 0
        || (g_ascii_strncasecmp (known[i], wanted, primary) == 0 && strchr ("_", known[i][primary])))
      return g_strdup (known[i]);
  return NULL;
}

/* In the order written; browsers and our client write the preferred first, so weights add nothing. */
static void
read_language (TwRequest *request, const char *value)
{
  g_auto (GStrv) ranges = g_strsplit (value, ",", 16);

  for (guint i = 0; ranges[i]; i++)
    {
      char *language;

      ranges[i][strcspn (ranges[i], ";")] = '\0';
      language = find_language (g_strstrip (ranges[i]));
      if (!language)
        continue;
      g_free (request->language);
      request->language = language;
      return;
    }
}

static void
set_text (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

/* ---- For the listener ---- */

TwRequest *
tw_request_new (const char *id, const char *method, const char *path, const char *query)
{
  TwRequest *request = g_new0 (TwRequest, 1);

  request->id = g_strdup (id);
  request->method = g_utf8_make_valid (method, -1); /* it is repeated in answers */
  request->path = g_strdup (path);
  request->address = g_strdup ("");
  request->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (query && *query)
    read_query (request, query);
  return request;
}

void
tw_request_free (TwRequest *request)
{
  tw_request_set_prepared (request, NULL, NULL);
  g_free (request->id);
  g_free (request->method);
  g_free (request->path);
  g_free (request->content_type);
  g_free (request->key);
  g_free (request->token);
  g_free (request->if_none_match);
  g_free (request->language);
  g_free (request->address);
  g_hash_table_unref (request->query);
  g_hash_table_unref (request->params);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_clear_pointer (&request->json, json_node_unref);
  g_clear_error (&request->error);
  g_free (request);
}

void
tw_request_set_header (TwRequest *request, const char *name, const char *value)
{
  if (g_ascii_strcasecmp (name, "Authorization") == 0)
    read_authorization (request, value);
  else if (g_ascii_strcasecmp (name, "Content-Type") == 0)
    set_text (&request->content_type, value);
  else if (g_ascii_strcasecmp (name, "If-Match") == 0)
    read_if_match (request, value);
  else if (g_ascii_strcasecmp (name, "If-None-Match") == 0)
    set_text (&request->if_none_match, value);
  else if (g_ascii_strcasecmp (name, "Idempotency-Key") == 0)
    read_key (request, value);
  else if (g_ascii_strcasecmp (name, "Accept-Language") == 0)
    read_language (request, value);
}

void
tw_request_set_body (TwRequest *request, GBytes *body)
{
  g_clear_pointer (&request->body, g_bytes_unref);
  if (body && g_bytes_get_size (body) > 0)
    request->body = g_bytes_ref (body);
}

void
tw_request_set_address (TwRequest *request, const char *address)
{
  set_text (&request->address, address);
}

const char *
tw_request_get_id (TwRequest *request)
{
  return request->id;
}

const char *
tw_request_get_method (TwRequest *request)
{
  return request->method;
}

const char *
tw_request_get_token (TwRequest *request)
{
  return request->token;
}

const char *
tw_request_get_language (TwRequest *request)
{
  return request->language;
}

const char *
tw_request_get_if_none_match (TwRequest *request)
{
  return request->if_none_match;
}

const GError *
tw_request_get_error (TwRequest *request)
{
  return request->error;
}

static gboolean
is_json (const char *content_type)
{
  g_autofree char *type = g_strndup (content_type, strcspn (content_type, ";"));

  g_strstrip (type);
  return g_ascii_strcasecmp (type, "application/json") == 0
         || g_ascii_strcasecmp (type, "application/merge-patch+json") == 0;
}

gboolean
tw_request_parse (TwRequest *request, GError **error)
{
  const char *text;
  gsize length;

  if (!request->body || request->json)
    return TRUE;
  if (!request->content_type || !is_json (request->content_type))
    return tw_error_set (error, TW_ERROR_MEDIA_TYPE, _("The body must be JSON (Content-Type: application/json)."));
  text = g_bytes_get_data (request->body, &length);
  if (!tw_json_scan (text, length, error))
    return FALSE;
  request->json = tw_codec_parse (text, (gssize) length, error);
  return request->json != NULL;
}

void
tw_request_set_params (TwRequest *request, const char *template, GPtrArray *values)
{
  g_auto (GStrv) segments = g_strsplit (template, "/", -1);
  guint n = 0;

  g_hash_table_remove_all (request->params);
  for (guint i = 0; segments[i]; i++)
    {
      gsize length = strlen (segments[i]);

      if (segments[i][0] != '{')
        continue;
      g_assert (n < values->len);
      g_hash_table_insert (request->params, g_strndup (segments[i] + 1, length - 2),
                           g_strdup (g_ptr_array_index (values, n++)));
    }
}

GPtrArray *
tw_request_split_path (TwRequest *request)
{
  g_autoptr (GPtrArray) decoded = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) raw = NULL;

  if (request->path[0] != '/')
    return NULL;
  raw = g_strsplit (request->path + 1, "/", 16);
  for (guint i = 0; raw[i]; i++)
    {
      char *segment = g_uri_unescape_string (raw[i], NULL);

      if (!segment || !g_utf8_validate (segment, -1, NULL))
        {
          g_free (segment);
          return NULL;
        }
      g_ptr_array_add (decoded, segment);
    }
  return g_steal_pointer (&decoded);
}

/* ---- For handlers ---- */

const char *
tw_request_get_path (TwRequest *request)
{
  return request->path;
}

const char *
tw_request_param (TwRequest *request, const char *name)
{
  const char *value = g_hash_table_lookup (request->params, name);

  g_assert (value);
  return value;
}

gboolean
tw_request_param_id (TwRequest *request, const char *name, gint64 *id, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (tw_request_param (request, name), 10, 1, G_MAXINT64, &value, NULL))
    return tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such record."));
  *id = (gint64) value;
  return TRUE;
}

const char *
tw_request_query (TwRequest *request, const char *name)
{
  return g_hash_table_lookup (request->query, name);
}

GHashTable *
tw_request_get_query (TwRequest *request)
{
  return request->query;
}

JsonObject *
tw_request_get_json (TwRequest *request)
{
  return request->json ? json_node_get_object (request->json) : NULL;
}

GBytes *
tw_request_get_body (TwRequest *request)
{
  return request->body;
}

const char *
tw_request_get_content_type (TwRequest *request)
{
  return request->content_type;
}

gint64
tw_request_get_version (TwRequest *request)
{
  return request->version;
}

const char *
tw_request_get_key (TwRequest *request)
{
  return request->key;
}

const char *
tw_request_get_address (TwRequest *request)
{
  return request->address;
}

gboolean
tw_request_read (TwRequest *request, TwRecord *record, TwCodecMode mode, GError **error)
{
  g_autoptr (JsonObject) empty = json_object_new ();

  return tw_codec_read (record, request->json ? json_node_get_object (request->json) : empty, mode, error);
}

void
tw_request_set_prepared (TwRequest *request, gpointer prepared, GDestroyNotify destroy)
{
  if (request->prepared && request->prepared_destroy)
    request->prepared_destroy (request->prepared);
  request->prepared = prepared;
  request->prepared_destroy = destroy;
}

gpointer
tw_request_get_prepared (TwRequest *request)
{
  return request->prepared;
}
