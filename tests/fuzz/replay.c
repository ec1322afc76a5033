/* replay.c: feeds a fuzz target the files of its corpus, as ordinary tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROGRAM FOLDER...: each file of each folder is a test; a folder without files is an error.
 */
#include "tests/fuzz/input.h"

static void
replay (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree guint8 *exact = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  /* Without the NUL that GLib adds, so that AddressSanitizer sees a read past the end. */
  exact = g_memdup2 (contents, length);
  LLVMFuzzerTestOneInput (exact, length);
}

static void
add_folder (const char *name, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (const char *file = g_dir_read_name (dir); file != NULL; file = g_dir_read_name (dir), n++)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s/%s", name, file);

      g_test_add_data_func_full (test, g_build_filename (folder, file, NULL), replay, g_free);
    }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = g_path_get_basename (argv[0]);

  g_test_init (&argc, &argv, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    add_folder (program, argv[i]);
  return g_test_run ();
}
