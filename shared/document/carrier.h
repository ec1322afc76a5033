/* carrier.h: carriers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwCarrier
{
  TwRecord parent;
  char *code;
  char *name;
  char *phone;
  char *tracking_url; /* with {number} in the place of the tracking number */
  const char *status;
};
TW_DECLARE_RECORD (TwCarrier, tw_carrier)

G_END_DECLS
