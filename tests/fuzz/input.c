/* input.c: see input.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/input.h"

#include <string.h>

void
tw_fuzz_begin (void)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

TwFuzzInput
tw_fuzz_input (const guint8 *data, gsize size)
{
  return (TwFuzzInput) { (const char *) data, (const char *) data + size };
}

char *
tw_fuzz_line (TwFuzzInput *input)
{
  gsize left = (gsize) (input->end - input->at);
  const char *line_end = left > 0 ? memchr (input->at, '\n', left) : NULL;
  char *line = g_strndup (input->at, line_end != NULL ? (gsize) (line_end - input->at) : left);

  input->at = line_end != NULL ? line_end + 1 : input->end;
  return line;
}

char *
tw_fuzz_rest (TwFuzzInput *input)
{
  char *rest = g_strndup (input->at, (gsize) (input->end - input->at));

  input->at = input->end;
  return rest;
}
