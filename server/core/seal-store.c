/* seal-store.c: see seal-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/seal-store.h"

#include <string.h>

#define LEASE "sealer"

/* In the order of the canonical form, which is how they are looked up fastest. */
#define CHANGE_COLUMNS                                                                                                 \
  "c.at, c.id, c.user_id, c.on_behalf_of, c.document_id, c.version, c.source, c.document, c.action, c.reason,"         \
  " c.before_values, c.after_values"

void
tw_seal_row_free (TwSealRow *row)
{
  g_clear_pointer (&row->canonical, g_byte_array_unref);
  g_free (row);
}

/* ---- Canonical form: for every column its length in 8 bytes and its text; a NULL has length 2^64 − 1. ---- */

static void
add_text (GByteArray *out, const char *text)
{
  gsize length = text ? strlen (text) : 0;
  guint64 prefix = GUINT64_TO_BE (text ? (guint64)length : G_MAXUINT64);

  g_byte_array_append (out, (const guint8 *)&prefix, sizeof prefix);
  if (length > 0)
    g_byte_array_append (out, (const guint8 *)text, (guint)length);
}

/* What printf would write, for some hundred million numbers when the chain of a large company is verified. */
static void
add_number (GByteArray *out, gint64 value)
{
  char text[24];
  char *at = text + sizeof text;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  *--at = '\0';
  do
    *--at = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--at = '-';
  add_text (out, at);
}

static gint64
add_int (GByteArray *out, TwStatement *row, const char *name)
{
  gint64 value;

  if (tw_column_is_null (row, name))
    {
      add_text (out, NULL);
      return 0;
    }
  value = tw_column_int (row, name);
  add_number (out, value);
  return value;
}

static const char *
add_column (GByteArray *out, TwStatement *row, const char *name)
{
  const char *text = tw_column_text (row, name);

  add_text (out, text);
  return text;
}

/* All but the link. The order is that of the canonical form. */
static void
read_change (TwStatement *row, TwSealedChange *change)
{
  GByteArray *out = change->canonical;

  g_byte_array_set_size (out, 0);
  change->at = tw_column_time (row, "at");
  add_number (out, change->at.usec);
  change->id = add_int (out, row, "id");
  add_int (out, row, "user_id");
  add_int (out, row, "on_behalf_of");
  change->document_id = add_int (out, row, "document_id");
  add_int (out, row, "version");
  add_column (out, row, "source");
  change->document = add_column (out, row, "document");
  change->action = add_column (out, row, "action");
  add_column (out, row, "reason");
  change->before = add_column (out, row, "before_values");
  change->after = add_column (out, row, "after_values");
}

static GByteArray *
canonicalise (TwStatement *row)
{
  TwSealedChange change = { .canonical = g_byte_array_new () };

  read_change (row, &change);
  return change.canonical;
}

static gboolean
read_hash (TwStatement *row, guint8 *hash, GError **error)
{
  gsize length;
  gconstpointer bytes = tw_column_blob (row, "hash", &length);

  if (!bytes || length != TW_SEAL_HASH_BYTES)
    return tw_error_set (error, TW_ERROR_INTERNAL, "a link of the audit chain has a hash of %" G_GSIZE_FORMAT " bytes",
                         length);
  memcpy (hash, bytes, TW_SEAL_HASH_BYTES);
  return TRUE;
}

/* ---- Lease ---- */

gboolean
tw_seal_store_lease (TwDb *db, const char *holder, guint seconds, gboolean *held, GError **error)
{
  g_autoptr (TwStatement) take
      = tw_db_prepare (db, "UPDATE lease SET holder = :holder, until = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
                           " WHERE name = '" LEASE "' AND (holder = :holder OR until < UTC_TIMESTAMP(6))");
  guint64 affected;

  tw_bind_text (take, "holder", holder);
  tw_bind_int (take, "seconds", seconds);
  if (!tw_statement_run (take, &affected, error))
    return FALSE;
  *held = affected > 0;
  return TRUE;
}

gboolean
tw_seal_store_release (TwDb *db, const char *holder, GError **error)
{
  g_autoptr (TwStatement) release
      = tw_db_prepare (db, "UPDATE lease SET until = '2000-01-01' WHERE name = '" LEASE "' AND holder = :holder");

  tw_bind_text (release, "holder", holder);
  return tw_statement_run (release, NULL, error);
}

/* ---- Links ---- */

gboolean
tw_seal_store_head (TwDb *db, TwSealHead *head, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT seq, hash FROM change_seal ORDER BY seq DESC LIMIT 1");
  gboolean found;

  memset (head, 0, sizeof *head);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  head->seq = tw_column_int (find, "seq");
  return read_hash (find, head->hash, error);
}

