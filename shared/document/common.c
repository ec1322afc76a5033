/* common.c: see common.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/common.h"

const TwKey tw_active_keys[] = {
  { "active", N_ ("Active") },
  { "inactive", N_ ("Inactive") },
  { NULL },
};

const TwKey tw_language_keys[] = {
  { "en", N_ ("English") },
  { "zh_CN", N_ ("Chinese (simplified)") },
  { NULL },
};
