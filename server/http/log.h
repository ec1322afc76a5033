/* log.h: structured lines on stderr
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One JSON object a line: {"time","level","message",…}. Values are escaped, so nothing that a client sends can make
 * a line of its own.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What g_message(), g_warning() and the libraries say goes out in this form from now on. Once, before threads. */
void tw_log_start (void);

/* One answered request. @user, @address nullable; @path without its query. */
typedef struct
{
  const char *id;
  const char *user;
  const char *address;
  const char *method;
  const char *path;
  guint status;
  gint64 usec;
} TwLogRequest;

void tw_log_request (const TwLogRequest *request);

G_END_DECLS
