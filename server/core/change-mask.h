/* change-mask.h: what a reader of the change log may see of a change's values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/change.h"

G_BEGIN_DECLS

/* Takes out of both sides of @change what is a secret field of @type and not in @secrets. */
gboolean tw_change_mask (TwChange *change, GType type, TwSecrets secrets, GError **error);

G_END_DECLS
