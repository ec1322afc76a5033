/* carrier.c: see carrier.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/carrier.h"

#include "shared/document/common.h"

static const TwField carrier_fields[] = {
  TW_RECORD_FIELDS (TwCarrier),
  TW_TEXT (TwCarrier, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwCarrier, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_TEXT (TwCarrier, phone, N_ ("Phone"), 40, 0),
  TW_TEXT (TwCarrier, tracking_url, N_ ("Tracking page"), 200, 0),
  TW_KEY (TwCarrier, status, N_ ("Status"), tw_active_keys, 0),
};
TW_DEFINE_RECORD (TwCarrier, tw_carrier, "carrier", N_ ("Carrier"), carrier_fields)
