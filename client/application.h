/* application.h: the program: options, language, session, windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "client/net/session.h"

G_BEGIN_DECLS

#define TW_APPLICATION_ID "org.tradewind.Tradewind"
#define TW_RESOURCE_PATH "/org/tradewind/Tradewind"

#define TW_TYPE_APPLICATION (tw_application_get_type ())
G_DECLARE_FINAL_TYPE (TwApplication, tw_application, TW, APPLICATION, AdwApplication)

TwApplication *tw_application_new (void);

/* With its session made, as the command line options would have it: for programs that run windows themselves
 * (tests). */
TwApplication *tw_application_new_for_server (const char *server, const char *language, GError **error);

/* Registers the templates and chooses the language: what a test needs of main(). @language NULL: the desktop's. */
void tw_application_prepare (const char *language);

TwSession *tw_application_get_session (TwApplication *self);
GSettings *tw_application_get_settings (TwApplication *self); /* nullable */

/* "zh_CN", "en"; "" is the desktop's. Builds every window anew over the same session. */
void tw_application_set_language (TwApplication *self, const char *language);

G_END_DECLS
