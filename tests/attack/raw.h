/* raw.h: bytes to and from the server, as no HTTP library would send them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attackers come from addresses of their own on the loopback network, 127.0.0.1 to 127.0.0.254, as from as many
 * machines.
 */
#pragma once

#include <gio/gio.h>

#include "tests/fixture/server.h"

G_BEGIN_DECLS

/* A connection from 127.0.0.@from. Reading and writing give up after ten seconds. (transfer full) */
GSocket *tw_raw_dial (TwTestServer *server, guint from);
/* The same, but NULL when the server's queue is full. Not blocking afterwards. (transfer full) */
GSocket *tw_raw_try_dial (TwTestServer *server, guint from);

/* FALSE when the other side has closed. */
gboolean tw_raw_say (GSocket *socket, const char *text, gssize length);
/* All that comes until the other side closes or @stop has come (nullable). (transfer full) */
char *tw_raw_hear (GSocket *socket, const char *stop);
/* The status of the first answer in @text; 0: none. */
guint tw_raw_status (const char *text);
/* How many answers are in @text. */
guint tw_raw_count_answers (const char *text);
/* Whether the other side has closed; reads away what is there. @socket does not block. */
gboolean tw_raw_is_closed (GSocket *socket);

G_END_DECLS
