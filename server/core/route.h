/* route.h: what a handler gets and gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests and replies are plain data here, so that rules and resources know nothing of libsoup; server/http fills
 * the one and sends the other. A handler runs on a worker thread inside a transaction, possibly several times (retry);
 * it must have no effect but SQL through ctx->db and its reply.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "server/core/context.h"
#include "shared/base/codec.h"

G_BEGIN_DECLS

typedef struct _TwRequest TwRequest;
typedef struct _TwReply TwReply;
typedef gboolean (*TwHandler) (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);

/* May answer without the transaction that a handler has; *answered says whether it did. */
typedef gboolean (*TwGlance) (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data,
                              gboolean *answered, GError **error);

typedef enum
{
  TW_ROUTE_PUBLIC = 1 << 0,     /* no session needed; ctx->who is NULL */
  TW_ROUTE_READ = 1 << 1,       /* a consistent snapshot instead of a transaction, no idempotency */
  TW_ROUTE_IF_MATCH = 1 << 2,   /* 428 without If-Match */
  TW_ROUTE_RAW_BODY = 1 << 3,   /* the body is not JSON (import); see tw_request_get_body() */
  TW_ROUTE_ANY_USER = 1 << 4,   /* a session is enough; permission is NULL */
  TW_ROUTE_HASHING = 1 << 5,    /* hashes passwords (67 ms, 64 MiB): http runs it in a pool of two threads of its own
                                   with a bounded queue, and answers 503 with Retry-After when that is full */
} TwRouteFlags;

typedef struct
{
  const char *method;     /* "GET" … */
  const char *path;       /* below /api/v1: "/orders/{id}/actions/{action}" */
  const char *permission; /* "order.read"; NULL with ANY_USER or PUBLIC */
  TwHandler handler;
  TwRouteFlags flags;
  const char *summary;     /* for OpenAPI, English */
  gconstpointer data;      /* handed to the handler */
  GType (*body) (void);    /* record of the request body, nullable: OpenAPI */
  GType (*answer) (void);  /* record of the answer, nullable: OpenAPI */
  gboolean answers_list;   /* the answer is a page of `answer` */
  TwGlance glance;         /* nullable, of a route that reads: asked before the handler, outside the snapshot */
  TwHandler prepare;       /* nullable: slow work once before the transaction, on the same thread; a failure is the
                              answer. What it finds out it leaves with tw_request_set_prepared() */
} TwRoute;

/* Request. Strings are borrowed and live as long as the request. */
const char *tw_request_get_path (TwRequest *request);
const char *tw_request_param (TwRequest *request, const char *name); /* of the path; asserted to exist */
/* A path parameter as a positive integer; TW_ERROR_NOT_FOUND otherwise. */
gboolean tw_request_param_id (TwRequest *request, const char *name, gint64 *id, GError **error);
const char *tw_request_query (TwRequest *request, const char *name); /* NULL when absent */
GHashTable *tw_request_get_query (TwRequest *request);               /* name → value, nullable */
JsonObject *tw_request_get_json (TwRequest *request);                /* NULL when the body was empty */
GBytes *tw_request_get_body (TwRequest *request);
const char *tw_request_get_content_type (TwRequest *request);
/* The version of If-Match; 0 when absent. */
gint64 tw_request_get_version (TwRequest *request);
const char *tw_request_get_key (TwRequest *request); /* Idempotency-Key, nullable */
const char *tw_request_get_address (TwRequest *request);
/* The codec over the body: an empty body is an empty object. */
gboolean tw_request_read (TwRequest *request, TwRecord *record, TwCodecMode mode, GError **error);

/* What the route's prepare step left for its handler; NULL when nothing. */
void tw_request_set_prepared (TwRequest *request, gpointer prepared, GDestroyNotify destroy);
gpointer tw_request_get_prepared (TwRequest *request);

/* Reply: 200 with an empty object unless set. */
void tw_reply_record (TwReply *reply, TwContext *ctx, TwRecord *record); /* body and ETag */
/* 201, e.g. "/api/v1/orders/%" G_GINT64_FORMAT */
void tw_reply_created (TwReply *reply, const char *location_format, gint64 id);
void tw_reply_json (TwReply *reply, guint status, GString *body); /* takes @body */
void tw_reply_bytes (TwReply *reply, const char *content_type, const char *file_name, GBytes *bytes);
void tw_reply_no_content (TwReply *reply);
/* A failure that must be committed all the same (a counted failed sign-in): the status of @error is sent,
 * the transaction is kept. Takes @error. */
void tw_reply_refuse (TwReply *reply, GError *error);
/* A success that must leave no trace (a dry run): the reply is sent, the transaction rolled back. */
void tw_reply_roll_back (TwReply *reply);
/* Before failing with TW_ERROR_STALE: the stored record, for the problem's member `current`. */
void tw_reply_set_current (TwReply *reply, TwContext *ctx, TwRecord *record);
/* Seconds for Retry-After of a failing answer. */
void tw_reply_set_retry_after (TwReply *reply, guint seconds);

G_END_DECLS
