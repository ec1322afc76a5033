/* setting.c: see setting.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/setting.h"

static const TwField setting_fields[] = {
  TW_TEXT (TwSetting, name, N_ ("Setting"), 60, TW_SERVER),
  TW_TEXT (TwSetting, value, N_ ("Value"), 2000, TW_MULTILINE),
};
TW_DEFINE_RECORD (TwSetting, tw_setting, "setting", N_ ("Setting"), setting_fields)
