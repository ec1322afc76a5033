/* warehouse-filter.c: which warehouse a list is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/warehouse-filter.h"

#include "client/application.h"
#include "client/net/session.h"
#include "shared/base/codec.h"
#include "shared/base/text.h"

struct _TwWarehouseFilter
{
  AdwBin parent_instance;

  GtkDropDown *drop_down;
  GtkStringList *codes; /* the first stands for all */

  TwRecordList *list;
  char *wanted;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TwWarehouseFilter, tw_warehouse_filter, ADW_TYPE_BIN)

static void
selected_cb (TwWarehouseFilter *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (self->list == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  tw_record_list_set_filter (self->list, "warehouse",
                             selected == 0 ? NULL : gtk_string_list_get_string (self->codes, selected));
}

static void
choose_wanted (TwWarehouseFilter *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->codes));

  for (guint i = 1; self->wanted != NULL && i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->codes, i), self->wanted))
      {
        gtk_drop_down_set_selected (self->drop_down, i);
        return;
      }
  gtk_drop_down_set_selected (self->drop_down, 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwWarehouseFilter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;
  JsonArray *items = object != NULL && json_object_has_member (object, "items")
                       ? json_object_get_array_member (object, "items")
                       : NULL;

  /* Without the list of warehouses everything is shown; the banner of the window tells of a lost server. */
  if (items == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (items); i++)
    gtk_string_list_append (self->codes,
                            json_object_get_string_member_with_default (json_array_get_object_element (items, i),
                                                                        "code", ""));
  gtk_widget_set_visible (GTK_WIDGET (self), json_array_get_length (items) > 1);
  choose_wanted (self);
}

static void
tw_warehouse_filter_dispose (GObject *object)
{
  TwWarehouseFilter *self = TW_WAREHOUSE_FILTER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (tw_warehouse_filter_parent_class)->dispose (object);
}

static void
tw_warehouse_filter_finalize (GObject *object)
{
  TwWarehouseFilter *self = TW_WAREHOUSE_FILTER (object);

  g_clear_object (&self->cancellable);
  g_free (self->wanted);
  G_OBJECT_CLASS (tw_warehouse_filter_parent_class)->finalize (object);
}

static void
tw_warehouse_filter_class_init (TwWarehouseFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_warehouse_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_warehouse_filter_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/warehouse/warehouse-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, TwWarehouseFilter, drop_down);
  gtk_widget_class_bind_template_child (widget_class, TwWarehouseFilter, codes);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
tw_warehouse_filter_init (TwWarehouseFilter *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), "/warehouses?status=active&sort=code&limit=100",
                    self->cancellable, read_cb, g_object_ref (self));
}

void
tw_warehouse_filter_attach (TwWarehouseFilter *self, TwRecordList *list)
{
  g_set_object (&self->list, list);
  selected_cb (self);
}

void
tw_warehouse_filter_choose (TwWarehouseFilter *self, const char *code)
{
  g_free (self->wanted);
  self->wanted = g_strdup (code);
  choose_wanted (self);
}
