/* config.c: see config.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/config.h"

#include <gio/gio.h>

#include "shared/base/text.h"

typedef enum
{
  TEXT,
  NUMBER,
} Kind;

typedef struct
{
  const char *group;
  const char *key;
  Kind kind;
  gsize offset;
  gsize size;     /* of the number's member */
  guint64 min, max;
  guint64 factor; /* the member is this many times the number */
} Option;

#define TEXT_OPTION(group, key, member) { group, key, TEXT, G_STRUCT_OFFSET (TwConfig, member), 0, 0, 0, 0 }
#define NUMBER_OPTION(group, key, member, min, max, factor)                                                            \
  { group, key, NUMBER, G_STRUCT_OFFSET (TwConfig, member), sizeof (((TwConfig *) 0)->member), min, max, factor }

static const Option options[] = {
  TEXT_OPTION ("server", "listen", listen),
  TEXT_OPTION ("server", "data_dir", data_dir),
  TEXT_OPTION ("server", "tls_certificate", tls_certificate),
  TEXT_OPTION ("server", "tls_key", tls_key),
  TEXT_OPTION ("server", "locale_dir", locale_dir),
  TEXT_OPTION ("server", "schema_dir", schema_dir),
  NUMBER_OPTION ("server", "workers", workers, 1, 64, 1),
  NUMBER_OPTION ("server", "max_body", max_body, 1024, G_GUINT64_CONSTANT (1) << 30, 1),
  NUMBER_OPTION ("server", "max_connections", max_connections, 8, 65536, 1),
  NUMBER_OPTION ("server", "max_per_address", max_per_address, 1, 65536, 1),
  NUMBER_OPTION ("server", "header_seconds", header_seconds, 1, 3600, 1),
  NUMBER_OPTION ("server", "body_seconds", body_seconds, 1, 3600, 1),
  NUMBER_OPTION ("server", "heartbeat_seconds", heartbeat_seconds, 1, 3600, 1),
  TEXT_OPTION ("database", "url", database),
  TEXT_OPTION ("database", "owner_url", database_owner),
  NUMBER_OPTION ("session", "idle_minutes", session_idle, 1, 60 * 24 * 30, 60),
  NUMBER_OPTION ("session", "absolute_hours", session_absolute, 1, 24 * 365, 3600),
};

TwConfig *
tw_config_new (void)
{
  TwConfig *config = g_new0 (TwConfig, 1);

  config->listen = g_strdup ("127.0.0.1:8470");
  config->data_dir = g_build_filename (g_get_user_data_dir (), "tradewind", NULL);
  config->workers = 4;
  config->max_body = 4 * 1024 * 1024;
  config->max_connections = 512;
  config->max_per_address = 128;
  config->header_seconds = 10;
  config->body_seconds = 60;
  config->heartbeat_seconds = 20;
  config->session_idle = 12 * 3600;
  config->session_absolute = 7 * 86400;
  return config;
}

void
tw_config_free (TwConfig *config)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].kind == TEXT)
      g_free (G_STRUCT_MEMBER (char *, config, options[i].offset));
  g_free (config);
}

static const Option *
find_option (const char *group, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (g_str_equal (options[i].group, group) && g_str_equal (options[i].key, key))
      return &options[i];
  return NULL;
}

static gboolean
set_option (TwConfig *config, const Option *option, const char *value, GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (config, option->offset);
  guint64 number;

  if (option->kind == TEXT)
    {
      g_free (*(char **) member);
      *(char **) member = g_strdup (value);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (value, 10, option->min, option->max, &number, NULL))
    {
      g_autofree char *range = g_strdup_printf ("%" G_GUINT64_FORMAT "–%" G_GUINT64_FORMAT, option->min, option->max);

      /* Translators: the first %s is the name of a setting, the second a range such as 1–64 */
      return tw_error_set (error, TW_ERROR_MALFORMED, _("%s must be a whole number in the range %s."), option->key,
                           range);
    }
  number *= option->factor;
  if (option->size == sizeof (guint64))
    *(guint64 *) member = number;
  else
    *(guint *) member = (guint) number;
  return TRUE;
}

static gboolean
load_group (TwConfig *config, GKeyFile *keys, const char *group, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (keys, group, NULL, error);

  for (guint i = 0; names && names[i]; i++)
    {
      const Option *option = find_option (group, names[i]);
      g_autofree char *value = g_key_file_get_string (keys, group, names[i], error);

      if (!value)
        return FALSE;
      if (!option)
        return tw_error_set (error, TW_ERROR_MALFORMED, _("There is no setting %s in the group [%s]."), names[i],
                             group);
      if (!set_option (config, option, value, error))
        return FALSE;
    }
  return names != NULL;
}

gboolean
tw_config_load (TwConfig *config, const char *file, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (keys, file, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i]; i++)
    if (!load_group (config, keys, groups[i], error))
      {
        g_prefix_error (error, "%s: ", file);
        return FALSE;
      }
  return TRUE;
}

gboolean
tw_config_is_loopback (const TwConfig *config)
{
  g_autoptr (GSocketConnectable) where = g_network_address_parse (config->listen, 0, NULL);
  g_autoptr (GInetAddress) address = NULL;
  const char *host;

  if (!where)
    return FALSE;
  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (where));
  if (g_str_equal (host, "localhost"))
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address && g_inet_address_get_is_loopback (address);
}

gboolean
tw_config_check (const TwConfig *config, GError **error)
{
  g_autoptr (GSocketConnectable) where = g_network_address_parse (config->listen, 0, NULL);

  if (!where)
    return tw_error_set (error, TW_ERROR_MALFORMED, _("“%s” is no address to listen on, such as 127.0.0.1:8470."),
                         config->listen);
  if (!config->tls_certificate != !config->tls_key)
    return tw_error_set (error, TW_ERROR_MALFORMED, _("TLS needs both tls_certificate and tls_key."));
  if (!config->tls_certificate && !tw_config_is_loopback (config))
    return tw_error_set (error, TW_ERROR_MALFORMED,
                         _("Listening beyond this machine (%s) needs TLS: set tls_certificate and tls_key."),
                         config->listen);
  return TRUE;
}

char *
tw_config_get_head_file (const TwConfig *config)
{
  return g_build_filename (config->data_dir, "audit-head", NULL);
}
