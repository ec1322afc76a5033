/* form.h: fields in as many columns as there is room for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TW_TYPE_FORM (tw_form_get_type ())
G_DECLARE_FINAL_TYPE (TwForm, tw_form, TW, FORM, GtkWidget)

/* A container for TwFormRow and any other widget, from `.ui`. Children stand side by side in columns of one width; a
 * child with a "span" property of 2 takes two of them, of 0 the whole width. Property: "column-width" (least width,
 * 190). */

G_END_DECLS
