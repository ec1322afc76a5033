/* roles-editor.h: what a user is allowed to be, as boxes to tick
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A TwEditor of the field "roles". */
#define TW_TYPE_ROLES_EDITOR (tw_roles_editor_get_type ())
G_DECLARE_FINAL_TYPE (TwRolesEditor, tw_roles_editor, TW, ROLES_EDITOR, AdwBin)

/* The box of a role. (transfer none) */
GtkCheckButton *tw_roles_editor_get_box (TwRolesEditor *self, const char *role);

G_END_DECLS
