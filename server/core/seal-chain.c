/* seal-chain.c: links, and the recomputation of all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hash of a link is SHA-256 (hash of the link before ‖ canonical form of its change). The first one stands on 32
 * zero bytes.
 */
#include "server/core/seal.h"

#include <nettle/sha2.h>
#include <string.h>

#include "server/core/seal-store.h"

#define LEASE_SECONDS 5
#define VERIFY_CHUNK 1000
#define MAX_PROBLEMS 100
/* A change this old must have its link. */
#define MAX_UNSEALED_SECONDS 60

typedef struct
{
  const char *holder;
  TwSealRange range;
  gint64 last; /* change id that was sealed */
  guint sealed;
  TwSealHead head;
} Batch;

void
tw_seal_link (const guint8 *previous, GByteArray *canonical, guint8 *hash)
{
  struct sha256_ctx sum;

  sha256_init (&sum);
  sha256_update (&sum, TW_SEAL_HASH_BYTES, previous);
  sha256_update (&sum, canonical->len, canonical->data);
  sha256_digest (&sum, TW_SEAL_HASH_BYTES, hash);
}

/* ---- The witness ---- */

/* How what was written outside stands to the database. */
typedef enum
{
  STANDS, /* or nothing was written yet */
  GONE,
  DIFFERS,
} Standing;

static gboolean
compare_witness (TwDb *db, const char *head_file, TwSealHead *witness, Standing *standing, GError **error)
{
  guint8 hash[TW_SEAL_HASH_BYTES];
  gboolean found;

  *standing = STANDS;
  if (!tw_seal_read_head (head_file, witness, error))
    return FALSE;
  if (witness->seq == 0)
    return TRUE;
  if (!tw_seal_store_find (db, witness->seq, &found, hash, error))
    return FALSE;
  if (!found)
    *standing = GONE;
  else if (memcmp (hash, witness->hash, TW_SEAL_HASH_BYTES) != 0)
    *standing = DIFFERS;
  return TRUE;
}

gboolean
tw_seal_check_head (TwDb *db, const char *head_file, TwSealHead *witness, gboolean *stands, GError **error)
{
  Standing standing;

  if (!compare_witness (db, head_file, witness, &standing, error))
    return FALSE;
  *stands = standing == STANDS;
  return TRUE;
}

gboolean
tw_seal_advance_head (TwDb *db, const char *head_file, const TwSealHead *head, gboolean *agrees, GError **error)
{
  TwSealHead witness;

  if (!tw_seal_check_head (db, head_file, &witness, agrees, error))
    return FALSE;
  return !*agrees || witness.seq >= head->seq || tw_seal_write_head (head_file, head, error);
}

/* ---- Sealing ---- */

/* The lease's row is locked for the whole batch, so two sealers never extend the same head. */
static gboolean
batch_cb (TwDb *db, gpointer data, GError **error)
{
  Batch *batch = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_seal_row_free);
  gboolean held;

  batch->sealed = 0;
  batch->last = batch->range.low;
  if (!tw_seal_store_lease (db, batch->holder, LEASE_SECONDS, &held, error))
    return FALSE;
  if (!tw_seal_store_head (db, &batch->head, error))
    return FALSE;
  if (!held)
    return TRUE;
  if (!tw_seal_store_unsealed (db, &batch->range, TW_SEAL_BATCH, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      TwSealRow *row = g_ptr_array_index (rows, i);

      tw_seal_link (batch->head.hash, row->canonical, batch->head.hash);
      row->seq = ++batch->head.seq;
      memcpy (row->hash, batch->head.hash, TW_SEAL_HASH_BYTES);
      batch->sealed++;
      batch->last = row->change_id;
    }
  return rows->len == 0 || tw_seal_store_insert (db, rows, error);
}

gboolean
tw_seal_batch (TwDb *db, const char *holder, TwSealRange *range, guint *sealed, TwSealHead *head, GError **error)
{
  Batch batch = { .holder = holder, .range = *range };
  gboolean any;

  /* Mostly there is nothing to do, and then nothing is written either. */
  if (!tw_seal_store_has_unsealed (db, range, &any, error))
    return FALSE;
  if (!any)
    {
      *sealed = 0;
      return tw_seal_store_head (db, head, error);
    }
  if (!tw_db_transaction (db, batch_cb, &batch, error))
    {
      g_prefix_error (error, "sealing: ");
      return FALSE;
    }
  range->low = batch.last;
  *sealed = batch.sealed;
  *head = batch.head;
  return TRUE;
}

/* Another process may hold the lease: then it does the work, and is waited for. */
gboolean
tw_seal_all (TwDb *db, const char *head_file, GError **error)
{
  g_autofree char *holder = g_uuid_string_random ();
  gint64 until = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  TwSealRange range = TW_SEAL_ALL;
  gint64 left = 1;
  TwSealHead head;
  gboolean agrees;
  guint sealed;

  while (left > 0)
    {
      if (!tw_seal_batch (db, holder, &range, &sealed, &head, error))
        return FALSE;
      /* A witness that contradicts is verify's to report. */
      if (sealed > 0 && head_file && !tw_seal_advance_head (db, head_file, &head, &agrees, error))
        return FALSE;
      if (sealed > 0)
        continue;
      if (!tw_seal_store_count_unsealed (db, &left, error))
        return FALSE;
      if (left > 0 && g_get_monotonic_time () > until)
        return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The audit log is being sealed by another program."));
      if (left > 0)
        g_usleep (50000);
      range = TW_SEAL_ALL;
    }
  return tw_seal_store_release (db, holder, error);
}

