/* record-list.c: pages of a server's list, read when they are looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/model/record-list.h"

#include <string.h>

#include "shared/base/codec.h"
#include "shared/base/error.h"

/* Rows a request brings, and pages kept. GTK realises about 205 rows at once, so 40 pages hold any scrolling back. */
#define PAGE_ROWS 100
#define MAX_PAGES 40
/* Typing and a burst of events ask once. */
#define QUIET_MS 150

typedef struct
{
  guint number;
  GPtrArray *records; /* element-type TwRecord, PAGE_ROWS or fewer on the last page */
  char *next;         /* cursor of the following page, nullable */
  gboolean loaded;
  gboolean loading;
  gboolean stale;     /* to be read again */
  GList link;         /* in `recent`, most recently used first */
} Page;

struct _TwRecordList
{
  GObject parent_instance;

  TwSession *session;
  GType type;
  char *kind; /* event kind of the records */
  char *route;
  char *fields; /* nullable */
  char *sort;
  char *search;
  GHashTable *filters; /* name → value */

  GHashTable *pages; /* number → Page */
  GQueue recent;
  guint total;
  TwListStatus status;
  GError *error;
  guint n_loading;
  guint quiet_source;
  gboolean restart;        /* the question changed: the next turn starts over */
  GCancellable *cancellable; /* of the present question */
};

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_STATUS,
  PROP_BUSY,
  N_PROPERTIES
};

enum
{
  REFRESHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void load_page (TwRecordList *self, Page *page);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwRecordList, tw_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What a page request needs when it comes back: a result for an older question was cancelled and is dropped. */
typedef struct
{
  TwRecordList *list;
  guint number;
} PageCall;

static void
page_call_free (PageCall *call)
{
  g_object_unref (call->list);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageCall, page_call_free)

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->records);
  g_free (page->next);
  g_free (page);
}

