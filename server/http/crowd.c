/* crowd.c: see crowd.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/crowd.h"

struct _TwCrowd
{
  TwCrowdLimits limits;
  GList *connections; /* of borrowed TwConnection */
  guint n_connections;
  GHashTable *per_address; /* char * → count */
  gsize body_bytes;
};

static guint
count_address (TwCrowd *self, const char *address)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->per_address, address));
}

static void
set_count (TwCrowd *self, const char *address, guint count)
{
  if (count > 0)
    g_hash_table_insert (self->per_address, g_strdup (address), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->per_address, address);
}

/* Whether the server waits for the other side. */
static gboolean
is_waited_for (TwConnection *connection)
{
  TwConnectionState state = tw_connection_get_state (connection);

  return state != TW_CONNECTION_WORKING && state != TW_CONNECTION_TAKEN && state != TW_CONNECTION_LEAVING;
}

/* Whether @a should go rather than @b. */
static gboolean
goes_first (TwCrowd *self, TwConnection *a, TwConnection *b)
{
  guint of_a = count_address (self, tw_connection_get_address (a));
  guint of_b = count_address (self, tw_connection_get_address (b));

  if (of_a != of_b)
    return of_a > of_b;
  return tw_connection_get_since (a) < tw_connection_get_since (b);
}

static TwConnection *
find_first_to_go (TwCrowd *self)
{
  TwConnection *first = NULL;

  for (GList *l = self->connections; l != NULL; l = l->next)
    if (is_waited_for (l->data) && (first == NULL || goes_first (self, l->data, first)))
      first = l->data;
  return first;
}

/* Its body counts no more from now on, although its end may take another turn of the loop. */
static void
send_away (TwCrowd *self, TwConnection *connection)
{
  tw_crowd_release (self, connection);
  tw_connection_abort (connection);
}

static TwConnection *
find_largest_body (TwCrowd *self)
{
  TwConnection *largest = NULL;

  for (GList *l = self->connections; l != NULL; l = l->next)
    if (tw_connection_get_state (l->data) == TW_CONNECTION_BODY
        && (largest == NULL || tw_connection_get_body_bytes (l->data) > tw_connection_get_body_bytes (largest)))
      largest = l->data;
  return largest;
}

TwCrowd *
tw_crowd_new (TwCrowdLimits limits)
{
  TwCrowd *self = g_new0 (TwCrowd, 1);

  self->limits = limits;
  self->per_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tw_crowd_free (TwCrowd *self)
{
  g_assert (self->connections == NULL);
  g_hash_table_unref (self->per_address);
  g_free (self);
}

gboolean
tw_crowd_add (TwCrowd *self, TwConnection *connection)
{
  const char *address = tw_connection_get_address (connection);
  guint count = count_address (self, address) + 1;

  self->connections = g_list_prepend (self->connections, connection);
  self->n_connections++;
  set_count (self, address, count);
  return count <= self->limits.per_address
         && (self->n_connections <= self->limits.connections || tw_crowd_make_room (self, 1) > 0);
}

void
tw_crowd_remove (TwCrowd *self, TwConnection *connection)
{
  const char *address = tw_connection_get_address (connection);

  tw_crowd_release (self, connection);
  set_count (self, address, count_address (self, address) - 1);
  self->connections = g_list_remove (self->connections, connection);
  self->n_connections--;
}

guint
tw_crowd_count (TwCrowd *self)
{
  return self->n_connections;
}

guint
tw_crowd_make_room (TwCrowd *self, guint n)
{
  TwConnection *next;
  guint made = 0;

  for (; made < n && (next = find_first_to_go (self)) != NULL; made++)
    send_away (self, next);
  return made;
}

gboolean
tw_crowd_hold (TwCrowd *self, TwConnection *connection, gsize bytes)
{
  tw_connection_set_body_bytes (connection, tw_connection_get_body_bytes (connection) + bytes);
  self->body_bytes += bytes;
  while (self->body_bytes > self->limits.body_bytes)
    {
      TwConnection *largest = find_largest_body (self);

      if (largest == NULL || largest == connection)
        return FALSE;
      send_away (self, largest);
    }
  return TRUE;
}

void
tw_crowd_release (TwCrowd *self, TwConnection *connection)
{
  self->body_bytes -= tw_connection_get_body_bytes (connection);
  tw_connection_set_body_bytes (connection, 0);
}

void
tw_crowd_each (TwCrowd *self, void (*func) (TwConnection *connection, gpointer data), gpointer data)
{
  for (GList *l = self->connections, *next; l != NULL; l = next)
    {
      next = l->next;
      func (l->data, data);
    }
}
