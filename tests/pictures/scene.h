/* scene.h: what is rendered, read from scenes.list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *user;  /* NULL: signed out */
  GStrv steps;
} TwScene;

/* (element-type TwScene); NULL with an error naming the line. (transfer full) */
GPtrArray *tw_scene_read (const char *file, GError **error);

G_END_DECLS
