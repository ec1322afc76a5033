/* input.h: the bytes that a fuzz target is fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A target is a file with LLVMFuzzerInitialize() and LLVMFuzzerTestOneInput(). With clang libFuzzer drives it; in every
 * other build replay.c feeds it the files of its corpus. Inputs are text where they can be, so that a found one tells
 * what it is about.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Makes warnings of GLib and of ours end the program; the first thing in an LLVMFuzzerInitialize(). */
void tw_fuzz_begin (void);

typedef struct
{
  const char *at;
  const char *end;
} TwFuzzInput;

TwFuzzInput tw_fuzz_input (const guint8 *data, gsize size);
/* The text up to the next line break, past which it moves; what stands behind a NUL in it is lost, as it would be for
 * anything that takes a C string. "" at the end. (transfer full) */
char *tw_fuzz_line (TwFuzzInput *input);
/* The same for all that is left. (transfer full) */
char *tw_fuzz_rest (TwFuzzInput *input);

G_END_DECLS