gboolean
tw_seal_store_find (TwDb *db, gint64 seq, gboolean *found, guint8 *hash, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT hash FROM change_seal WHERE seq = :seq");

  tw_bind_int (find, "seq", seq);
  if (!tw_statement_step (find, found, error))
    return FALSE;
  return !*found || read_hash (find, hash, error);
}

gboolean
tw_seal_store_unsealed (TwDb *db, const TwSealRange *range, guint limit, GPtrArray *rows, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT " CHANGE_COLUMNS " FROM change_log c LEFT JOIN change_seal s ON s.change_id = c.id"
                           " WHERE c.id > :low AND c.id <= :high AND s.seq IS NULL ORDER BY c.id LIMIT :limit");
  gboolean found;

  tw_bind_int (find, "low", range->low);
  tw_bind_int (find, "high", range->high);
  tw_bind_int (find, "limit", limit);
  while (tw_statement_step (find, &found, error))
    {
      TwSealRow *row;

      if (!found)
        return TRUE;
      row = g_new0 (TwSealRow, 1);
      row->change_id = tw_column_int (find, "id");
      row->canonical = canonicalise (find);
      g_ptr_array_add (rows, row);
    }
  return FALSE;
}

/* From the newest on, where one is found at once. */
gboolean
tw_seal_store_has_unsealed (TwDb *db, const TwSealRange *range, gboolean *any, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT c.id FROM change_log c LEFT JOIN change_seal s ON s.change_id = c.id"
                           " WHERE c.id > :low AND c.id <= :high AND s.seq IS NULL ORDER BY c.id DESC LIMIT 1");

  tw_bind_int (find, "low", range->low);
  tw_bind_int (find, "high", range->high);
  return tw_statement_step (find, any, error);
}

/* "[[seq,change,"hash in hexadecimal"],…]" */
static char *
write_links (GPtrArray *rows)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < rows->len; i++)
    {
      const TwSealRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (out, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",\"", i > 0 ? "," : "", row->seq,
                              row->change_id);
      for (guint b = 0; b < TW_SEAL_HASH_BYTES; b++)
        g_string_append_printf (out, "%02x", row->hash[b]);
      g_string_append (out, "\"]");
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

gboolean
tw_seal_store_insert (TwDb *db, GPtrArray *rows, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (
      db, "INSERT INTO change_seal (seq, change_id, hash) SELECT j.seq, j.change_id, UNHEX(j.hash)"
          " FROM JSON_TABLE(:links, '$[*]' COLUMNS (seq BIGINT PATH '$[0]', change_id BIGINT PATH '$[1]',"
          " hash CHAR(64) PATH '$[2]')) j ORDER BY j.seq");
  g_autofree char *links = write_links (rows);

  tw_bind_text (insert, "links", links);
  return tw_statement_run (insert, NULL, error);
}

gboolean
tw_seal_store_read (TwDb *db, gint64 seq, guint limit, GPtrArray *rows, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT s.seq, s.hash, s.change_id, " CHANGE_COLUMNS
                           " FROM change_seal s LEFT JOIN change_log c ON c.id = s.change_id WHERE s.seq > :seq"
                           " ORDER BY s.seq LIMIT :limit");
  gboolean found;

  tw_bind_int (find, "seq", seq);
  tw_bind_int (find, "limit", limit);
  while (tw_statement_step (find, &found, error))
    {
      TwSealRow *row;

      if (!found)
        return TRUE;
      row = g_new0 (TwSealRow, 1);
      g_ptr_array_add (rows, row);
      row->seq = tw_column_int (find, "seq");
      row->change_id = tw_column_int (find, "change_id");
      if (!tw_column_is_null (find, "id"))
        row->canonical = canonicalise (find);
      if (!read_hash (find, row->hash, error))
        return FALSE;
    }
  return FALSE;
}

/* ---- Walk ---- */

#define WALK_PIECE 10000

/* Changes by their ids and links by their numbers, side by side: mostly in the same order. Each is read along its
 * primary key; joined, the database would look up one for the other by millions. */
typedef struct
{
  TwStatement *changes, *links, *find;
  guint n_links;  /* of the present piece */
  gboolean ended; /* no more links */
  gint64 seq, change_id; /* of the link that is next */
  TwSealedChange change;
} Walk;

static gboolean
next_link (Walk *walk, GError **error)
{
  gboolean found;

  if (!tw_statement_step (walk->links, &found, error))
    return FALSE;
  if (!found && walk->n_links == WALK_PIECE)
    {
      walk->n_links = 0;
      tw_statement_reset (walk->links);
      tw_bind_int (walk->links, "seq", walk->seq);
      if (!tw_statement_step (walk->links, &found, error))
        return FALSE;
    }
  walk->ended = !found;
  if (!found)
    return TRUE;
  walk->n_links++;
  walk->seq = tw_column_int (walk->links, "seq");
  walk->change_id = tw_column_int (walk->links, "change_id");
  return TRUE;
}

