/* dispatch.h: from a request that has been read to its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds the route, hands the request to a worker and sends the reply; answers /healthz, /readyz and /metrics itself.
 */
#pragma once

#include "server/core/config.h"
#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct _TwDispatch TwDispatch;

/* Opens the worker pools and the listener that @config names. Routes must have been added. */
TwDispatch *tw_dispatch_new (const TwConfig *config, const TwDbAddress *database, GError **error);
/* "http://127.0.0.1:8470" */
const char *tw_dispatch_get_uri (TwDispatch *dispatch);
/* The change log has grown: followers are served. Any thread. */
void tw_dispatch_changed (TwDispatch *dispatch);

/* Takes nothing new and calls @quiet, on the main context, when everything begun is answered, after @seconds at the
 * latest. */
void tw_dispatch_stop (TwDispatch *dispatch, guint seconds, GSourceFunc quiet, gpointer data);
void tw_dispatch_free (TwDispatch *dispatch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwDispatch, tw_dispatch_free)

G_END_DECLS
