/* exchange-menu.h: a list's way out to files and in from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `<child type="end"><object class="TwExchangeMenu"/></child>` of a list page: writes what the list shows now, in its
 * order and with its filters, as CSV or Excel; with "import-permission" it also reads CSV.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_EXCHANGE_MENU (tw_exchange_menu_get_type ())
G_DECLARE_FINAL_TYPE (TwExchangeMenu, tw_exchange_menu, TW, EXCHANGE_MENU, AdwBin)

/* Property: "import-permission" (nullable). Actions: "exchange.export" (s: "csv" or "xlsx"), "exchange.import". */

/* Writes what the list shows into @file; says so in the window when it is done. */
void tw_exchange_menu_export (TwExchangeMenu *self, const char *format, GFile *file);

G_END_DECLS
