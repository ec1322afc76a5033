/* main.c: tradewind, the client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib-unix.h>

#include "client/application.h"

static gboolean
interrupted_cb (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (TwApplication) application = tw_application_new ();

  g_unix_signal_add (SIGTERM, interrupted_cb, application);
  g_unix_signal_add (SIGINT, interrupted_cb, application);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
