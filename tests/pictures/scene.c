/* scene.c: what is rendered, read from scenes.list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/pictures/scene.h"

#include <gio/gio.h>

static void
scene_free (gpointer data)
{
  TwScene *scene = data;

  g_free (scene->name);
  g_free (scene->user);
  g_strfreev (scene->steps);
  g_free (scene);
}

static char *
take_word (const char **at)
{
  const char *start;

  while (*at[0] == ' ')
    (*at)++;
  start = *at;
  while (*at[0] != '\0' && *at[0] != ' ')
    (*at)++;
  return g_strndup (start, (gsize) (*at - start));
}

static TwScene *
read_line (const char *line)
{
  TwScene *scene = g_new0 (TwScene, 1);

  scene->name = take_word (&line);
  scene->user = take_word (&line);
  scene->steps = g_strsplit (line, ";", -1);
  for (guint i = 0; scene->steps[i] != NULL; i++)
    g_strstrip (scene->steps[i]);
  return scene;
}

GPtrArray *
tw_scene_read (const char *file, GError **error)
{
  g_autoptr (GPtrArray) scenes = g_ptr_array_new_with_free_func (scene_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      TwScene *scene;

      g_strstrip (lines[i]);
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      scene = read_line (lines[i]);
      g_ptr_array_add (scenes, scene);
      if (*scene->user == '\0')
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: name and user are needed", file, i + 1);
          return NULL;
        }
      if (g_str_equal (scene->user, "-"))
        g_clear_pointer (&scene->user, g_free);
    }
  return g_steal_pointer (&scenes);
}
