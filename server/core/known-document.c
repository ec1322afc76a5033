/* known-document.c: see known-document.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/known-document.h"

#include "server/core/known.h"

/* A document of a thousand lines is a megabyte. */
#define MAX_LINES 30

/* What a thread's transaction has seen and means to make known. */
typedef struct
{
  gsize transaction;
  gint64 shown;       /* 0: none */
  GHashTable *locked; /* (element-type utf8) names of documents: what it has done to them is not in their stamp */
  char *name, *stamp; /* of what it means to make known; a request has one answer */
  TwRecord *record;   /* NULL: nothing */
} Seen;

static void
drop_kept (Seen *seen)
{
  g_clear_pointer (&seen->name, g_free);
  g_clear_pointer (&seen->stamp, g_free);
  g_clear_object (&seen->record);
}

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  drop_kept (seen);
  g_hash_table_unref (seen->locked);
  g_free (seen);
}

static GPrivate seen_of_thread = G_PRIVATE_INIT (seen_free);

static Seen *
get_seen (void)
{
  Seen *seen = g_private_get (&seen_of_thread);

  if (seen != NULL)
    return seen;
  seen = g_new0 (Seen, 1);
  seen->locked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_private_set (&seen_of_thread, seen);
  return seen;
}

/* What ctx's transaction has seen; NULL outside one. */
static Seen *
enter (TwContext *ctx)
{
  gsize transaction = tw_db_get_transaction (ctx->db);
  Seen *seen = get_seen ();

  if (seen->transaction != transaction)
    {
      drop_kept (seen);
      g_hash_table_remove_all (seen->locked);
      seen->transaction = transaction;
      seen->shown = 0;
    }
  return transaction != 0 ? seen : NULL;
}

static char *
make_name (TwContext *ctx, const char *document, gint64 id)
{
  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT, tw_db_get_name (ctx->db), document, id);
}

static char *
make_stamp (TwContext *ctx, gint64 version, gint64 shown)
{
  g_autofree char *day = tw_date_format (ctx->today);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", version, shown, day);
}

void
tw_known_see (TwContext *ctx, gint64 shown)
{
  Seen *seen = enter (ctx);

  if (seen != NULL && seen->shown == 0)
    seen->shown = shown;
}

TwRecord *
tw_known_take (TwContext *ctx, const char *document, gint64 id, gint64 version, gint64 shown)
{
  g_autofree char *name = make_name (ctx, document, id), *stamp = make_stamp (ctx, version, shown);

  return tw_known_copy (name, stamp);
}

gboolean
tw_known_lock (TwContext *ctx, const char *document, TwStatement *lock, gint64 id, TwRecord **record, GError **error)
{
  Seen *seen = enter (ctx);
  gint64 version, shown;
  gboolean found;

  *record = NULL;
  tw_bind_int (lock, "id", id);
  if (!tw_statement_step (lock, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  version = tw_column_int (lock, "version");
  shown = tw_column_int (lock, "shown");
  tw_known_see (ctx, shown);
  if (seen != NULL && g_hash_table_add (seen->locked, make_name (ctx, document, id))
      && !(ctx->who->roles & TW_ROLE_CUSTOMER))
    *record = tw_known_take (ctx, document, id, version, shown);
  return TRUE;
}

TwRecord *
tw_known_remember (TwContext *ctx, const char *document, gint64 id)
{
  g_autofree char *name = make_name (ctx, document, id), *stamp = NULL;

  return tw_known_find (name, &stamp);
}

/* Nobody knows whether it is committed when COMMIT had no answer, and then nothing is known. */
static void
publish (gboolean certain)
{
  Seen *seen = get_seen ();

  if (certain && seen->record != NULL)
    tw_known_put_own (seen->name, seen->stamp, g_steal_pointer (&seen->record));
  drop_kept (seen);
}

static gboolean
is_small (TwRecord *record)
{
  const TwField *lines = tw_record_find (record, "lines");

  return lines == NULL || tw_record_count (tw_record_at (record, lines, GListStore *)) <= MAX_LINES;
}

/* What may be done next is another answer for each reader. */
static TwRecord *
copy_without_actions (TwRecord *record)
{
  TwRecord *copy = tw_record_copy (record);
  const TwField *actions = tw_record_find (copy, "actions");

  if (actions != NULL)
    g_list_store_remove_all (tw_record_at (copy, actions, GListStore *));
  return copy;
}

void
tw_known_put_document (TwContext *ctx, const char *document, TwRecord *record, gint64 version, gint64 shown)
{
  g_autofree char *name = make_name (ctx, document, record->id), *stamp = make_stamp (ctx, version, shown);

  if (is_small (record))
    tw_known_put_own (name, stamp, copy_without_actions (record));
}

void
tw_known_keep (TwContext *ctx, const char *document, TwRecord *record)
{
  Seen *seen = enter (ctx);

  if (seen == NULL || seen->shown == 0 || (ctx->who->roles & TW_ROLE_CUSTOMER) || !is_small (record))
    return;
  drop_kept (seen);
  seen->name = make_name (ctx, document, record->id);
  seen->stamp = make_stamp (ctx, record->version, seen->shown);
  seen->record = copy_without_actions (record);
  tw_db_after_commit (ctx->db, publish);
}
