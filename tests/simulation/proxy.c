/* proxy.c: see proxy.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread a connection, blocking: a few dozen people have a few dozen connections.
 */
#include "tests/simulation/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/simulation/message.h"

struct _SimProxy
{
  int listener;
  guint16 port;
  GThread *thread;
  GMutex mutex; /* guards what follows */
  GCond idle;
  guint16 servers[2];
  guint turn;
  guint cuts;
  guint unheard; /* requests that a server took and closed the connection on */
  GHashTable *open; /* descriptors of both sides */
  guint n_connections;
  gboolean stopping;
};

typedef struct
{
  SimProxy *proxy;
  int client, server; /* −1: not connected */
  GString *request, *answer;
} Connection;

/* ---- Both ends ---- */

static void
keep (SimProxy *proxy, int fd)
{
  g_mutex_lock (&proxy->mutex);
  g_hash_table_add (proxy->open, GINT_TO_POINTER (fd));
  g_mutex_unlock (&proxy->mutex);
}

/* Out of the table first: the number may belong to another connection as soon as it is closed. */
static void
drop (SimProxy *proxy, int *fd)
{
  if (*fd < 0)
    return;
  g_mutex_lock (&proxy->mutex);
  g_hash_table_remove (proxy->open, GINT_TO_POINTER (*fd));
  g_mutex_unlock (&proxy->mutex);
  close (*fd);
  *fd = -1;
}

static guint16
choose_server (SimProxy *proxy)
{
  guint16 port;

  g_mutex_lock (&proxy->mutex);
  port = proxy->servers[proxy->turn++ % 2];
  if (port == 0)
    port = proxy->servers[proxy->turn++ % 2];
  g_mutex_unlock (&proxy->mutex);
  return port;
}

static gboolean
reach_server (Connection *c)
{
  guint16 port;

  if (c->server >= 0)
    return TRUE;
  port = choose_server (c->proxy);
  c->server = port != 0 ? sim_message_connect (port, 0) : -1;
  if (c->server >= 0)
    keep (c->proxy, c->server);
  return c->server >= 0;
}

/* ---- One exchange ---- */

static SimCut
read_cut (const GString *request)
{
  g_autofree char *value = sim_message_get_header (request, "Simulation-Cut");

  return value != NULL ? (SimCut) g_ascii_strtoull (value, NULL, 10) : SIM_CUT_NONE;
}

static void
count (SimProxy *proxy, guint *what)
{
  g_mutex_lock (&proxy->mutex);
  ++*what;
  g_mutex_unlock (&proxy->mutex);
}

static gboolean
hear (Connection *c)
{
  gboolean heard = sim_message_read (c->server, c->answer);

  if (!heard)
    count (c->proxy, &c->proxy->unheard);
  return heard;
}

/* FALSE when the client's connection is to end. */
static gboolean
exchange (Connection *c)
{
  SimCut cut = read_cut (c->request);

  if (cut != SIM_CUT_NONE)
    count (c->proxy, &c->proxy->cuts);
  if (cut == SIM_CUT_REQUEST || !reach_server (c)
      || !sim_message_write (c->server, c->request->str, c->request->len))
    return FALSE;
  if (!hear (c) || cut == SIM_CUT_BEFORE)
    return FALSE;
  return sim_message_write (c->client, c->answer->str, cut == SIM_CUT_IN ? c->answer->len / 2 : c->answer->len)
         && cut != SIM_CUT_IN && cut != SIM_CUT_AFTER;
}

static gpointer
connection_thread_cb (gpointer data)
{
  Connection *c = data;
  SimProxy *proxy = c->proxy;

  while (sim_message_read (c->client, c->request) && exchange (c))
    continue;
  drop (proxy, &c->client);
  drop (proxy, &c->server);
  g_string_free (c->request, TRUE);
  g_string_free (c->answer, TRUE);
  g_free (c);
  g_mutex_lock (&proxy->mutex);
  proxy->n_connections--;
  g_cond_signal (&proxy->idle);
  g_mutex_unlock (&proxy->mutex);
  return NULL;
}

static void
serve (SimProxy *proxy, int client)
{
  Connection *c = g_new0 (Connection, 1);
  int on = 1;

  *c = (Connection) { proxy, client, -1, g_string_new (NULL), g_string_new (NULL) };
  setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  keep (proxy, client);
  g_mutex_lock (&proxy->mutex);
  proxy->n_connections++;
  g_mutex_unlock (&proxy->mutex);
  g_thread_unref (g_thread_new ("proxy", connection_thread_cb, c));
}

static gpointer
accept_thread_cb (gpointer data)
{
  SimProxy *proxy = data;
  int client;

  while ((client = accept4 (proxy->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    serve (proxy, client);
  return NULL;
}

/* ---- Public ---- */

SimProxy *
sim_proxy_new (void)
{
  SimProxy *proxy = g_new0 (SimProxy, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof address;

  g_mutex_init (&proxy->mutex);
  g_cond_init (&proxy->idle);
  proxy->open = g_hash_table_new (NULL, NULL);
  proxy->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind (proxy->listener, (struct sockaddr *) &address, sizeof address) != 0 || listen (proxy->listener, 128) != 0
      || getsockname (proxy->listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("the proxy cannot listen");
  proxy->port = ntohs (address.sin_port);
  proxy->thread = g_thread_new ("proxy-accept", accept_thread_cb, proxy);
  return proxy;
}

void
sim_proxy_free (SimProxy *proxy)
{
  shutdown (proxy->listener, SHUT_RDWR);
  g_thread_join (proxy->thread);
  close (proxy->listener);
  sim_proxy_cut_all (proxy);
  g_mutex_lock (&proxy->mutex);
  while (proxy->n_connections > 0)
    g_cond_wait (&proxy->idle, &proxy->mutex);
  g_mutex_unlock (&proxy->mutex);
  g_hash_table_unref (proxy->open);
  g_mutex_clear (&proxy->mutex);
  g_cond_clear (&proxy->idle);
  g_free (proxy);
}

guint16
sim_proxy_get_port (SimProxy *proxy)
{
  return proxy->port;
}

void
sim_proxy_set_servers (SimProxy *proxy, guint16 first, guint16 second)
{
  g_mutex_lock (&proxy->mutex);
  proxy->servers[0] = first;
  proxy->servers[1] = second;
  g_mutex_unlock (&proxy->mutex);
}

void
sim_proxy_cut_all (SimProxy *proxy)
{
  GHashTableIter all;
  gpointer fd;

  g_mutex_lock (&proxy->mutex);
  g_hash_table_iter_init (&all, proxy->open);
  while (g_hash_table_iter_next (&all, &fd, NULL))
    shutdown (GPOINTER_TO_INT (fd), SHUT_RDWR);
  proxy->cuts += g_hash_table_size (proxy->open) / 2;
  g_mutex_unlock (&proxy->mutex);
}

char *
sim_proxy_describe (SimProxy *proxy)
{
  char *text;

  g_mutex_lock (&proxy->mutex);
  text = g_strdup_printf ("%u connections cut, %u requests that a server took and did not answer", proxy->cuts,
                          proxy->unheard);
  g_mutex_unlock (&proxy->mutex);
  return text;
}
