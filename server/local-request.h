/* local-request.h: the interface called from the command line, without HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * So that a command obeys the same rules, and leaves the same audit, as a request.
 */
#pragma once

#include "server/core/frame.h"

G_BEGIN_DECLS

/* Whoever has the machine: an administrator without a user of their own. (transfer full) */
TwPrincipal *tw_local_administrator (void);

/* Runs one request as @who. @path below /api/v1, with its query after '?'. @version: for If-Match, 0 none. An answer of
 * 400 or more is an error with its detail and faults. (transfer full) */
TwReply *tw_local_request (TwDb *db, TwPrincipal *who, const char *method, const char *path, gint64 version,
                           const char *content_type, GBytes *body, GError **error);
/* The same with JSON both ways; the answer is an object, NULL when it was empty. Takes @body (nullable). */
gboolean tw_local_json (TwDb *db, TwPrincipal *who, const char *method, const char *path, gint64 version,
                        JsonNode *body,
                        JsonNode **answer, GError **error);

G_END_DECLS
