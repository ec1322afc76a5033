/* audit.h: the change log of everything, over the API
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GET /audit and /audit/export, for the permission audit.read. */
void tw_audit_add_routes (void);

G_END_DECLS
