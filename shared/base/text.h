/* text.h: words for people, in the language of whoever is being served
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The client translates through gettext and the process's locale. The server answers
 * many people at once, so a thread chooses its language and messages come
 * from the same .mo catalogues, loaded once. _() works in both.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GETTEXT_DOMAIN "tradewind"
#ifndef _
#define _(msgid) tw_text (msgid)
#define C_(context, msgid) tw_text_context (context, msgid)
#define N_(msgid) (msgid)
#define NC_(context, msgid) (msgid)
#endif

/* The translation of @msgid for this thread; owned by the catalogue, never NULL. */
const char *tw_text (const char *msgid) G_GNUC_FORMAT (1);
const char *tw_text_context (const char *context, const char *msgid) G_GNUC_FORMAT (2);
const char *tw_text_plural (const char *singular, const char *plural, gulong n) G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);

/* Server: loads every `LL/LC_MESSAGES/tradewind.mo` below @locale_dir. Call once,
 * before threads start. Without it _() is gettext. */
void tw_text_load_catalogues (const char *locale_dir);

/* Server: what this thread's _() speaks from now on, e.g. "zh_CN"; NULL or unknown
 * is English. "zh_CN" falls back to "zh". */
void tw_text_set_language (const char *language);
const char *tw_text_get_language (void);

/* The languages for which there is a catalogue, "en" included. Owned by the module. */
const char *const *tw_text_get_languages (void);

/* Whether @text is valid UTF-8 without control characters (line breaks and tabs
 * allowed when @multiline) and without bidirectional overrides (U+202A…E, U+2066…9). */
gboolean tw_text_is_clean (const char *text, gboolean multiline);

G_END_DECLS
