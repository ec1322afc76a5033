/* detail-page-store.c: a detail page and the server: loading, saving, merging, following
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/model/draft-store.h"
#include "client/net/body.h"
#include "client/widget/cell.h"
#include "client/widget/detail-page-private.h"
#include "client/widget/form-row.h"
#include "client/widget/format.h"
#include "client/widget/form.h"
#include "client/widget/line-editor.h"
#include "client/widget/list-column.h"
#include "client/widget/status-pill.h"
#include "shared/base/codec.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

#define PRIV(self) (tw_detail_page_private (self))

/* The store takes half a second more to write it. */
#define DRAFT_DELAY_MS 250

/* What a call needs when it comes back. It was cancelled when another record is shown by then, and is dropped. */
typedef struct
{
  TwDetailPage *page;
  gboolean merge; /* what was typed stays on top of what came */
} PageCall;

static PageCall *
page_call_new (TwDetailPage *page, gboolean merge)
{
  PageCall *call = g_new0 (PageCall, 1);

  call->page = g_object_ref (page);
  call->merge = merge;
  return call;
}

static void
page_call_free (PageCall *call)
{
  g_object_unref (call->page);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageCall, page_call_free)

void
tw_detail_page_free_body (GString *body)
{
  g_string_free (body, TRUE);
}

void
tw_detail_page_ensure_types (void)
{
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  g_type_ensure (TW_TYPE_LIST_COLUMN);
  g_type_ensure (TW_TYPE_STATUS_PILL);
}

static TwApi *
get_api (void)
{
  return tw_session_get_api (tw_session_get_default ());
}

static char *
record_path (TwDetailPagePrivate *priv, gint64 id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, priv->route, id);
}

static const char *
document_kind (TwDetailPagePrivate *priv)
{
  return tw_record_type_get_info (priv->record_type)->document;
}

/* ---- Drafts -------------------------------------------------------------------------------------------------- */

static char *
draft_key (TwDetailPagePrivate *priv)
{
  return tw_draft_store_make_key (tw_api_get_server (get_api ()), tw_session_get_user (tw_session_get_default ()),
                                  document_kind (priv), priv->record->id);
}

static GStrv
list_edited (TwDetailPagePrivate *priv)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, priv->edited);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_strv_builder_add (names, name);
  return g_strv_builder_end (names);
}

void
tw_detail_page_write_draft (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_auto (GStrv) names = NULL;
  g_autoptr (GString) body = NULL;

  if (priv->draft_source == 0)
    return;
  g_clear_handle_id (&priv->draft_source, g_source_remove);
  names = list_edited (priv);
  body = priv->record->id != 0 ? tw_body_patch (priv->record, (const char *const *) names)
                               : tw_body_create (priv->record, NULL);
  tw_draft_store_keep (tw_draft_store_get_default (), priv->draft_key, body->str);
}

static gboolean
draft_cb (gpointer user_data)
{
  tw_detail_page_write_draft (user_data);
  return G_SOURCE_REMOVE;
}

/* A thousand lines take longer to write down than a key may: while somebody types on, they wait. Whose draft it is is
 * settled now, for the session may be over by then. */
void
tw_detail_page_keep_draft (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  g_free (priv->draft_key);
  priv->draft_key = draft_key (priv);
  if (priv->draft_source == 0)
    priv->draft_source = g_timeout_add_full (G_PRIORITY_LOW, DRAFT_DELAY_MS, draft_cb, self, NULL);
}

void
tw_detail_page_forget_draft (TwDetailPage *self)
{
  g_autofree char *key = draft_key (PRIV (self));

  g_clear_handle_id (&PRIV (self)->draft_source, g_source_remove);
  tw_draft_store_forget (tw_draft_store_get_default (), key);
}

/* Brings back what was typed into this document earlier and never saved. */
static void
recall_draft (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autofree char *key = draft_key (priv);
  g_autoptr (JsonObject) draft = tw_draft_store_recall (tw_draft_store_get_default (), key);
  g_autoptr (TwRecord) patch = NULL;
  const TwRecordInfo *info = tw_record_type_get_info (priv->record_type);

  if (draft == NULL)
    return;
  patch = g_object_new (priv->record_type, NULL);
  if (!tw_codec_read (patch, draft, TW_CODEC_ANSWER, NULL))
    return;
  tw_record_apply (priv->record, patch);
  for (guint i = 0; i < info->n_fields; i++)
    if (tw_record_is_present (patch, &info->fields[i]) && (info->fields[i].flags & TW_SERVER) == 0)
      g_hash_table_add (priv->edited, g_strdup (info->fields[i].name));
  if (tw_detail_page_is_dirty (self))
    tw_detail_page_show_notice (self, _("Here is what you typed earlier and did not save."));
}

