/* settings-page.h: what a company chooses once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "client/admin/company-settings.h"

G_BEGIN_DECLS

#define TW_TYPE_SETTINGS_PAGE (tw_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (TwSettingsPage, tw_settings_page, TW, SETTINGS_PAGE, AdwBin)

/* Property: "narrow", as a desk has it. Actions: "page.save", "page.refresh". */

/* What is shown, with what was typed; NULL until it is read. (transfer none) */
TwCompanySettings *tw_settings_page_get_settings (TwSettingsPage *self);
gboolean tw_settings_page_is_dirty (TwSettingsPage *self);
/* Sends each setting that was changed. */
void tw_settings_page_save (TwSettingsPage *self);

G_END_DECLS
