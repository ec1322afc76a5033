/* refusal.h: answering a request whose rest is not worth reading
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Takes the connection of @message from libsoup, sends what its response headers, status and @body say, and closes
 * after at most three seconds of reading the rest away (so that the answer is not lost to a reset). May be called
 * from `got-headers` and `got-chunk`. */
void tw_refusal_send (SoupServerMessage *message, GString *body);

G_END_DECLS
