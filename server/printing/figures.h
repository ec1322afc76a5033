/* figures.h: numbers as they stand on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/decimal.h"

G_BEGIN_DECLS

/* "1,234.50": at least @places decimals, groups of three. (transfer full) */
char *tw_figures_format (TwDecimal value, guint places);

/* A rate as percent: 0.13 is "13 %". (transfer full) */
char *tw_figures_format_percent (TwDecimal rate);

/* An amount of Renminbi in capital characters, as on a Chinese invoice, e.g. 人民币壹仟肆佰零玖元伍角整. Rounded to cents.
 * (transfer full) */
char *tw_figures_spell_renminbi (TwDecimal amount);

G_END_DECLS
