/* register.h: what the printed forms offer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers the routes. Once, before threads. */
void tw_forms_register (void);

G_END_DECLS
