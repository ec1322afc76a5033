/* sign-in-page.h: server, user, password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_SIGN_IN_PAGE (tw_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (TwSignInPage, tw_sign_in_page, TW, SIGN_IN_PAGE, AdwBin)

/* Signal: "signed-in" (). */

/* Fills in what is remembered and puts the cursor where the next key belongs. @message (nullable): why one is here
 * again. */
void tw_sign_in_page_prepare (TwSignInPage *self, const char *server, const char *user, const char *message);
/* Fills in and signs in, as if the person had. */
void tw_sign_in_page_try (TwSignInPage *self, const char *user, const char *password);

G_END_DECLS
