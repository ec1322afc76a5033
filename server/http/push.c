/* push.c: live events over WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One round at a time: a worker fetches the events after the follower that is furthest behind and decides for each
 * follower what it may see; the main context sends. A follower whose socket takes nothing sits a round out,
 * so that nothing piles up in memory for it.
 */
#include "server/http/push.h"

#include "server/core/feed.h"
#include "server/core/frame.h"
#include "server/core/session.h"
#include "server/http/connection.h"
#include "server/http/follower.h"

#define ROUND_EVENTS 200
#define MAX_REPLAY 20000 /* events */
#define MAX_FOLLOWERS 1000
#define TICK_MS 1000
#define TOKEN_USEC (5 * G_USEC_PER_SEC)

struct _TwPush
{
  TwWorkers *workers;
  GMainContext *context;
  GPtrArray *followers; /* of TwFollower */
  gboolean running;     /* a round is with the workers */
  gboolean again;       /* something happened meanwhile */
  gboolean stopped;
  gint64 last_beat;
  guint beat_seconds;
  GSource *tick;
  gint wake_pending; /* atomic */
};

/* ---- A round, on a worker --------------------------------------------------------------------------- */

/* One follower's part of a round. */
typedef struct
{
  TwFollower *follower; /* main context only */
  char *token;
  TwPrincipal *who; /* set by the worker when it was not known */
  gint64 seq;       /* in: after which; out: up to which is decided */
  gboolean check;   /* look the session up */
  gboolean denied;
  gboolean missed;
  GPtrArray *texts; /* (element-type GRefString) */
} Part;

typedef struct
{
  TwPush *push;
  GPtrArray *parts;
  gboolean more; /* the log has more than this round took */
} Round;

static void
part_free (gpointer data)
{
  Part *part = data;

  tw_follower_unref (part->follower);
  g_clear_pointer (&part->who, tw_principal_unref);
  g_ptr_array_unref (part->texts);
  g_free (part->token);
  g_free (part);
}

/* FALSE only when the database fails; a token that does not hold is `denied`. */
static gboolean
identify (TwDb *db, Part *part, GError **error)
{
  g_autoptr (GError) local = NULL;
  TwPrincipal *who;

  if (!part->check)
    return TRUE;
  who = tw_session_find (db, part->token, &local);
  if (who != NULL)
    {
      g_clear_pointer (&part->who, tw_principal_unref);
      part->who = who;
      return TRUE;
    }
  if (!g_error_matches (local, TW_ERROR, TW_ERROR_UNAUTHENTICATED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  part->denied = TRUE;
  return TRUE;
}

/* Where a follower begins that has not said so, or is too far behind. */
static void
place (Part *part, gint64 last)
{
  if (part->seq >= 0 && part->seq <= last && last - part->seq <= MAX_REPLAY)
    return;
  part->missed = part->seq >= 0;
  part->seq = last;
}

/* What the follower has not heard yet and may see. */
static void
offer (TwDb *db, Part *part, GPtrArray *events, GPtrArray *texts)
{
  TwContext ctx = tw_context_at_now (db, part->who, "push");
  g_autoptr (TwFeedSight) sight = tw_feed_sight_new (events);

  for (guint e = 0; e < events->len; e++)
    {
      const TwFeedEvent *event = g_ptr_array_index (events, e);

      if (part->seq < event->seq && tw_feed_sight_has (&ctx, sight, event))
        g_ptr_array_add (part->texts, g_ref_string_acquire (g_ptr_array_index (texts, e)));
    }
}

static GPtrArray *
write_texts (GPtrArray *events)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint e = 0; e < events->len; e++)
    {
      g_string_truncate (text, 0);
      tw_feed_event_write (g_ptr_array_index (events, e), text);
      g_ptr_array_add (texts, g_ref_string_new_len (text->str, (gssize) text->len));
    }
  return texts;
}

/* Offers @events to everyone who is not past them. */
static void
offer_all (TwDb *db, Round *round, GPtrArray *events)
{
  g_autoptr (GPtrArray) texts = write_texts (events);
  gint64 last;

  if (events->len == 0)
    return;
  last = ((TwFeedEvent *) g_ptr_array_index (events, events->len - 1))->seq;
  for (guint i = 0; i < round->parts->len; i++)
    {
      Part *part = g_ptr_array_index (round->parts, i);

      if (!part->denied)
        offer (db, part, events, texts);
      part->seq = MAX (part->seq, last);
    }
}

static gboolean
round_read_cb (TwDb *db, gpointer data, GError **error)
{
  Round *round = data;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_feed_event_free);
  gint64 least = G_MAXINT64;
  gint64 last = 0;

  if (!tw_feed_get_last (db, &last, error))
    return FALSE;
  for (guint i = 0; i < round->parts->len; i++)
    {
      Part *part = g_ptr_array_index (round->parts, i);

      g_ptr_array_set_size (part->texts, 0); /* a retry begins anew */
      if (part->denied)
        continue;
      place (part, last);
      least = MIN (least, part->seq);
    }
  if (least >= last)
    return TRUE;
  if (!tw_feed_fetch (db, least, ROUND_EVENTS, events, error))
    return FALSE;
  offer_all (db, round, events);
  round->more = events->len == ROUND_EVENTS;
  return TRUE;
}

