/* message.h: one HTTP message as a request and a reply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made when the header has been read, kept with the message, on the main context; a worker borrows the request.
 */
#pragma once

#include <libsoup/soup.h>

#include "server/core/router.h"

G_BEGIN_DECLS

#define TW_API_PREFIX "/api/v1"

typedef struct
{
  SoupServerMessage *message; /* borrowed: owns the exchange */
  char *id;
  TwRequest *request;
  const TwRoute *route; /* NULL: none */
  GError *route_error;  /* why not */
  char *allow;          /* for a 405 */
  gint64 started;       /* monotonic, µs */
  char *user;           /* for the log; NULL before sign-in */
  TwReply *reply;
  gboolean finished; /* logged */
} TwExchange;

/* The exchange of @message, made at the first call. */
TwExchange *tw_exchange_of (SoupServerMessage *message);
/* The path of the request: raw, never NULL. */
const char *tw_exchange_get_path (TwExchange *exchange);
/* Copies headers, body and peer into the request; when the message is read. */
void tw_exchange_take_message (TwExchange *exchange);
/* Puts status and headers of @reply onto the message; the caller sends the body. */
void tw_exchange_put_headers (TwExchange *exchange, TwReply *reply);
/* The whole answer. Takes @reply. */
void tw_exchange_answer (TwExchange *exchange, TwReply *reply);
/* A plain text answer outside the API. Takes @text. */
void tw_exchange_answer_text (TwExchange *exchange, guint status, const char *content_type, GString *text);

G_END_DECLS
