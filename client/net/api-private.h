/* api-private.h: what the rest of net/ needs of the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "client/net/api.h"

G_BEGIN_DECLS

SoupSession *tw_api_get_soup_session (TwApi *self);
/* A message with authorization and language set; NULL when the URL does not parse. (transfer full) */
SoupMessage *tw_api_new_message (TwApi *self, const char *method, const char *path);
void tw_api_set_reachable (TwApi *self, gboolean reachable);

G_END_DECLS
