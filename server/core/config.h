/* config.h: how this server was set up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   [server]
 *   listen = 127.0.0.1:8470
 *   data_dir = /var/lib/tradewind
 *   tls_certificate = /etc/tradewind/server.pem
 *   tls_key = /etc/tradewind/server.key
 *   workers = 4
 *   max_body = 4194304
 *   max_connections = 512
 *   max_per_address = 128
 *   header_seconds = 10
 *   body_seconds = 60
 *   heartbeat_seconds = 20
 *   locale_dir = …
 *   schema_dir = …
 *   [database]
 *   url = mariadb://tradewind:secret@db.example/tradewind
 *   owner_url = …            (migrations; default: url)
 *   [session]
 *   idle_minutes = 720
 *   absolute_hours = 168
 */
#pragma once

#include "shared/base/error.h"

G_BEGIN_DECLS

typedef struct
{
  char *listen;          /* ADDR:PORT */
  char *data_dir;        /* never NULL */
  char *database;        /* URL; NULL: the private instance */
  char *database_owner;  /* URL of the migrating account; nullable */
  char *tls_certificate; /* PEM files; both or none */
  char *tls_key;
  char *locale_dir;      /* nullable */
  char *schema_dir;      /* nullable: the installed one */
  guint workers;
  guint64 max_body;      /* bytes */
  guint max_connections;
  guint max_per_address;
  guint header_seconds;    /* a request's header may take to arrive */
  guint body_seconds;      /* its body */
  guint heartbeat_seconds; /* of the live events */
  gint64 session_idle;     /* seconds */
  gint64 session_absolute; /* seconds */
} TwConfig;

/* The defaults. */
TwConfig *tw_config_new (void);
void tw_config_free (TwConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwConfig, tw_config_free)

/* Reads @file over the defaults; an unknown group or key or a bad value is an error that names it. */
gboolean tw_config_load (TwConfig *config, const char *file, GError **error);
/* What must hold between the values: TLS pair, TLS for a listener that is not loopback. */
gboolean tw_config_check (const TwConfig *config, GError **error);
/* Whether the listener is reachable from this machine only. */
gboolean tw_config_is_loopback (const TwConfig *config);
/* Where the chain's head is kept. (transfer full) */
char *tw_config_get_head_file (const TwConfig *config);

G_END_DECLS
