/* step.h: doing in a window what a person would do, from one line of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/window.h"

G_BEGIN_DECLS

/* Lets the main loop run until nothing is asked of the server and nothing moves, at most some seconds. */
void tw_step_settle (void);
/* FALSE with an error when the step is unknown or what it names is not there. */
gboolean tw_step_run (TwWindow *window, const char *step, GError **error);

G_END_DECLS
