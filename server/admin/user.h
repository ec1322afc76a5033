/* user.h: people who sign in, and their roles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/user.h"

G_BEGIN_DECLS

extern const TwResource tw_user_resource;

/* By sign-in name; a fault at @pointer when there is none or they are disabled. */
gboolean tw_user_find_id (TwContext *ctx, const char *user, const char *pointer, gint64 *id, GError **error);

/* The users resource and PUT /users/{id}/password. */
void tw_admin_register (void);

G_END_DECLS
