/* master.c: see master.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/master.h"

#include "server/core/change.h"
#include "server/core/known-document.h"
#include "server/core/known.h"
#include "server/db/list.h"
#include "server/masterdata/edition.h"
#include "server/masterdata/shelf.h"

/* "carrier_code" of table carrier is the key of the field "code". */
static void
turn_duplicate_into_fault (const TwMaster *master, TwRecord *record, GError **error)
{
  const char *key;
  const TwField *field;
  g_autofree char *pointer = NULL;
  g_autofree char *value = NULL;

  if (error == NULL || !g_error_matches (*error, TW_ERROR, TW_ERROR_DUPLICATE))
    return;
  key = (*error)->message;
  if (!g_str_has_prefix (key, master->table) || key[strlen (master->table)] != '_')
    return;
  field = tw_record_find (record, key + strlen (master->table) + 1);
  if (field == NULL)
    return;
  pointer = g_strconcat ("/", field->name, NULL);
  value = tw_record_get_text (record, field);
  g_clear_error (error);
  /* Translators: %s is a value, such as a code or a barcode, that must occur only once. */
  tw_error_fault (error, pointer, "taken", _ ("“%s” is already in use. Choose another."), value != NULL ? value : "");
}

static GListStore *
get_list (TwRecord *record, const TwMasterList *list)
{
  return tw_record_at (record, tw_record_find (record, list->field), GListStore *);
}

