/* message.h: one HTTP/1.1 message on a blocking socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads a whole request or answer (replaces @message): up to the end of the body that Content-Length names. FALSE when
 * the connection ends or fails before. What follows it on the connection is not expected: nobody here pipelines. */
gboolean sim_message_read (int fd, GString *message);
gboolean sim_message_write (int fd, const char *bytes, gsize length);
/* A header's value. @name without the colon. (transfer full) (nullable) */
char *sim_message_get_header (const GString *message, const char *name);
/* Where the body begins. */
const char *sim_message_get_body (const GString *message);
/* A connection to a port of this machine; −1 when nobody listens. Reading ends with EAGAIN after @seconds of silence
 * (0: waits for ever). */
int sim_message_connect (guint16 port, guint seconds);

G_END_DECLS
