/* setting.h: one setting of the company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwSetting
{
  TwRecord parent;
  char *name;
  char *value;
};
TW_DECLARE_RECORD (TwSetting, tw_setting)

G_END_DECLS
