/* exchange.h: the listener's side of a request and its reply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * server/http fills a TwRequest on the main context, a worker runs the frame over it, and the TwReply goes back as
 * plain data. One thread at a time owns each.
 */
#pragma once

#include "server/core/route.h"

G_BEGIN_DECLS

/* @id names the request in logs and problems. @path is the raw path below /api/v1 ("/orders/1"), still percent-encoded;
 * @query the raw query string, nullable. What is malformed in them is kept and answered by the frame. */
TwRequest *tw_request_new (const char *id, const char *method, const char *path, const char *query);
void tw_request_free (TwRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwRequest, tw_request_free)

/* Hand over every header: Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key and Accept-Language are
 * understood, in any case; others are passed over. */
void tw_request_set_header (TwRequest *request, const char *name, const char *value);
void tw_request_set_body (TwRequest *request, GBytes *body);
void tw_request_set_address (TwRequest *request, const char *address); /* the peer, without port */

const char *tw_request_get_id (TwRequest *request);
const char *tw_request_get_method (TwRequest *request);
const char *tw_request_get_token (TwRequest *request); /* nullable */
/* The best of Accept-Language that we speak; NULL when the asker names none. */
const char *tw_request_get_language (TwRequest *request);
const char *tw_request_get_if_none_match (TwRequest *request); /* nullable */
/* What is malformed in the request line or headers; NULL when nothing is. */
const GError *tw_request_get_error (TwRequest *request);
/* Scans and parses a JSON body: TW_ERROR_MEDIA_TYPE, TW_ERROR_MALFORMED. */
gboolean tw_request_parse (TwRequest *request, GError **error);
/* For the router: the values of the path's parameters, in the order of @template's. Takes nothing. */
void tw_request_set_params (TwRequest *request, const char *template, GPtrArray *values);
GPtrArray *tw_request_split_path (TwRequest *request); /* decoded segments; NULL when undecodable. (transfer full) */

TwReply *tw_reply_new (void);
void tw_reply_free (TwReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwReply, tw_reply_free)
void tw_reply_reset (TwReply *reply); /* as new: before a retry */

guint tw_reply_get_status (TwReply *reply);
GBytes *tw_reply_get_body (TwReply *reply);              /* nullable; borrowed */
const char *tw_reply_get_content_type (TwReply *reply);  /* NULL without body */
const char *tw_reply_get_etag (TwReply *reply);          /* with quotes; nullable */
const char *tw_reply_get_location (TwReply *reply);      /* nullable */
const char *tw_reply_get_file_name (TwReply *reply);     /* for Content-Disposition; nullable */
const char *tw_reply_get_allow (TwReply *reply);         /* nullable */
guint tw_reply_get_retry_after (TwReply *reply);         /* seconds; 0: none */
gboolean tw_reply_is_rolled_back (TwReply *reply);
GError *tw_reply_get_refusal (TwReply *reply);           /* nullable; borrowed */
gboolean tw_reply_is_replayed (TwReply *reply);          /* answered from the idempotency table */

/* The headers of a reply in one call. */
typedef void (*TwReplyHeader) (const char *name, const char *value, gpointer data);
void tw_reply_each_header (TwReply *reply, TwReplyHeader header, gpointer data);

void tw_reply_set_allow (TwReply *reply, const char *allow);
/* Puts back a stored success. */
void tw_reply_restore (TwReply *reply, guint status, const char *headers, gconstpointer body, gsize length);
char *tw_reply_dump_headers (TwReply *reply); /* JSON object; what restore takes. (transfer full) */

/* Turns @reply into the problem (RFC 9457) for @error, in the thread's language; an internal error is logged and
 * answered with the request id only. */
void tw_reply_fail (TwReply *reply, TwRequest *request, const GError *error);
/* A 200 whose ETag @request has already becomes 304. */
void tw_reply_match (TwReply *reply, TwRequest *request);

G_END_DECLS
