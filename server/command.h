/* command.h: what tradewind-server can be told to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each command group is a file command-NAME.c; the table of all is in main.c.
 */
#pragma once

#include "server/core/config.h"

G_BEGIN_DECLS

/* The words after the options; argv[0] is the command's own name. Results go to stdout. FALSE with an error: it is
 * printed and the program ends with 1. */
typedef gboolean (*TwCommandFunc) (const TwConfig *config, int argc, char **argv, GError **error);

typedef struct
{
  const char *name;
  const char *arguments; /* as --help shows them */
  const char *summary;
  TwCommandFunc run;
} TwCommand;

gboolean tw_command_serve (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_migrate (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_demo (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_openapi (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_user (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_import (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_verify (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_audit (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_backup (const TwConfig *config, int argc, char **argv, GError **error);
gboolean tw_command_restore (const TwConfig *config, int argc, char **argv, GError **error);

/* Takes @entries (GOptionEntry[]) out of the words and checks how many are left beside argv[0]. */
gboolean tw_command_read_options (int *argc, char ***argv, const void *entries, int least, int most, GError **error);

G_END_DECLS
