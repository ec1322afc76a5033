/* command.c: the words of a command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/command.h"

gboolean
tw_command_read_options (int *argc, char ***argv, const void *entries, int least, int most, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  int n;

  g_option_context_set_help_enabled (context, FALSE); /* --help was answered before */
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  n = *argc - 1;
  if (n >= least && n <= most)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "too %s arguments; see --help",
               n < least ? "few" : "many");
  return FALSE;
}