static gboolean
round_run (TwDb *db, gpointer data, GError **error)
{
  Round *round = data;

  for (guint i = 0; i < round->parts->len; i++)
    if (!identify (db, g_ptr_array_index (round->parts, i), error))
      return FALSE;
  return tw_db_snapshot (db, round_read_cb, round, error);
}

/* ---- Rounds, on the main context ---------------------------------------------------------------------- */

static void start_round (TwPush *self, gboolean check);

static void
deliver (Part *part)
{
  TwFollower *follower = part->follower;

  if (part->denied)
    {
      tw_follower_close (follower, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "the token does not hold");
      return;
    }
  if (follower->who != part->who)
    {
      g_clear_pointer (&follower->who, tw_principal_unref);
      follower->who = tw_principal_ref (part->who);
    }
  if (part->missed)
    {
      g_autofree char *text = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"missed\":true}", part->seq);

      tw_follower_send (follower, text);
    }
  for (guint i = 0; i < part->texts->len; i++)
    tw_follower_send (follower, g_ptr_array_index (part->texts, i));
  follower->seq = part->seq;
}

static void
round_free (Round *round)
{
  g_ptr_array_unref (round->parts);
  g_free (round);
}

static void
round_done_cb (gpointer data, const GError *error)
{
  Round *round = data;
  TwPush *self = round->push;
  gboolean again = self->again || round->more;

  self->running = FALSE;
  self->again = FALSE;
  if (error == NULL)
    for (guint i = 0; i < round->parts->len; i++)
      deliver (g_ptr_array_index (round->parts, i));
  round_free (round);
  if (again && error == NULL)
    start_round (self, FALSE); /* after a failure the next tick tries again */
}

static Part *
part_new (TwFollower *follower, gboolean check)
{
  Part *part = g_new0 (Part, 1);

  part->follower = tw_follower_ref (follower);
  part->token = g_strdup (follower->token);
  part->who = follower->who != NULL ? tw_principal_ref (follower->who) : NULL;
  part->seq = follower->seq;
  part->check = check || follower->who == NULL;
  part->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  return part;
}

static void
start_round (TwPush *self, gboolean check)
{
  gint64 now = g_get_monotonic_time ();
  Round *round;

  if (self->running || self->stopped)
    {
      self->again = TRUE;
      return;
    }
  round = g_new0 (Round, 1);
  round->push = self;
  round->parts = g_ptr_array_new_with_free_func (part_free);
  for (guint i = 0; i < self->followers->len; i++)
    {
      TwFollower *follower = g_ptr_array_index (self->followers, i);

      if (follower->token != NULL && tw_follower_is_open (follower) && tw_follower_is_writable (follower, now))
        g_ptr_array_add (round->parts, part_new (follower, check));
    }
  if (round->parts->len > 0 && tw_workers_push (self->workers, round_run, round_done_cb, round, NULL))
    self->running = TRUE;
  else
    round_free (round);
}

/* ---- Followers ------------------------------------------------------------------------------------------ */

static void
message_cb (SoupWebsocketConnection *connection, gint type, GBytes *message, gpointer data)
{
  TwFollower *follower = data;
  TwPush *self = g_object_get_data (G_OBJECT (connection), "tw-push");

  follower->heard = g_get_monotonic_time ();
  if (follower->token != NULL)
    return; /* nothing else is said */
  follower->token = tw_follower_read_token (message);
  if (follower->token == NULL)
    tw_follower_close (follower, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "the first message must be the token");
  else
    start_round (self, FALSE);
}

static void
pong_cb (SoupWebsocketConnection *connection, GBytes *message, gpointer data)
{
  TwFollower *follower = data;

  follower->heard = g_get_monotonic_time ();
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer data)
{
  TwPush *self = g_object_get_data (G_OBJECT (connection), "tw-push");

  g_signal_handlers_disconnect_by_data (connection, data);
  g_ptr_array_remove_fast (self->followers, data); /* frees it */
}

static gint64
read_since (TwExchange *exchange)
{
  const char *text = tw_request_query (exchange->request, "since");
  guint64 since;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &since, NULL))
    return -1;
  return (gint64) since;
}

static void
upgraded_cb (SoupServerMessage *message, gpointer data)
{
  TwPush *self = data;
  TwExchange *exchange = tw_exchange_of (message);
  TwConnection *connection = tw_connection_of (message);
  const char *token = tw_request_get_token (exchange->request);
  TwFollower *follower;

  if (connection != NULL)
    tw_connection_set_state (connection, TW_CONNECTION_TAKEN);
  follower = tw_follower_new (message, read_since (exchange), self->beat_seconds);
  follower->token = g_strdup (token);
  g_object_set_data (G_OBJECT (follower->connection), "tw-push", self);
  g_signal_connect (follower->connection, "message", G_CALLBACK (message_cb), follower);
  g_signal_connect (follower->connection, "pong", G_CALLBACK (pong_cb), follower);
  g_signal_connect (follower->connection, "closed", G_CALLBACK (closed_cb), follower);
  g_ptr_array_add (self->followers, follower);
  start_round (self, FALSE);
}

