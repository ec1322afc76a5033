/* throttle.c: see throttle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/throttle.h"

#include "server/core/throttle-store.h"

#define USER_FREE 5
#define ADDRESS_FREE 30
/* Seconds: the first wait, doubling up to the longest; all is forgotten after quiet. */
#define FIRST_WAIT 5
#define LONGEST_WAIT 300
#define FORGET_AFTER 900
#define MAX_SUBJECT_CHARACTERS 120

typedef struct
{
  char *user_subject;
  char *address_subject;
  TwTime now;
  guint wait;
} Attempt;

static char *
make_subject (const char *kind, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *cut = g_utf8_substring (folded, 0, MIN (g_utf8_strlen (folded, -1), MAX_SUBJECT_CHARACTERS));

  return g_strconcat (kind, ":", cut, NULL);
}

/* Seconds from @now until the next try after @failures, the last at @last_at. */
static gint64
get_wait (gint64 failures, gint64 free_failures, TwTime last_at, TwTime now)
{
  gint64 beyond = failures - free_failures;
  gint64 wait, left;

  if (beyond < 0)
    return 0;
  wait = beyond >= 6 ? LONGEST_WAIT : MIN (LONGEST_WAIT, FIRST_WAIT << beyond);
  left = last_at.usec + wait * G_USEC_PER_SEC - now.usec;
  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

static gboolean
read_failures (TwDb *db, const char *subject, TwTime now, gint64 free_failures, gint64 *failures, gint64 *wait,
               GError **error)
{
  TwTime last_at;

  if (!tw_throttle_store_lock (db, subject, now, failures, &last_at, error))
    return FALSE;
  if (now.usec - last_at.usec > FORGET_AFTER * G_USEC_PER_SEC)
    *failures = 0;
  *wait = get_wait (*failures, free_failures, last_at, now);
  return TRUE;
}

static gboolean
enter_cb (TwDb *db, gpointer data, GError **error)
{
  Attempt *attempt = data;
  TwTime old = tw_time_add_seconds (attempt->now, -2 * FORGET_AFTER);
  gint64 of_user, of_address, user_wait, address_wait;

  if (!tw_throttle_store_sweep (db, old, error)
      || !read_failures (db, attempt->user_subject, attempt->now, USER_FREE, &of_user, &user_wait, error)
      || !read_failures (db, attempt->address_subject, attempt->now, ADDRESS_FREE, &of_address, &address_wait, error))
    return FALSE;
  attempt->wait = (guint) MAX (user_wait, address_wait);
  if (attempt->wait > 0)
    return TRUE;
  return tw_throttle_store_set (db, attempt->user_subject, of_user + 1, attempt->now, error)
         && tw_throttle_store_set (db, attempt->address_subject, of_address + 1, attempt->now, error);
}

gboolean
tw_throttle_enter (TwDb *db, const char *user, const char *address, TwTime now, guint *wait, GError **error)
{
  g_autofree char *user_subject = make_subject ("user", user);
  g_autofree char *address_subject = make_subject ("address", address);
  Attempt attempt = { user_subject, address_subject, now, 0 };

  if (!tw_db_transaction (db, enter_cb, &attempt, error))
    return FALSE;
  *wait = attempt.wait;
  return TRUE;
}

gboolean
tw_throttle_clear (TwContext *ctx, const char *user, const char *address, GError **error)
{
  g_autofree char *user_subject = make_subject ("user", user);
  g_autofree char *address_subject = make_subject ("address", address);

  return tw_throttle_store_set (ctx->db, user_subject, 0, ctx->now, error)
         && tw_throttle_store_forgive (ctx->db, address_subject, error);
}

static gboolean
give_back_cb (TwDb *db, gpointer data, GError **error)
{
  Attempt *attempt = data;

  return tw_throttle_store_forgive (db, attempt->user_subject, error)
         && tw_throttle_store_forgive (db, attempt->address_subject, error);
}

gboolean
tw_throttle_give_back (TwDb *db, const char *user, const char *address, GError **error)
{
  g_autofree char *user_subject = make_subject ("user", user);
  g_autofree char *address_subject = make_subject ("address", address);
  Attempt attempt = { .user_subject = user_subject, .address_subject = address_subject };

  return tw_db_transaction (db, give_back_cb, &attempt, error);
}