/* A change that was committed late has its link further on, one that is not sealed none. */
static gboolean
find_link (Walk *walk, GError **error)
{
  gboolean found;

  tw_statement_reset (walk->find);
  tw_bind_int (walk->find, "id", walk->change.id);
  if (!tw_statement_step (walk->find, &found, error))
    return FALSE;
  walk->change.seq = found ? tw_column_int (walk->find, "seq") : 0;
  return !found || read_hash (walk->find, walk->change.hash, error);
}

static gboolean
take_link (Walk *walk, GError **error)
{
  while (!walk->ended && walk->change_id < walk->change.id) /* of a change that was met before, or is gone */
    if (!next_link (walk, error))
      return FALSE;
  if (walk->ended || walk->change_id != walk->change.id)
    return find_link (walk, error);
  walk->change.seq = walk->seq;
  return read_hash (walk->links, walk->change.hash, error) && next_link (walk, error);
}

/* *n tells how many there were. */
static gboolean
walk_piece (Walk *walk, TwSealVisit visit, gpointer data, guint *n, GError **error)
{
  gboolean found;

  tw_statement_reset (walk->changes);
  tw_bind_int (walk->changes, "after", walk->change.id);
  for (*n = 0;; *n += 1)
    {
      if (!tw_statement_step (walk->changes, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      read_change (walk->changes, &walk->change);
      if (!take_link (walk, error) || !visit (&walk->change, data, error))
        return FALSE;
    }
}

#define LIMIT_PIECE " LIMIT " G_STRINGIFY (WALK_PIECE)

gboolean
tw_seal_store_walk (TwDb *db, TwSealVisit visit, gpointer data, GError **error)
{
  g_autoptr (TwStatement) changes
      = tw_db_prepare (db, "SELECT " CHANGE_COLUMNS " FROM change_log c WHERE c.id > :after ORDER BY c.id" LIMIT_PIECE);
  g_autoptr (TwStatement) links = tw_db_prepare (
      db, "SELECT seq, change_id, hash FROM change_seal WHERE seq > :seq ORDER BY seq" LIMIT_PIECE);
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT seq, hash FROM change_seal WHERE change_id = :id");
  g_autoptr (GByteArray) canonical = g_byte_array_new ();
  Walk walk = { .changes = changes, .links = links, .find = find, .change = { .canonical = canonical } };
  guint n = WALK_PIECE;

  tw_bind_int (links, "seq", 0);
  if (!next_link (&walk, error))
    return FALSE;
  while (n == WALK_PIECE)
    if (!walk_piece (&walk, visit, data, &n, error))
      return FALSE;
  return TRUE;
}

/* ---- Numbers ---- */

static gboolean
read_number (TwStatement *find, gint64 *value, GError **error)
{
  gboolean found;

  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *value = found ? tw_column_int (find, "n") : 0;
  return TRUE;
}

gboolean
tw_seal_store_count_unsealed (TwDb *db, gint64 *count, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM change_log c LEFT JOIN change_seal s ON s.change_id = c.id"
                           " WHERE s.seq IS NULL");

  return read_number (find, count, error);
}

gboolean
tw_seal_store_max_change (TwDb *db, gint64 *id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT COALESCE(MAX(id), 0) AS n FROM change_log");

  return read_number (find, id, error);
}

/* The first change from @id on, and when it was made. */
static gboolean
read_from (TwDb *db, gint64 id, gint64 *found_id, TwTime *at, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT id, at FROM change_log WHERE id >= :id ORDER BY id LIMIT 1");
  gboolean found;

  tw_bind_int (find, "id", id);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *found_id = found ? tw_column_int (find, "id") : 0;
  if (found)
    *at = tw_column_time (find, "at");
  return TRUE;
}

/* By halves: no index knows when changes were made, but ids rise with it. */
gboolean
tw_seal_store_find_earlier (TwDb *db, gint64 seconds, gint64 *id, GError **error)
{
  gint64 low = 0, high;
  TwTime at = { 0 }, before;

  *id = 0;
  if (!tw_seal_store_max_change (db, &high, error) || !read_from (db, high, &high, &at, error))
    return FALSE;
  if (high == 0)
    return TRUE;
  before = tw_time_add_seconds (at, -seconds);
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2, found;

      if (!read_from (db, middle, &found, &at, error))
        return FALSE;
      if (found < high && at.usec <= before.usec)
        low = found;
      else
        high = middle;
    }
  *id = low;
  return TRUE;
}
