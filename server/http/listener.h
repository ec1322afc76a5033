/* listener.h: the sockets of the server: SoupServer with its edges taken off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the main context of the thread that starts it.
 */
#pragma once

#include <libsoup/soup.h>

#include "server/http/connection.h"
#include "server/http/request-limits.h"
#include "shared/base/error.h"

G_BEGIN_DECLS

typedef struct
{
  const char *address; /* numeric: "127.0.0.1", "::1", "0.0.0.0" */
  guint16 port;        /* 0: any free one */
  GTlsCertificate *certificate; /* nullable; needed when @address is not loopback */
  guint max_connections;        /* lowered to stay far below RLIMIT_NOFILE */
  guint max_per_address;
  gsize max_bodies; /* bytes of all request bodies that are held at a time */
  TwTimeLimits times;
} TwListenerConfig;

/* What happens with requests. All on the main context. */
typedef struct
{
  /* The header of @message is read: how many bytes its body may have. */
  gsize (*body_limit) (SoupServerMessage *message, gpointer data);
  /* The request was refused by the listener: sets status and headers, returns the body. */
  GString *(*refuse) (SoupServerMessage *message, const GError *error, gpointer data);
  /* The request is read. Pause the message to answer later. */
  void (*handle) (SoupServerMessage *message, gpointer data);
  /* The answer has been written, or the client is gone. */
  void (*finished) (SoupServerMessage *message, gpointer data);
} TwListenerHooks;

typedef struct _TwListener TwListener;

/* The defaults for everything but the address. */
#define TW_LISTENER_DEFAULTS                                                                                           \
  .max_connections = 2000, .max_per_address = 256, .max_bodies = TW_LIMIT_ALL_BODIES,                                  \
  .times = { .head = 10, .body = 60, .write = 30, .idle = 60 }

/* Begins to listen; nothing is accepted before the main context runs. @hooks and @data must outlive it. */
TwListener *tw_listener_new (const TwListenerConfig *config, const TwListenerHooks *hooks, gpointer data,
                             GError **error);
/* "http://127.0.0.1:8470" (transfer none) */
const char *tw_listener_get_uri (TwListener *listener);
guint tw_listener_count_connections (TwListener *listener);
guint64 tw_listener_count_refused (TwListener *listener); /* connections over a cap */

/* The body of a request that has been read; once. (transfer full, nullable) */
GBytes *tw_listener_take_body (SoupServerMessage *message);

/* Takes no new connection, closes the idle ones; requests that have begun go on. */
void tw_listener_stop (TwListener *listener);
/* TRUE when no request is being read, worked on or answered. */
gboolean tw_listener_is_quiet (TwListener *listener);
/* Closes everything. The struct itself goes with the last socket. */
void tw_listener_free (TwListener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwListener, tw_listener_free)

G_END_DECLS