static void
set_status (TwRecordList *self, TwListStatus status)
{
  if (status != TW_LIST_FAILED)
    g_clear_error (&self->error);
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
count_loading (TwRecordList *self, int change)
{
  gboolean was_busy = self->n_loading > 0;

  self->n_loading = (guint) ((int) self->n_loading + change);
  if (was_busy != (self->n_loading > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static guint
rows_of_page (TwRecordList *self, guint number)
{
  guint first = number * PAGE_ROWS;

  return first >= self->total ? 0 : MIN (PAGE_ROWS, self->total - first);
}

/* Placeholders for rows that the page has by now, none for those it has no more. A page that grew has to be read
 * again. */
static void
fit_page (TwRecordList *self, Page *page)
{
  guint rows = rows_of_page (self, page->number);

  if (page->records->len < rows && page->loaded)
    page->stale = TRUE;

  while (page->records->len < rows)
    g_ptr_array_add (page->records, g_object_new (self->type, NULL));
  if (page->records->len > rows)
    g_ptr_array_set_size (page->records, (int) rows);
}

static void
drop_oldest_pages (TwRecordList *self)
{
  GList *link = self->recent.tail;

  while (link != NULL && self->recent.length > MAX_PAGES)
    {
      GList *previous = link->prev;
      Page *page = link->data;

      if (!page->loading)
        {
          g_queue_unlink (&self->recent, link);
          g_hash_table_remove (self->pages, GUINT_TO_POINTER (page->number));
        }
      link = previous;
    }
}

static Page *
ensure_page (TwRecordList *self, guint number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page == NULL)
    {
      page = g_new0 (Page, 1);
      page->number = number;
      page->records = g_ptr_array_new_with_free_func (g_object_unref);
      page->link.data = page;
      g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
      g_queue_push_head_link (&self->recent, &page->link);
      drop_oldest_pages (self);
    }
  else if (self->recent.head != &page->link)
    {
      g_queue_unlink (&self->recent, &page->link);
      g_queue_push_head_link (&self->recent, &page->link);
    }
  return page;
}

static void
append_question (TwRecordList *self, GString *path)
{
  GHashTableIter iter;
  gpointer name, value;

  tw_api_append_query (path, "q", self->search);
  tw_api_append_query (path, "sort", self->sort);
  g_hash_table_iter_init (&iter, self->filters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    tw_api_append_query (path, name, value);
}

/* Keyset paging where the page before is at hand, a jump by offset otherwise. */
static char *
page_path (TwRecordList *self, guint number)
{
  g_autoptr (GString) path = g_string_new (self->route);
  Page *before = number > 0 ? g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number - 1)) : NULL;

  append_question (self, path);
  tw_api_append_query (path, "fields", self->fields);
  tw_api_append_query (path, "limit", G_STRINGIFY (PAGE_ROWS));
  if (before != NULL && before->loaded && !before->stale && before->next != NULL)
    {
      tw_api_append_query (path, "after", before->next);
    }
  else if (number > 0)
    {
      g_autofree char *offset = g_strdup_printf ("%u", number * PAGE_ROWS);

      tw_api_append_query (path, "offset", offset);
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* Tells the view of a new total: rows come and go at the end, and what is in between is filled in place. */
static void
set_total (TwRecordList *self, guint total)
{
  guint old = self->total;
  GHashTableIter iter;
  gpointer page;

  if (total == old)
    return;
  self->total = total;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    fit_page (self, page);
  if (total > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, total - old);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), total, old - total, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static gboolean
fill_page (TwRecordList *self, Page *page, JsonArray *items, GError **error)
{
  guint n = json_array_get_length (items);

  for (guint i = 0; i < n && i < page->records->len; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      g_autoptr (TwRecord) fresh = g_object_new (self->type, NULL);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return tw_error_set (error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
      if (!tw_codec_read (fresh, json_node_get_object (node), TW_CODEC_ANSWER, error))
        return FALSE;
      tw_record_assign (g_ptr_array_index (page->records, i), fresh);
    }
  return TRUE;
}

static gboolean
take_answer (TwRecordList *self, guint number, TwApiReply *reply, GError **error)
{
  JsonObject *object = tw_api_reply_get_object (reply);
  Page *page;
  gint64 total;

  if (object == NULL || !json_object_has_member (object, "items")
      || !JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "items")))
    return tw_error_set (error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
  total = json_object_get_int_member_with_default (object, "total", self->total);
  page = ensure_page (self, number);
  /* Fill before telling the view, so that new rows are born with their text. */
  if (total != self->total)
    {
      guint told = self->total;

      self->total = (guint) CLAMP (total, 0, G_MAXINT);
      fit_page (self, page);
      self->total = told;
    }
  page->loading = FALSE;
  page->loaded = TRUE;
  page->stale = FALSE;
  g_free (page->next);
  page->next = g_strdup (json_object_get_string_member_with_default (object, "next", NULL));
  if (!fill_page (self, page, json_object_get_array_member (object, "items"), error))
    return FALSE;
  set_total (self, (guint) CLAMP (total, 0, G_MAXINT));
  return TRUE;
}

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageCall) call = user_data;
  TwRecordList *self = call->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  Page *page;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the question changed */
  count_loading (self, -1);
  if (reply != NULL && take_answer (self, call->number, reply, &error))
    {
      if (self->status != TW_LIST_READY)
        set_status (self, TW_LIST_READY);
      if (self->n_loading == 0)
        g_signal_emit (self, signals[REFRESHED], 0);
      return;
    }
  page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (call->number));
  if (page != NULL)
    page->loading = FALSE; /* looked at again, it is asked for again */
  g_debug ("page %u of %s: %s", call->number, self->route, error->message);
  if (self->status == TW_LIST_LOADING)
    {
      self->error = g_steal_pointer (&error);
      set_status (self, TW_LIST_FAILED);
    }
}

static void
load_page (TwRecordList *self, Page *page)
{
  g_autofree char *path = NULL;
  PageCall *call;

  if (page->loading || !tw_session_is_signed_in (self->session))
    return;
  path = page_path (self, page->number);
  page->loading = TRUE;
  count_loading (self, 1);
  call = g_new0 (PageCall, 1);
  call->list = g_object_ref (self);
  call->number = page->number;
  tw_api_get_async (tw_session_get_api (self->session), path, self->cancellable, page_read_cb, call);
}

static void
start_over (TwRecordList *self)
{
  self->restart = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->n_loading > 0)
    count_loading (self, -(int) self->n_loading);
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->pages);
  if (self->total > 0)
    {
      guint old = self->total;

      self->total = 0;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
    }
  set_status (self, TW_LIST_LOADING);
  load_page (self, ensure_page (self, 0));
}

