/* frame.c: see frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/frame.h"

#include "server/core/idempotency.h"
#include "server/core/router.h"
#include "server/core/seal.h"
#include "server/core/session.h"

/* One run of one request. */
typedef struct
{
  TwContext ctx;
  const TwRoute *route;
  TwRequest *request;
  TwReply *reply;
} Frame;

/* A retry may come long after the first try. */
static void
frame_start (Frame *frame)
{
  frame->ctx.now = tw_time_now ();
  frame->ctx.today = tw_date_from_time (frame->ctx.now);
  tw_reply_reset (frame->reply);
}

static gboolean
frame_handle (Frame *frame, GError **error)
{
  return frame->route->handler (&frame->ctx, frame->request, frame->reply, frame->route->data, error);
}

static gboolean
frame_has_key (Frame *frame)
{
  return tw_request_get_key (frame->request) && tw_idempotency_concerns (frame->route);
}

static gboolean
read_cb (TwDb *db, gpointer data, GError **error)
{
  Frame *frame = data;

  frame_start (frame);
  return frame_handle (frame, error);
}

static gboolean
write_cb (TwDb *db, gpointer data, GError **error)
{
  Frame *frame = data;

  frame_start (frame);
  if (!frame_handle (frame, error))
    return FALSE;
  if (tw_reply_is_rolled_back (frame->reply))
    return tw_error_set (error, TW_ERROR_INTERNAL, "rolled back on purpose");
  return !frame_has_key (frame)
         || tw_idempotency_keep (&frame->ctx, frame->route, frame->request, frame->reply, error);
}

static gboolean
check_route (TwContext *ctx, const TwRoute *route, TwRequest *request, GError **error)
{
  const GError *malformed = tw_request_get_error (request);

  if (malformed)
    {
      g_propagate_error (error, g_error_copy (malformed));
      return FALSE;
    }
  if (!(route->flags & TW_ROUTE_PUBLIC) && !ctx->who)
    return tw_error_set (error, TW_ERROR_UNAUTHENTICATED, _("Please sign in."));
  if (route->permission && !tw_context_require (ctx, route->permission, error))
    return FALSE;
  if ((route->flags & TW_ROUTE_IF_MATCH) && tw_request_get_version (request) == 0)
    return tw_error_set (error, TW_ERROR_PRECONDITION,
                         _("The header If-Match must name the version of the record that was read."));
  return (route->flags & TW_ROUTE_RAW_BODY) || tw_request_parse (request, error);
}

/* Sets the reply to @error, or to the refusal that was committed; takes nothing. */
static void
finish (Frame *frame, gboolean done, const GError *error)
{
  const GError *refusal = tw_reply_get_refusal (frame->reply);

  if (done && refusal)
    tw_reply_fail (frame->reply, frame->request, refusal);
  else if (!done && !tw_reply_is_rolled_back (frame->reply))
    tw_reply_fail (frame->reply, frame->request, error);
  else
    tw_reply_match (frame->reply, frame->request);
}

/* What failed may have been done before, under the same key: then that is the answer. */
static gboolean
frame_recall (Frame *frame, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean found = FALSE;

  if (tw_reply_is_rolled_back (frame->reply) || g_error_matches (*error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    return FALSE;
  if (tw_idempotency_recall (&frame->ctx, frame->route, frame->request, frame->reply, &found, &problem) && !found)
    return FALSE;
  g_clear_error (error);
  *error = g_steal_pointer (&problem);
  return *error == NULL;
}

static gboolean
frame_transact (Frame *frame, GError **error)
{
  const char *key = tw_request_get_key (frame->request);
  g_autoptr (GError) problem = NULL;
  gboolean done;

  /* Run again after a COMMIT without an answer, a change would find its own version stale and be refused. */
  if (!frame_has_key (frame))
    return tw_db_transaction_once (frame->ctx.db, write_cb, frame, error);
  if (!tw_idempotency_enter (frame->ctx.who, key, error))
    return FALSE;
  done = tw_db_transaction (frame->ctx.db, write_cb, frame, &problem) || frame_recall (frame, &problem);
  tw_idempotency_leave (frame->ctx.who, key);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&problem));
  return done;
}

static gboolean
frame_write (Frame *frame, GError **error)
{
  gboolean done = frame_transact (frame, error);

  tw_session_settle ();
  if (done)
    tw_seal_wake ();
  return done;
}

/* A connection that is lost meanwhile is the snapshot's concern. */
static gboolean
frame_glance (Frame *frame, gboolean *answered, GError **error)
{
  const TwRoute *route = frame->route;
  g_autoptr (GError) problem = NULL;

  *answered = FALSE;
  if (!route->glance)
    return TRUE;
  frame_start (frame);
  if (route->glance (&frame->ctx, frame->request, frame->reply, route->data, answered, &problem)
      || g_error_matches (problem, TW_ERROR, TW_ERROR_RETRY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
frame_read (Frame *frame, GError **error)
{
  gboolean answered;

  return frame_glance (frame, &answered, error)
         && (answered || tw_db_snapshot (frame->ctx.db, read_cb, frame, error));
}

static gboolean
frame_run (Frame *frame, GError **error)
{
  const TwRoute *route = frame->route;

  if (!check_route (&frame->ctx, route, frame->request, error))
    return FALSE;
  if (route->prepare && !route->prepare (&frame->ctx, frame->request, frame->reply, route->data, error))
    return FALSE;
  if (route->flags & TW_ROUTE_READ)
    return frame_read (frame, error);
  return frame_write (frame, error);
}

TwReply *
tw_frame_run (TwDb *db, TwPrincipal *who, const TwRoute *route, TwRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = g_strconcat ("http ", tw_request_get_address (request), NULL);
  Frame frame = { .route = route, .request = request, .reply = tw_reply_new () };
  gboolean done;

  /* The window that asks knows what it speaks better than the user's record. */
  tw_text_set_language (tw_request_get_language (request) || !who ? tw_request_get_language (request) : who->language);
  frame.ctx = tw_context_at_now (db, who, source);
  done = frame_run (&frame, &error); /* before its error is looked at: arguments have no order */
  finish (&frame, done, error);
  return frame.reply;
}

static TwReply *
serve (TwDb *db, TwRequest *request, TwReply *problem, GError **error)
{
  g_autofree char *allow = NULL;
  g_autoptr (TwPrincipal) who = NULL;
  const TwRoute *route;

  route = tw_router_find (request, &allow, error);
  if (!route)
    {
      tw_reply_set_allow (problem, allow);
      return NULL;
    }
  if (!(route->flags & TW_ROUTE_PUBLIC))
    {
      const char *token = tw_request_get_token (request);

      if (!token)
        {
          tw_error_set (error, TW_ERROR_UNAUTHENTICATED, _("Please sign in."));
          return NULL;
        }
      who = tw_session_find (db, token, error);
      if (!who)
        return NULL;
    }
  return tw_frame_run (db, who, route, request);
}

TwReply *
tw_frame_serve (TwDb *db, TwRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwReply) problem = tw_reply_new ();
  TwReply *reply;

  tw_text_set_language (tw_request_get_language (request));
  reply = serve (db, request, problem, &error);
  if (reply)
    return reply;
  tw_reply_fail (problem, request, error);
  return g_steal_pointer (&problem);
}

TwReply *
tw_frame_fail (TwRequest *request, const GError *error)
{
  TwReply *reply = tw_reply_new ();

  tw_reply_fail (reply, request, error);
  return reply;
}
