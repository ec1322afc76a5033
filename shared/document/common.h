/* common.h: enumerations and parts that several documents share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_active_keys[];   /* active, inactive */
extern const TwKey tw_language_keys[]; /* en, zh_CN */

/* A postal address as it was when the document was made: documents keep copies, not references. */
#define TW_POSTAL_MEMBERS                                                                                              \
  char *ship_name;                                                                                                     \
  char *ship_street;                                                                                                   \
  char *ship_city;                                                                                                     \
  char *ship_region;                                                                                                   \
  char *ship_postal_code;                                                                                              \
  char *ship_country;

#define TW_POSTAL_FIELDS(Type, flags)                                                                                  \
  TW_TEXT (Type, ship_name, N_ ("Recipient"), 120, flags), TW_TEXT (Type, ship_street, N_ ("Street"), 200, flags),     \
    TW_TEXT (Type, ship_city, N_ ("City"), 80, flags), TW_TEXT (Type, ship_region, N_ ("Region"), 80, flags),          \
    TW_TEXT (Type, ship_postal_code, N_ ("Postal code"), 20, flags),                                                   \
    TW_TEXT (Type, ship_country, N_ ("Country"), 80, flags)

G_END_DECLS
