/* password-guess.c: see password-guess.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/password-guess.h"

#include <stddef.h> /* crack.h needs it */
#include <string.h>

#include <crack.h>

#define SHORTEST_NAME 3

/* In no dictionary: what is said against it is said of the dictionary. */
static const char no_word[] = "gz8Kq-vT4xw-Jm2pR7";

/* What the library has against @password; NULL when nothing. It is to know of nobody, or it asks who runs the program
 * and refuses everything where a service has no account. */
static const char *
look_up (const char *password)
{
  return FascistCheckUser (password, GetDefaultCracklibDict (), "", "");
}

/* The library works in memory of its own: one caller at a time. */
static GMutex looking;

gboolean
tw_password_is_guessable (const char *password)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&looking);
  const char *fault;

  if (look_up (password) == NULL)
    return FALSE;
  fault = look_up (no_word);
  if (fault != NULL)
    g_warning ("passwords are not looked up in the dictionary of common words: %s", fault);
  return fault == NULL;
}

gboolean
tw_password_has_name (const char *password, const char *user)
{
  g_autofree char *name = g_utf8_casefold (user, -1);
  g_autofree char *text = g_utf8_casefold (password, -1);

  return g_utf8_strlen (name, -1) >= SHORTEST_NAME && strstr (text, name) != NULL;
}
