/* signer-store.h: rows of users who sign
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

extern const TwList tw_signer_list;

G_END_DECLS
