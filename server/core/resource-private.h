/* resource-private.h: the handlers behind a resource's routes, one file a kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is a TwHandler whose data is the TwResource.
 */
#pragma once

#include "server/core/gate.h"
#include "server/core/step.h"

G_BEGIN_DECLS

#define TW_MAX_BULK 500

void tw_resource_register (const TwResource *resource);

gboolean tw_resource_list (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);
gboolean tw_resource_export (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);
gboolean tw_resource_import (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);
gboolean tw_resource_history (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);
gboolean tw_resource_act (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error);
gboolean tw_resource_act_on_many (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data,
                                  GError **error);

G_END_DECLS