gboolean
tw_seal_get_head (TwDb *db, TwSealHead *head, GError **error)
{
  return tw_seal_store_head (db, head, error);
}

/* ---- Verification ---- */

static void G_GNUC_PRINTF (2, 3)
complain (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MAX_PROBLEMS)
    return;
  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Checks one link; @hash is the previous one's and becomes what this one says. */
static void
check_link (const TwSealRow *row, gint64 expected, guint8 *hash, GPtrArray *problems)
{
  guint8 computed[TW_SEAL_HASH_BYTES];

  if (row->seq != expected)
    complain (problems, "audit chain: link %" G_GINT64_FORMAT " is missing", expected);
  if (!row->canonical)
    complain (problems, "audit chain: the change %" G_GINT64_FORMAT " of link %" G_GINT64_FORMAT " is gone",
              row->change_id, row->seq);
  else
    {
      tw_seal_link (hash, row->canonical, computed);
      if (memcmp (computed, row->hash, TW_SEAL_HASH_BYTES) != 0)
        complain (problems,
                  "audit chain: link %" G_GINT64_FORMAT " does not fit its change %" G_GINT64_FORMAT
                  " or the link before",
                  row->seq, row->change_id);
    }
  memcpy (hash, row->hash, TW_SEAL_HASH_BYTES);
}

/* In the order of the chain, to say what is wrong. */
static gboolean
search_links (TwDb *db, GPtrArray *problems, GError **error)
{
  guint8 hash[TW_SEAL_HASH_BYTES] = { 0 };
  gint64 last = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_seal_row_free);

      if (!tw_seal_store_read (db, last, VERIFY_CHUNK, rows, error))
        return FALSE;
      n = rows->len;
      for (guint i = 0; i < n; i++)
        {
          const TwSealRow *row = g_ptr_array_index (rows, i);

          check_link (row, last + 1, hash, problems);
          last = row->seq;
        }
    }
  while (n == VERIFY_CHUNK && problems->len < MAX_PROBLEMS);
  return TRUE;
}

typedef struct
{
  TwDb *db;
  TwSealFollow follow; /* nullable */
  gpointer data;
  gint64 must;         /* microseconds: what was made before must be sealed */
  TwSealHead last;     /* the link of the change before */
  gint64 n_linked, n_unsealed;
  gboolean fits; /* every link its change and the link before */
} Walk;

/* The hash that the link of @change stands on: mostly that of the change before. */
static gboolean
find_previous (Walk *walk, const TwSealedChange *change, guint8 *hash, GError **error)
{
  gboolean found = TRUE;

  if (change->seq == walk->last.seq + 1)
    memcpy (hash, walk->last.hash, TW_SEAL_HASH_BYTES);
  else if (change->seq == 1)
    memset (hash, 0, TW_SEAL_HASH_BYTES);
  else if (!tw_seal_store_find (walk->db, change->seq - 1, &found, hash, error))
    return FALSE;
  walk->fits = walk->fits && found;
  return TRUE;
}

static gboolean
visit_cb (const TwSealedChange *change, gpointer data, GError **error)
{
  Walk *walk = data;
  guint8 hash[TW_SEAL_HASH_BYTES];

  if (walk->follow != NULL)
    walk->follow (change, walk->data);
  if (change->seq == 0)
    {
      walk->n_unsealed += change->at.usec < walk->must;
      return TRUE;
    }
  if (!find_previous (walk, change, hash, error))
    return FALSE;
  tw_seal_link (hash, change->canonical, hash);
  walk->fits = walk->fits && memcmp (hash, change->hash, TW_SEAL_HASH_BYTES) == 0;
  walk->n_linked++;
  walk->last.seq = change->seq;
  memcpy (walk->last.hash, change->hash, TW_SEAL_HASH_BYTES);
  return TRUE;
}

/* By the ids of changes, which is how the log lies on the disk and how documents went. There are as many links as the
 * last one's number says when none is missing and each has its change; else the chain is looked through by itself. */
gboolean
tw_seal_verify_links (TwDb *db, TwSealFollow follow, gpointer data, GPtrArray *problems, GError **error)
{
  Walk walk = { .db = db, .follow = follow, .data = data, .fits = TRUE };
  TwSealHead head;

  walk.must = tw_time_add_seconds (tw_time_now (), -MAX_UNSEALED_SECONDS).usec;
  if (!tw_seal_store_walk (db, visit_cb, &walk, error) || !tw_seal_store_head (db, &head, error)
      || ((!walk.fits || walk.n_linked != head.seq) && !search_links (db, problems, error)))
    {
      g_prefix_error (error, "audit chain: ");
      return FALSE;
    }
  if (walk.n_unsealed > 0)
    complain (problems, "audit chain: %" G_GINT64_FORMAT " changes have no link", walk.n_unsealed);
  return TRUE;
}

/* A tail cut off shows here alone. */
gboolean
tw_seal_verify_witness (TwDb *db, const char *head_file, GPtrArray *problems, GError **error)
{
  TwSealHead witness = { 0 };
  Standing standing = STANDS;

  if (head_file && !compare_witness (db, head_file, &witness, &standing, error))
    {
      g_prefix_error (error, "audit chain: ");
      return FALSE;
    }
  if (standing == GONE)
    complain (problems, "audit chain: link %" G_GINT64_FORMAT " was witnessed in %s but is not in the database",
              witness.seq, head_file);
  else if (standing == DIFFERS)
    complain (problems, "audit chain: link %" G_GINT64_FORMAT " is not the one that was witnessed in %s", witness.seq,
              head_file);
  return TRUE;
}
