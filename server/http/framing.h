/* framing.h: whether a stream of requests can be read in one way only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup 3.2 reads generously: it skips header lines that it does not understand ("Transfer-Encoding : chunked"), ends
 * a line at a line feed alone, joins folded lines, takes any chunk size that strtoul() takes and ends a body after the
 * first trailer. A proxy in front may read the same bytes in another way and find the end of the request elsewhere;
 * what follows is then answered as somebody else's request.
 *
 * So what comes from the network is looked at here first, byte by byte, and nothing after the first doubtful byte is
 * read. What is doubtful only as a whole (two lengths, a length and chunks) goes on to request-limits.c, which can say
 * why it is refused.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TwFraming TwFraming;

TwFraming *tw_framing_new (void);
void tw_framing_free (TwFraming *framing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwFraming, tw_framing_free)

/* The next @length bytes of the connection. Returns how many of them are in order: fewer than @length when the next one
 * is not, and then the connection has to end. */
gsize tw_framing_check (TwFraming *framing, const char *bytes, gsize length);

G_END_DECLS
