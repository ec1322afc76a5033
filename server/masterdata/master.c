/* master.c: see master.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/master.h"

#include "server/core/change.h"

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

static gboolean
lock_row (TwContext *ctx, const TwMaster *master, gint64 id, GError **error)
{
  g_autoptr (TwStatement) lock = tw_db_prepare (ctx->db, master->lock);
  gboolean found;

  tw_bind_int (lock, "id", id);
  return tw_statement_step (lock, &found, error);
}

TwRecord *
tw_master_load (TwContext *ctx, const TwMaster *master, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwRecord) record = g_object_new (master->type (), NULL);
  g_autoptr (TwStatement) select = NULL;
  gboolean found = FALSE;

  if (lock && !lock_row (ctx, master, id, error))
    return NULL;
  select = tw_db_prepare (ctx->db, master->select);
  tw_bind_int (select, "id", id);
  if (!tw_statement_read_one (select, record, &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such %s."), _ (tw_record_get_info (record)->label));
      return NULL;
    }
  if (!load_lists (ctx, master, record, error))
    return NULL;
  return g_steal_pointer (&record);
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
  return store_lists (ctx, master, record, NULL, error)
         && tw_change_record (ctx, "create", NULL, record, NULL, error);
}

gboolean
tw_master_update (TwContext *ctx, const TwMaster *master, TwRecord *stored, TwRecord *changed, TwRecord *patch,
                  GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (ctx->db, master->update);
  guint64 affected = 0;

  changed->version = stored->version;
  changed->updated_at = ctx->now;
  tw_bind_record (update, changed);
  if (!tw_statement_run (update, &affected, error))
    {
      turn_duplicate_into_fault (master, changed, error);
      return FALSE;
    }
  if (affected == 0)
    return tw_error_set (error, TW_ERROR_STALE, _ ("Somebody else has saved this meanwhile."));
  changed->version++;
  return store_lists (ctx, master, changed, patch, error)
         && tw_change_record (ctx, "change", stored, changed, NULL, error);
}

gboolean
tw_master_find_id (TwContext *ctx, const char *sql, const char *key, const char *label, const char *pointer, gint64 *id,
                   GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (ctx->db, sql);
  gboolean found = FALSE;

  *id = 0;
  tw_bind_text (find, "key", key != NULL ? key : "");
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (!found)
    /* Translators: first what it is, e.g. Customer, then the code that was typed. */
    return tw_error_fault (error, pointer, "unknown_value", _ ("%s “%s” does not exist."), label,
                           key != NULL ? key : "");
  if (!g_str_equal (tw_column_text (find, "status"), "active"))
    /* Translators: first what it is, e.g. Customer, then its code. */
    return tw_error_fault (error, pointer, "inactive", _ ("%s “%s” is not active."), label, key);
  *id = tw_column_int (find, "id");
  return TRUE;
}