/* ---- Loading ------------------------------------------------------------------------------------------------- */

/* A new picture of the record from the server becomes the one shown. */
static void
take_record (TwDetailPage *self, TwRecord *fresh)
{
  TwDetailPagePrivate *priv = PRIV (self);

  tw_detail_page_write_draft (self);
  g_set_object (&priv->stored, fresh);
  g_clear_object (&priv->record);
  priv->record = tw_record_copy (fresh);
  priv->wanted_id = fresh->id;
}

/* Puts what was typed on top of what somebody else saved; names the fields that both changed. */
static char *
merge_record (TwDetailPage *self, TwRecord *fresh)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autoptr (TwRecord) typed = g_object_ref (priv->record);
  g_autoptr (TwRecord) before = g_object_ref (priv->stored);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new ();
  g_autoptr (TwRecord) patch = tw_record_copy (typed);
  GHashTableIter iter;
  gpointer name;

  take_record (self, fresh);
  memset (patch->present, 0, sizeof patch->present);
  g_hash_table_iter_init (&iter, priv->edited);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const TwField *field = tw_record_find (typed, name);

      tw_record_mark_present (patch, field);
      if (!tw_record_field_equal (before, fresh, field) && !tw_record_field_equal (typed, fresh, field))
        g_ptr_array_add (conflicts, (gpointer) _(field->label));
    }
  tw_record_apply (priv->record, patch);
  if (conflicts->len == 0)
    return NULL;
  g_ptr_array_add (conflicts, NULL);
  return tw_format_list ((const char *const *) conflicts->pdata);
}

static void
show_load_failure (TwDetailPage *self, const GError *error)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autofree char *text = g_markup_escape_text (error->message, -1); /* a status page reads markup */

  adw_status_page_set_description (priv->failed_page, text);
  gtk_stack_set_visible_child_name (priv->stack, "failed");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageCall) call = user_data;
  TwDetailPage *self = call->page;
  TwDetailPagePrivate *priv = PRIV (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) fresh = tw_api_record_finish (TW_API (source), result, NULL, &error);
  g_autofree char *conflicts = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  priv->busy = FALSE;
  if (fresh == NULL)
    {
      if (priv->record == NULL)
        show_load_failure (self, error);
      else
        tw_detail_page_show_error (self, error);
      tw_detail_page_update (self);
      return;
    }
  if (call->merge && priv->record != NULL && tw_detail_page_is_dirty (self))
    {
      conflicts = merge_record (self, fresh);
      tw_detail_page_keep_draft (self);
    }
  else
    {
      take_record (self, fresh);
      g_hash_table_remove_all (priv->edited);
      recall_draft (self);
    }
  tw_detail_page_show_record (self);
  if (conflicts != NULL)
    {
      g_autofree char *text = g_strdup_printf (
        _("Somebody else changed %s as well. Your text is still here: save to keep it, or discard it."), conflicts);

      tw_detail_page_show_notice (self, text);
    }
}

static void
fetch (TwDetailPage *self, gboolean merge)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autofree char *path = record_path (priv, priv->wanted_id);

  tw_api_get_record_async (get_api (), priv->record_type, path, priv->cancellable, loaded_cb,
                           page_call_new (self, merge));
}

static void
forget_record (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);

  tw_detail_page_write_draft (self);
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  g_clear_object (&priv->record);
  g_clear_object (&priv->stored);
  g_clear_pointer (&priv->key, g_free);
  g_clear_pointer (&priv->pending_action, g_free);
  g_clear_pointer (&priv->pending_arguments, tw_detail_page_free_body);
  g_hash_table_remove_all (priv->edited);
  priv->busy = FALSE;
  gtk_toggle_button_set_active (priv->history_button, FALSE);
  tw_banner_set_revealed (priv->banner, FALSE);
}

static void
begin_new (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  TwDetailPageClass *klass = TW_DETAIL_PAGE_GET_CLASS (self);

  priv->record = g_object_new (priv->record_type, NULL);
  if (klass->begin != NULL)
    klass->begin (self, priv->record);
  recall_draft (self);
  tw_detail_page_show_record (self);
}

void
tw_detail_page_load (TwDetailPage *self, gint64 id)
{
  TwDetailPagePrivate *priv = PRIV (self);

  forget_record (self);
  priv->wanted_id = id;
  if (id == 0)
    {
      begin_new (self);
      return;
    }
  tw_detail_page_show_record (self);
  gtk_stack_set_visible_child_name (priv->stack, "loading");
  fetch (self, FALSE);
}

