/* password.c: see password.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/password.h"

#include <sodium.h>
#include <string.h>

#include "server/core/password-guess.h"
#include "shared/base/text.h"

#define MEMORY_BYTES (64 * 1024 * 1024)
#define PASSES 2
#define MAX_RUNNING 2
#define MAX_WAITING 16

/* What hashes now in this process, and what waits to. */
static GMutex mutex;
static GCond freed;
static guint running, waiting;

static gboolean
begin (GError **error)
{
  gboolean admitted = TRUE;

  g_mutex_lock (&mutex);
  if (running >= MAX_RUNNING && waiting >= MAX_WAITING)
    admitted = FALSE;
  else
    {
      waiting++;
      while (running >= MAX_RUNNING)
        g_cond_wait (&freed, &mutex);
      waiting--;
      running++;
    }
  g_mutex_unlock (&mutex);
  return admitted
         || tw_error_set (error, TW_ERROR_UNAVAILABLE,
                          _("Too many people are signing in. Please try again in a moment."));
}

static void
end (void)
{
  g_mutex_lock (&mutex);
  running--;
  g_cond_signal (&freed);
  g_mutex_unlock (&mutex);
}

static void
init (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  g_once_init_leave (&done, 1);
}

static char *
hash_now (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), PASSES, MEMORY_BYTES) == 0)
    return g_strdup (hash);
  tw_error_set (error, TW_ERROR_UNAVAILABLE, _("There is not enough memory to check passwords at the moment."));
  return NULL;
}

/* A hash that nobody's password has, of the same cost as the real ones. Made once. */
static const char *
dummy_hash (GError **error)
{
  static char *dummy;
  static GMutex making;

  g_mutex_lock (&making);
  if (!dummy)
    {
      char secret[33];
      guint8 bytes[16];

      randombytes_buf (bytes, sizeof bytes);
      sodium_bin2hex (secret, sizeof secret, bytes, sizeof bytes);
      dummy = hash_now (secret, error);
    }
  g_mutex_unlock (&making);
  return dummy;
}

char *
tw_password_hash (const char *password, GError **error)
{
  char *hash;

  init ();
  if (!begin (error))
    return NULL;
  hash = hash_now (password, error);
  end ();
  return hash;
}

gboolean
tw_password_verify (const char *hash, const char *password, gboolean *matches, GError **error)
{
  const char *against;

  *matches = FALSE;
  init ();
  if (!begin (error))
    return FALSE;
  against = hash ? hash : dummy_hash (error);
  if (against)
    *matches = crypto_pwhash_str_verify (against, password, strlen (password)) == 0 && hash;
  end ();
  return against != NULL;
}

gboolean
tw_password_check (const char *password, const char *user, const char *pointer, GError **error)
{
  if (!password || g_utf8_strlen (password, -1) < TW_PASSWORD_MIN_CHARACTERS)
    return tw_error_fault (error, pointer, "too_short", _("A password has at least %d characters."),
                           TW_PASSWORD_MIN_CHARACTERS);
  if (strlen (password) > TW_PASSWORD_MAX_BYTES)
    return tw_error_fault (error, pointer, "too_long", _("This password is too long."));
  if (user && tw_password_has_name (password, user))
    return tw_error_fault (error, pointer, "has_user", _ ("The password must not contain the user name."));
  if (tw_password_is_guessable (password))
    return tw_error_fault (error, pointer, "guessable",
                           _ ("This password is easy to guess, like a common word, a row of keys or a pattern."
                              " Several words that do not belong together are a good one."));
  return TRUE;
}