static void
answer_error (TwExchange *exchange, TwErrorCode code, const char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (TW_ERROR, (int) code, sentence);

  tw_exchange_answer (exchange, tw_frame_fail (exchange->request, error));
}

/* A browser says where the page is from that asks. One from elsewhere would act for whoever looks at it. */
static gboolean
is_foreign (SoupMessageHeaders *headers)
{
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  const char *place = origin != NULL ? strstr (origin, "://") : NULL;

  return origin != NULL && (place == NULL || host == NULL || g_ascii_strcasecmp (place + strlen ("://"), host) != 0);
}

void
tw_push_upgrade (TwPush *self, TwExchange *exchange)
{
  GList *extensions = NULL;

  if (self->stopped || self->followers->len >= MAX_FOLLOWERS)
    {
      answer_error (exchange, TW_ERROR_UNAVAILABLE, _ ("The server takes no more live connections at the moment."));
      return;
    }
  if (is_foreign (soup_server_message_get_request_headers (exchange->message)))
    {
      answer_error (exchange, TW_ERROR_FORBIDDEN, _ ("Pages of other web sites are not given live events."));
      return;
    }
  if (!soup_websocket_server_check_handshake (exchange->message, NULL, NULL, NULL, NULL))
    {
      answer_error (exchange, TW_ERROR_MALFORMED, _ ("This address speaks WebSocket only."));
      return;
    }
  if (soup_websocket_server_process_handshake (exchange->message, NULL, NULL, NULL, &extensions))
    g_signal_connect (exchange->message, "wrote-informational", G_CALLBACK (upgraded_cb), self);
}

/* ---- Time ------------------------------------------------------------------------------------------------- */

static void
check_follower (TwPush *self, TwFollower *follower, gint64 now)
{
  gint64 beat = self->beat_seconds * G_USEC_PER_SEC;

  if (follower->token == NULL && now - follower->opened > TOKEN_USEC)
    tw_follower_close (follower, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "no token came");
  else if (!tw_follower_is_writable (follower, now) && now - follower->clogged > 3 * beat / 2)
    g_socket_shutdown (follower->socket, TRUE, TRUE, NULL);
  else if (now - follower->heard > 13 * beat / 4)
    g_socket_shutdown (follower->socket, TRUE, TRUE, NULL);
}

static void
beat (TwPush *self)
{
  for (guint i = 0; i < self->followers->len; i++)
    {
      TwFollower *follower = g_ptr_array_index (self->followers, i);
      g_autofree char *text = NULL;

      if (follower->who == NULL || follower->seq < 0 || follower->clogged != 0)
        continue;
      text = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT "}", follower->seq);
      tw_follower_send (follower, text);
    }
  start_round (self, TRUE); /* and whether their sessions still hold */
}

static gboolean
tick_cb (gpointer data)
{
  TwPush *self = data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->followers->len; i > 0; i--)
    check_follower (self, g_ptr_array_index (self->followers, i - 1), now);
  if (now - self->last_beat >= self->beat_seconds * G_USEC_PER_SEC)
    {
      self->last_beat = now;
      beat (self);
    }
  else
    start_round (self, FALSE); /* other processes write too, and a wake may have been lost with the database */
  return G_SOURCE_CONTINUE;
}

/* ---- Public ------------------------------------------------------------------------------------------------- */

TwPush *
tw_push_new (TwWorkers *workers, guint beat_seconds)
{
  TwPush *self = g_new0 (TwPush, 1);

  self->workers = workers;
  self->beat_seconds = beat_seconds;
  self->context = g_main_context_ref_thread_default ();
  self->followers = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_follower_unref);
  self->last_beat = g_get_monotonic_time ();
  self->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, self->context);
  return self;
}

static gboolean
wake_cb (gpointer data)
{
  TwPush *self = data;

  g_atomic_int_set (&self->wake_pending, 0);
  start_round (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
tw_push_wake (TwPush *self)
{
  g_autoptr (GSource) source = NULL;

  if (!g_atomic_int_compare_and_exchange (&self->wake_pending, 0, 1))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, wake_cb, self, NULL);
  g_source_attach (source, self->context);
}

void
tw_push_stop (TwPush *self)
{
  self->stopped = TRUE;
  for (guint i = self->followers->len; i > 0; i--)
    tw_follower_close (g_ptr_array_index (self->followers, i - 1), SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "the server stops");
}

guint
tw_push_count (TwPush *self)
{
  return self->followers->len;
}

void
tw_push_free (TwPush *self)
{
  for (guint i = 0; i < self->followers->len; i++)
    {
      TwFollower *follower = g_ptr_array_index (self->followers, i);

      g_signal_handlers_disconnect_by_data (follower->connection, follower);
    }
  g_source_destroy (self->tick);
  g_source_unref (self->tick);
  g_ptr_array_unref (self->followers);
  g_main_context_unref (self->context);
  g_free (self);
}
