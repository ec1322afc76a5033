/* frame.h: what stands around every handler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs on a worker thread with the thread's connection: language, permission, body, prepare step, transaction or
 * snapshot with retries, idempotency, and failures as problems.
 */
#pragma once

#include "server/core/exchange.h"

G_BEGIN_DECLS

/* Everything from the route to the reply: finds the row and the session, then tw_frame_run(). Never NULL. (transfer
 * full) */
TwReply *tw_frame_serve (TwDb *db, TwRequest *request);

/* For a row already found and a person already known (@who NULL only on public rows). Never NULL. (transfer full) */
TwReply *tw_frame_run (TwDb *db, TwPrincipal *who, const TwRoute *route, TwRequest *request);

/* The reply to a request that cannot be served at all (queue full, too large, no connection). (transfer full) */
TwReply *tw_frame_fail (TwRequest *request, const GError *error);

G_END_DECLS
