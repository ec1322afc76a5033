/* scope.h: whose documents a person may know of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

typedef enum
{
  TW_SCOPE_ALL,
  TW_SCOPE_USER,     /* a rep's own customers, a driver's own trips */
  TW_SCOPE_CUSTOMER, /* a customer contact's own */
} TwScope;

/* The scope within which ctx->who has @permission ("shipment.read", "trip.read"). */
TwScope tw_scope_get (TwContext *ctx, const char *permission);

G_END_DECLS