/* Reads the two pages last looked at now, the others when they are next looked at. */
static void
read_again (TwRecordList *self)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Page *) value)->stale = TRUE;
  if (self->recent.length == 0)
    ensure_page (self, 0);
  for (GList *link = self->recent.head; link != NULL && n < 2; link = link->next, n++)
    load_page (self, link->data);
}

static gboolean
quiet_cb (gpointer user_data)
{
  TwRecordList *self = user_data;

  self->quiet_source = 0;
  if (self->restart)
    start_over (self);
  else
    read_again (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (TwRecordList *self, guint after_ms, gboolean restart)
{
  self->restart = self->restart || restart;
  g_clear_handle_id (&self->quiet_source, g_source_remove);
  self->quiet_source = g_timeout_add (after_ms, quiet_cb, self);
}

static void
changed_cb (TwEvents *events, const char *kind, gint64 id, gint64 version, gpointer user_data)
{
  TwRecordList *self = user_data;

  if (g_strcmp0 (kind, self->kind) != 0)
    return;
  /* Under a stream of events the list is read at a steady pace instead of never. */
  if (self->quiet_source == 0)
    schedule (self, QUIET_MS, FALSE);
}

static void
missed_cb (TwEvents *events, gpointer user_data)
{
  tw_record_list_refresh (user_data);
}

/* ---- GListModel ---------------------------------------------------------------------------------------------- */

static GType
tw_record_list_get_item_type (GListModel *model)
{
  return TW_RECORD_LIST (model)->type;
}

static guint
tw_record_list_get_n_items (GListModel *model)
{
  return TW_RECORD_LIST (model)->total;
}

static gpointer
tw_record_list_get_item (GListModel *model, guint position)
{
  TwRecordList *self = TW_RECORD_LIST (model);
  Page *page;

  if (position >= self->total)
    return NULL;
  page = ensure_page (self, position / PAGE_ROWS);
  fit_page (self, page);
  if (!page->loaded || page->stale)
    load_page (self, page);
  return g_object_ref (g_ptr_array_index (page->records, position % PAGE_ROWS));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = tw_record_list_get_item_type;
  iface->get_n_items = tw_record_list_get_n_items;
  iface->get_item = tw_record_list_get_item;
}

static void
tw_record_list_dispose (GObject *object)
{
  TwRecordList *self = TW_RECORD_LIST (object);

  g_clear_handle_id (&self->quiet_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tw_record_list_parent_class)->dispose (object);
}

static void
tw_record_list_finalize (GObject *object)
{
  TwRecordList *self = TW_RECORD_LIST (object);

  g_queue_init (&self->recent);
  g_hash_table_unref (self->pages);
  g_hash_table_unref (self->filters);
  g_clear_error (&self->error);
  g_free (self->kind);
  g_free (self->route);
  g_free (self->fields);
  g_free (self->sort);
  g_free (self->search);
  G_OBJECT_CLASS (tw_record_list_parent_class)->finalize (object);
}

static void
tw_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwRecordList *self = TW_RECORD_LIST (object);

  switch (id)
    {
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_STATUS:
      g_value_set_int (value, (int) self->status);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->n_loading > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_record_list_class_init (TwRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = tw_record_list_dispose;
  object_class->finalize = tw_record_list_finalize;
  object_class->get_property = tw_record_list_get_property;
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, 0, TW_LIST_FAILED, 0, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[REFRESHED]
    = g_signal_new ("refreshed", TW_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_record_list_init (TwRecordList *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  self->filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->recent);
}

TwRecordList *
tw_record_list_new (TwSession *session, GType type, const char *route)
{
  TwRecordList *self = g_object_new (TW_TYPE_RECORD_LIST, NULL);

  g_return_val_if_fail (g_type_is_a (type, TW_TYPE_RECORD), NULL);
  self->session = g_object_ref (session);
  self->type = type;
  self->kind = g_strdup (tw_record_type_get_info (type)->document);
  self->route = g_strdup (route);
  g_signal_connect_object (tw_session_get_events (session), "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (tw_session_get_events (session), "missed", G_CALLBACK (missed_cb), self, 0);
  schedule (self, 0, TRUE);
  return self;
}

const char *
tw_record_list_get_route (TwRecordList *self)
{
  return self->route;
}

GType
tw_record_list_get_record_type (TwRecordList *self)
{
  return self->type;
}

TwListStatus
tw_record_list_get_status (TwRecordList *self)
{
  return self->status;
}

const GError *
tw_record_list_get_error (TwRecordList *self)
{
  return self->error;
}

guint
tw_record_list_get_total (TwRecordList *self)
{
  return self->total;
}

void
tw_record_list_set_fields (TwRecordList *self, const char *fields)
{
  g_free (self->fields);
  self->fields = g_strdup (fields);
}

void
tw_record_list_set_sort (TwRecordList *self, const char *sort)
{
  if (g_strcmp0 (self->sort, sort) == 0)
    return;
  g_free (self->sort);
  self->sort = g_strdup (sort);
  schedule (self, 0, TRUE);
}

void
tw_record_list_set_search (TwRecordList *self, const char *text)
{
  g_autofree char *clean = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (g_strcmp0 (self->search != NULL ? self->search : "", clean) == 0)
    return;
  g_free (self->search);
  self->search = g_steal_pointer (&clean);
  schedule (self, QUIET_MS, TRUE);
}

void
tw_record_list_set_filter (TwRecordList *self, const char *name, const char *value)
{
  const char *old = g_hash_table_lookup (self->filters, name);

  if (g_strcmp0 (old != NULL ? old : "", value != NULL ? value : "") == 0)
    return;
  if (value == NULL || *value == '\0')
    g_hash_table_remove (self->filters, name);
  else
    g_hash_table_insert (self->filters, g_strdup (name), g_strdup (value));
  schedule (self, 0, TRUE);
}

const char *
tw_record_list_get_filter (TwRecordList *self, const char *name)
{
  return g_hash_table_lookup (self->filters, name);
}

const char *
tw_record_list_get_search (TwRecordList *self)
{
  return self->search;
}

char *
tw_record_list_get_path (TwRecordList *self, const char *suffix)
{
  const char *query = strchr (self->route, '?');
  gsize length = query != NULL ? (gsize) (query - self->route) : strlen (self->route);
  g_autoptr (GString) path = g_string_new_len (self->route, (gssize) length);

  g_string_append (path, suffix);
  if (query != NULL)
    g_string_append (path, query);
  append_question (self, path);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

void
tw_record_list_refresh (TwRecordList *self)
{
  if (self->status == TW_LIST_FAILED)
    schedule (self, 0, TRUE);
  else if (self->quiet_source == 0)
    schedule (self, 0, FALSE);
}

void
tw_record_list_retry (TwRecordList *self)
{
  schedule (self, 0, TRUE);
}

guint
tw_record_list_find (TwRecordList *self, gint64 id)
{
  for (GList *link = self->recent.head; id != 0 && link != NULL; link = link->next)
    {
      Page *page = link->data;

      for (guint i = 0; i < page->records->len; i++)
        if (((TwRecord *) g_ptr_array_index (page->records, i))->id == id)
          return page->number * PAGE_ROWS + i;
    }
  return G_MAXUINT;
}
