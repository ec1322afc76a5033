/* address.c: where a database is and who asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/db.h"

#include <string.h>

/* The message never repeats the address: it may hold a password. */
static gboolean
refuse (GError **error, const char *detail)
{
  return tw_error_fault (error, "/database", "invalid", "%s", detail);
}

static gboolean
read_options (TwDbAddress *address, const char *query, GError **error)
{
  g_autoptr (GHashTable) options = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (query == NULL)
    return TRUE;
  options = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
  if (options == NULL)
    return refuse (error, _ ("The options of the database address cannot be read."));
  g_hash_table_iter_init (&iter, options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_str_equal (key, "socket"))
        tw_record_set_string (&address->socket, value);
      else if (g_str_equal (key, "tls_ca"))
        tw_record_set_string (&address->tls_ca, value);
      else
        return refuse (error, _ ("The database address has an unknown option; possible are socket and tls_ca."));
    }
  return TRUE;
}

TwDbAddress *
tw_db_address_parse (const char *url, GError **error)
{
  g_autoptr (TwDbAddress) address = g_new0 (TwDbAddress, 1);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *path;

  if (uri == NULL
      || (!g_str_equal (g_uri_get_scheme (uri), "mariadb") && !g_str_equal (g_uri_get_scheme (uri), "mysql")))
    {
      refuse (error, _ ("A database address looks like mariadb://user:password@host:port/name."));
      return NULL;
    }
  path = g_uri_get_path (uri);
  if (g_uri_get_user (uri) == NULL || *g_uri_get_user (uri) == '\0' || *path != '/' || path[1] == '\0'
      || strchr (path + 1, '/') != NULL)
    {
      refuse (error, _ ("The database address must name a user and a database."));
      return NULL;
    }
  address->host = g_strdup (g_uri_get_host (uri));
  address->port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 0;
  address->user = g_strdup (g_uri_get_user (uri));
  address->password = g_strdup (g_uri_get_password (uri));
  address->database = g_strdup (path + 1);
  if (!read_options (address, g_uri_get_query (uri), error))
    return NULL;
  if (address->socket != NULL)
    g_clear_pointer (&address->host, g_free);
  else if (address->host == NULL || *address->host == '\0')
    {
      refuse (error, _ ("The database address must name a host or a socket."));
      return NULL;
    }
  return g_steal_pointer (&address);
}

TwDbAddress *
tw_db_address_copy (const TwDbAddress *address)
{
  TwDbAddress *copy = g_new0 (TwDbAddress, 1);

  copy->host = g_strdup (address->host);
  copy->port = address->port;
  copy->socket = g_strdup (address->socket);
  copy->user = g_strdup (address->user);
  copy->password = g_strdup (address->password);
  copy->database = g_strdup (address->database);
  copy->tls_ca = g_strdup (address->tls_ca);
  return copy;
}

void
tw_db_address_free (TwDbAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->host);
  g_free (address->socket);
  g_free (address->user);
  if (address->password != NULL)
    explicit_bzero (address->password, strlen (address->password));
  g_free (address->password);
  g_free (address->database);
  g_free (address->tls_ca);
  g_free (address);
}

char *
tw_db_address_describe (const TwDbAddress *address)
{
  return g_strdup_printf ("%s %s %u %s", address->host != NULL ? address->host : "",
                          address->socket != NULL ? address->socket : "", address->port, address->database);
}
