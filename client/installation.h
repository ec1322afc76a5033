/* installation.h: where the program's own files are, installed or in a build tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder with LL/LC_MESSAGES/tradewind.mo. (transfer full) */
char *tw_installation_get_locale_dir (void);
/* The program's settings; a build tree's own schema when none is installed; NULL when there is none at all, with a
 * warning. */
GSettings *tw_installation_open_settings (void);

G_END_DECLS
