/* file-tree.h: a folder with all that is in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes @path and what is below it; follows no link. What cannot be removed is logged and stays. */
void tw_file_tree_remove (const char *path);

G_END_DECLS