void
tw_detail_page_reload (TwDetailPage *self)
{
  if (PRIV (self)->wanted_id != 0)
    fetch (self, TRUE);
}

void
tw_detail_page_clear (TwDetailPage *self)
{
  forget_record (self);
  PRIV (self)->wanted_id = 0;
  tw_detail_page_show_record (self);
}

/* ---- Saving -------------------------------------------------------------------------------------------------- */

/* A definite answer ends the attempt that the key stands for; an uncertain one leaves the key for the next. */
static void
settle_key (TwDetailPagePrivate *priv, const GError *error)
{
  if (error == NULL || !g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_clear_pointer (&priv->key, g_free);
}

static const char *
ensure_key (TwDetailPagePrivate *priv)
{
  if (priv->key == NULL)
    priv->key = g_uuid_string_random ();
  return priv->key;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageCall) call = user_data;
  TwDetailPage *self = call->page;
  TwDetailPagePrivate *priv = PRIV (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) fresh = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  settle_key (priv, error);
  tw_detail_page_set_busy (self, FALSE);
  if (fresh == NULL)
    {
      g_clear_pointer (&priv->pending_action, g_free);
      tw_detail_page_show_error (self, error);
      if (g_error_matches (error, TW_ERROR, TW_ERROR_STALE))
        fetch (self, TRUE);
      return;
    }
  tw_detail_page_forget_draft (self);
  g_hash_table_remove_all (priv->edited);
  take_record (self, fresh);
  tw_detail_page_show_record (self);
  tw_detail_page_emit_stored (self);
  if (priv->pending_action != NULL)
    tw_detail_page_act (self);
}

gboolean
tw_detail_page_proceed (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = tw_detail_page_private (self);

  if (priv->record == NULL || priv->busy)
    return FALSE;
  if (!tw_detail_page_is_dirty (self))
    return priv->record->id != 0 && tw_action_bar_proceed (priv->action_bar);
  tw_detail_page_save (self);
  return TRUE;
}

void
tw_detail_page_write (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_auto (GStrv) names = list_edited (priv);
  gboolean is_new = priv->record->id == 0;

  tw_detail_page_set_busy (self, TRUE);
  tw_api_write_async (get_api (), priv->record, priv->route, is_new ? NULL : (const char *const *) names,
                      ensure_key (priv), priv->cancellable, written_cb, page_call_new (self, FALSE));
}

/* ---- Actions ------------------------------------------------------------------------------------------------- */

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageCall) call = user_data;
  TwDetailPage *self = call->page;
  TwDetailPagePrivate *priv = PRIV (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) fresh = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  settle_key (priv, error);
  tw_detail_page_set_busy (self, FALSE);
  if (fresh == NULL)
    {
      tw_detail_page_show_error (self, error);
      if (g_error_matches (error, TW_ERROR, TW_ERROR_STATE) || g_error_matches (error, TW_ERROR, TW_ERROR_STALE))
        fetch (self, TRUE);
      return;
    }
  take_record (self, fresh);
  tw_detail_page_show_record (self);
  tw_detail_page_emit_stored (self);
}

void
tw_detail_page_act (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  g_autofree char *action = g_steal_pointer (&priv->pending_action);
  g_autoptr (GString) arguments = g_steal_pointer (&priv->pending_arguments);

  tw_detail_page_set_busy (self, TRUE);
  tw_api_act_async (get_api (), priv->record_type, priv->route, priv->record->id, action, arguments, ensure_key (priv),
                    priv->cancellable, acted_cb, page_call_new (self, FALSE));
}

/* ---- Following ----------------------------------------------------------------------------------------------- */

static void
changed_cb (TwDetailPage *self, const char *kind, gint64 id, gint64 version)
{
  TwDetailPagePrivate *priv = PRIV (self);

  if (priv->stored == NULL || priv->busy || id != priv->stored->id || version <= priv->stored->version
      || g_strcmp0 (kind, document_kind (priv)) != 0)
    return;
  fetch (self, TRUE);
}

static void
missed_cb (TwDetailPage *self)
{
  tw_detail_page_reload (self);
}

void
tw_detail_page_follow_events (TwDetailPage *self)
{
  TwEvents *events = tw_session_get_events (tw_session_get_default ());

  g_signal_connect_object (events, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (events, "missed", G_CALLBACK (missed_cb), self, G_CONNECT_SWAPPED);
}