static gboolean
load_lists (TwContext *ctx, const TwMaster *master, TwRecord *record, GError **error)
{
  for (const TwMasterList *list = master->lists; list != NULL && list->field != NULL; list++)
    {
      g_autoptr (TwStatement) select = tw_db_prepare (ctx->db, list->select);
      const TwField *field = tw_record_find (record, list->field);

      tw_bind_int (select, "owner", record->id);
      if (!tw_statement_read_all (select, field->item (), get_list (record, list), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_list (TwContext *ctx, const TwMasterList *list, TwRecord *record, GError **error)
{
  GListStore *items = get_list (record, list);
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, list->insert);
  guint n = tw_record_count (items);

  for (guint i = 0; i < n; i++)
    {
      tw_statement_reset (insert);
      tw_bind_int (insert, "owner", record->id);
      if (list->positioned)
        tw_bind_int (insert, "position", i + 1);
      tw_bind_record (insert, tw_record_nth (items, i));
      if (!tw_statement_run (insert, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_lists (TwContext *ctx, const TwMaster *master, TwRecord *record, TwRecord *patch, GError **error)
{
  for (const TwMasterList *list = master->lists; list != NULL && list->field != NULL; list++)
    {
      if (patch != NULL && !tw_record_has (patch, list->field))
        continue;
      if (patch != NULL)
        {
          g_autoptr (TwStatement) clear = tw_db_prepare (ctx->db, list->remove);

          tw_bind_int (clear, "owner", record->id);
          if (!tw_statement_run (clear, NULL, error))
            return FALSE;
        }
      if (!store_list (ctx, list, record, error))
        return FALSE;
    }
  return TRUE;
}

TwRecord *
tw_master_load (TwContext *ctx, const TwMaster *master, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwRecord) record = g_object_new (master->type (), NULL);
  g_autoptr (TwStatement) select = NULL;
  gboolean found = FALSE;

  if (lock && !tw_row_lock (ctx->db, master->lock, id, NULL, error))
    return NULL;
  select = tw_db_prepare (ctx->db, master->select);
  tw_bind_int (select, "id", id);
  if (!tw_statement_read_one (select, record, &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
      return NULL;
    }
  if (!load_lists (ctx, master, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
raise_edition (TwContext *ctx, const TwMaster *master, GError **error)
{
  return master->stamped || tw_edition_raise (ctx, error);
}

gboolean
tw_master_create (TwContext *ctx, const TwMaster *master, TwRecord *record, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, master->insert);

  record->version = 1;
  record->created_at = ctx->now;
  record->updated_at = ctx->now;
  tw_bind_record (insert, record);
  if (!tw_statement_run (insert, NULL, error))
    {
      turn_duplicate_into_fault (master, record, error);
      return FALSE;
    }
  record->id = tw_statement_last_id (insert);
  return store_lists (ctx, master, record, NULL, error) && raise_edition (ctx, master, error)
         && tw_change_record (ctx, "create", NULL, record, NULL, error);
}

gboolean
tw_master_update (TwContext *ctx, const TwMaster *master, TwRecord *stored, TwRecord *changed, TwRecord *patch,
                  GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (ctx->db, master->update);

  changed->version = stored->version;
  changed->updated_at = ctx->now;
  if (!tw_row_save (update, changed, error))
    {
      turn_duplicate_into_fault (master, changed, error);
      return FALSE;
    }
  return store_lists (ctx, master, changed, patch, error) && raise_edition (ctx, master, error)
         && tw_list_outdate (ctx->db, error)
         && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

/* ---- Finding ---- */

/* Steps to the row of @key in @find; a fault when there is none or it is not active. */
static gboolean
find_active (TwStatement *find, const char *key, const TwMasterWords *words, const char *pointer, GError **error)
{
  gboolean found = FALSE;

  tw_bind_text (find, "key", key != NULL ? key : "");
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (!found)
    return tw_master_refuse_unknown (words, key, pointer, error);
  if (!g_str_equal (tw_column_text (find, "status"), "active"))
    return tw_master_refuse_inactive (words, key, pointer, error);
  return TRUE;
}

/* The record of the row that was found: a copy of what is known of it, or read. */
static TwRecord *
take_stamped (TwContext *ctx, const TwMaster *master, TwStatement *found, GError **error)
{
  gint64 id = tw_column_int (found, "id"), version = tw_column_int (found, "version");
  g_autofree char *stamp = g_strdup (tw_column_text (found, "stamp"));
  g_autofree char *name = NULL;
  TwRecord *record;

  tw_edition_set (ctx, tw_column_int (found, "edition"));
  tw_known_see (ctx, tw_column_int (found, "shown"));
  name = g_strdup_printf ("%s %" G_GINT64_FORMAT, master->table, id);
  record = tw_known_copy (name, stamp);
  if (record != NULL)
    return record;
  record = tw_master_load (ctx, master, id, FALSE, error);
  if (record != NULL && record->version == version) /* nobody wrote between the two */
    tw_known_put (name, stamp, record);
  return record;
}

TwRecord *
tw_master_find_stamped (TwContext *ctx, const TwMaster *master, const char *sql, const char *key,
                        const TwMasterWords *words, const char *pointer, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (ctx->db, sql);

  return find_active (find, key, words, pointer, error) ? take_stamped (ctx, master, find, error) : NULL;
}

TwRecord *
tw_master_get_stamped (TwContext *ctx, const TwMaster *master, const char *sql, gint64 id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (ctx->db, sql);
  gboolean found;

  tw_bind_int (find, "key", id);
  if (!tw_statement_step (find, &found, error))
    return NULL;
  if (found)
    return take_stamped (ctx, master, find, error);
  tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
  return NULL;
}

gboolean
tw_master_find_id (TwContext *ctx, const char *sql, const char *key, const TwMasterWords *words, const char *pointer,
                   gint64 *id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (ctx->db, sql);

  *id = 0;
  if (!find_active (find, key, words, pointer, error))
    return FALSE;
  *id = tw_column_int (find, "id");
  return TRUE;
}

TwRecord *
tw_master_find (TwContext *ctx, const TwMaster *master, const char *sql, const char *key,
                const TwMasterWords *words, const char *pointer, GError **error)
{
  g_autofree char *name = g_strconcat (master->table, " ", key, NULL);
  g_autoptr (TwRecord) record = NULL;
  gint64 edition, id;

  g_assert (!master->stamped);
  if (!tw_edition_get (ctx, &edition, error))
    return NULL;
  record = tw_shelf_take (edition, name);
  if (record != NULL)
    return g_steal_pointer (&record);
  if (!tw_master_find_id (ctx, sql, key, words, pointer, &id, error))
    return NULL;
  record = tw_master_load (ctx, master, id, FALSE, error);
  if (record != NULL)
    tw_shelf_put (edition, name, record);
  return g_steal_pointer (&record);
}

TwRecord *
tw_master_get (TwContext *ctx, const TwMaster *master, gint64 id, GError **error)
{
  /* No key makes such a name. */
  g_autofree char *name = g_strdup_printf ("#%" G_GINT64_FORMAT " of %s", id, master->table);
  TwRecord *record;
  gint64 edition;

  g_assert (!master->stamped);
  if (!tw_edition_get (ctx, &edition, error))
    return NULL;
  record = tw_shelf_take (edition, name);
  if (record != NULL)
    return record;
  record = tw_master_load (ctx, master, id, FALSE, error);
  if (record != NULL)
    tw_shelf_put (edition, name, record);
  return record;
}
