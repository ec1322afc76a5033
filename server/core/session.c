/* session.c: see session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/session.h"

#include <sodium.h>
#include <string.h>

#include "server/core/session-store.h"

#define TOKEN_BYTES 32
#define CACHE_USEC (2 * G_USEC_PER_SEC)
#define MAX_CACHED 10000
#define TOUCH_SECONDS 60 /* last_seen_at is this coarse: one write a minute and session */

typedef struct
{
  TwPrincipal *who;
  gint64 until; /* monotonic */
} Cached;

/* Token hash in hex → Cached. */
static GMutex cache_mutex;
static GHashTable *cache;
/* Set at start, before threads. */
static TwSessionTimes times = { .idle = 12 * 3600, .absolute = 7 * 86400 };
/* Whether this thread's transaction ends sessions. */
static _Thread_local gboolean ends_sessions;

static void
cached_free (gpointer data)
{
  Cached *cached = data;

  tw_principal_unref (cached->who);
  g_free (cached);
}

static char *
hash_token (const char *token, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = TW_TOKEN_HASH_BYTES;
  char *hex;

  g_checksum_update (sum, (const guchar *) token, (gssize) strlen (token));
  hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_checksum_get_digest (sum, hash, &length);
  return hex;
}

static TwPrincipal *
cache_find (const char *hex)
{
  TwPrincipal *who = NULL;
  Cached *cached;

  g_mutex_lock (&cache_mutex);
  cached = cache ? g_hash_table_lookup (cache, hex) : NULL;
  if (cached && cached->until > g_get_monotonic_time ())
    who = tw_principal_ref (cached->who);
  g_mutex_unlock (&cache_mutex);
  return who;
}

static void
cache_add (const char *hex, TwPrincipal *who)
{
  Cached *cached = g_new0 (Cached, 1);

  cached->who = tw_principal_ref (who);
  cached->until = g_get_monotonic_time () + CACHE_USEC;
  g_mutex_lock (&cache_mutex);
  if (!cache)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cached_free);
  if (g_hash_table_size (cache) >= MAX_CACHED)
    g_hash_table_remove_all (cache);
  g_hash_table_replace (cache, g_strdup (hex), cached);
  g_mutex_unlock (&cache_mutex);
}

/* Outside any transaction: when the connection has been lost since the last request, the second try has a new one. */
static TwPrincipal *
find_row (TwDb *db, const guint8 *hash, TwTime now, TwTime *last_seen_at, GError **error)
{
  TwTime idle_since = tw_time_add_seconds (now, -times.idle);
  g_autoptr (GError) problem = NULL;
  TwPrincipal *who = tw_session_store_find (db, hash, now, idle_since, last_seen_at, &problem);

  if (g_error_matches (problem, TW_ERROR, TW_ERROR_RETRY))
    return tw_session_store_find (db, hash, now, idle_since, last_seen_at, error);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return who;
}

static TwPrincipal *
find_stored (TwDb *db, const guint8 *hash, GError **error)
{
  TwTime now = tw_time_now ();
  TwTime last_seen_at = TW_TIME_NONE;
  g_autoptr (GError) problem = NULL;
  g_autoptr (TwPrincipal) who = find_row (db, hash, now, &last_seen_at, &problem);

  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (!who)
    {
      tw_error_set (error, TW_ERROR_UNAUTHENTICATED, _ ("Your session has ended. Please sign in again."));
      return NULL;
    }
  if (now.usec - last_seen_at.usec > TOUCH_SECONDS * G_USEC_PER_SEC
      && !tw_session_store_touch (db, who->session_id, now, error))
    return NULL;
  return g_steal_pointer (&who);
}

void
tw_session_set_times (TwSessionTimes wanted)
{
  g_return_if_fail (wanted.idle > 0 && wanted.absolute > 0);
  times = wanted;
}

TwPrincipal *
tw_session_find (TwDb *db, const char *token, GError **error)
{
  guint8 hash[TW_TOKEN_HASH_BYTES];
  g_autofree char *hex = hash_token (token, hash);
  TwPrincipal *who = cache_find (hex);

  if (who || !db)
    return who;
  who = find_stored (db, hash, error);
  if (who)
    cache_add (hex, who);
  return who;
}

gboolean
tw_session_open (TwContext *ctx, gint64 user_id, const char *address, char **token, TwTime *expires,
                 TwPrincipal **who, GError **error)
{
  guint8 random[TOKEN_BYTES], hash[TW_TOKEN_HASH_BYTES];
  char text[64];
  g_autofree char *hex = NULL;
  TwTime stored;
  gint64 id;

  if (sodium_init () < 0)
    return tw_error_set (error, TW_ERROR_INTERNAL, "libsodium cannot start");
  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (text, sizeof text, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  hex = hash_token (text, hash);
  *expires = tw_time_add_seconds (ctx->now, times.absolute);
  if (!tw_session_store_sweep (ctx, error)
      || !tw_session_store_insert (ctx, user_id, hash, *expires, address, &id, error))
    return FALSE;
  *who = tw_session_store_find_by_id (ctx->db, id, &stored, error);
  if (!*who)
    return FALSE;
  *token = g_strdup (text);
  return TRUE;
}

gboolean
tw_session_close (TwContext *ctx, gint64 session_id, GError **error)
{
  ends_sessions = TRUE;
  return tw_session_store_delete (ctx, session_id, error);
}

gboolean
tw_session_close_all (TwContext *ctx, gint64 user_id, gint64 except, GError **error)
{
  ends_sessions = TRUE;
  return tw_session_store_delete_others (ctx, user_id, except, error);
}

gboolean
tw_session_set_password (TwContext *ctx, gint64 user_id, const char *hash, gint64 except, GError **error)
{
  return tw_session_store_set_password (ctx, user_id, hash, error) && tw_session_close_all (ctx, user_id, except,
                                                                                            error);
}

void
tw_session_forget (void)
{
  g_mutex_lock (&cache_mutex);
  if (cache)
    g_hash_table_remove_all (cache);
  g_mutex_unlock (&cache_mutex);
}

void
tw_session_settle (void)
{
  if (ends_sessions)
    tw_session_forget ();
  ends_sessions = FALSE;
}
