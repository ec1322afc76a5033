/* format.h: how values are shown to people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wire text in, display text out; never through floating point or the C library's locale. The functions with a `this`
 * first are closures for `.ui` expressions:
 *   <closure type="gchararray" function="tw_format_money"><lookup name="total">…</lookup></closure>
 * A widget class that uses them calls tw_format_bind_closures() in its class_init.
 */
#pragma once

#include <gtk/gtk.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

void tw_format_bind_closures (GtkWidgetClass *klass);

/* All results (transfer full), "" for no value. */
char *tw_format_money (gpointer self, const char *text);    /* "1234.5" → "1,234.50" */
char *tw_format_quantity (gpointer self, const char *text); /* "1200" → "1,200" */
char *tw_format_percent (gpointer self, const char *text);  /* "0.13" → "13 %" */
char *tw_format_date (gpointer self, const char *text);     /* "2026-11-22" */
char *tw_format_time (gpointer self, const char *text);     /* UTC → "2026-11-22 16:05" here */
gboolean tw_format_is_set (gpointer self, const char *text);
gboolean tw_format_is_unset (gpointer self, const char *text);
gboolean tw_format_is_some (gpointer self, const char *text); /* an amount that is not 0 */
gboolean tw_format_not (gpointer self, gboolean value);

/* The kind that a field is read and written as by people: of some its record decides. */
TwKind tw_format_get_kind (TwRecord *record, const TwField *field);
/* A field's value as it is shown: label of a key, grouped number, local time. A price or quantity of 0 is shown. */
char *tw_format_value (TwRecord *record, const TwField *field);
char *tw_format_decimal (TwDecimal value, guint min_places);
/* "a, b, c" as the language separates a list; NULL is "". */
char *tw_format_list (const char *const *elements);

/* What people type for a decimal back to the wire's form: separators of the language, spaces and a final % (÷ 100 when
 * @rate). NULL with TW_ERROR_INVALID when it is no number. (transfer full) */
char *tw_format_read_decimal (const char *typed, gboolean rate, GError **error);
/* 2026-11-22, 20261122, 22, 11-22, +3 (days from today) to the wire's form; "" stays "". */
char *tw_format_read_date (const char *typed, GError **error);

/* The language's signs. */
const char *tw_format_get_point (void);
const char *tw_format_get_group (void);

G_END_DECLS
