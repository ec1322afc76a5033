/* shown-text.h: texts for people's eyes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text with everything that tw_text_is_clean() refuses (it may have been stored long ago, or by hand) as the visible
 * U+FFFD; line breaks and tabs stay. (transfer full) */
char *tw_shown_text (const char *text);

G_END_DECLS
