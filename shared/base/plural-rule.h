/* plural-rule.h: which plural form a number takes, by a catalogue's Plural-Forms
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Evaluates the C expression of a Plural-Forms header, e.g. "n%10==1 && n%100!=11 ? 0 : 1", for @n.
 * FALSE when it is not such an expression. */
gboolean tw_plural_rule_evaluate (const char *rule, gulong n, gulong *form);

G_END_DECLS
