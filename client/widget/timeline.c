/* timeline.c: what happened to a document: who, when, what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/timeline.h"

#include <json-glib/json-glib.h>

#include "client/application.h"
#include "client/net/session.h"
#include "client/widget/change-text.h"
#include "client/widget/format.h"
#include "shared/base/codec.h"
#include "shared/base/text.h"
#include "shared/document/change.h"

struct _TwTimeline
{
  AdwBin parent_instance;

  GtkStack *stack; /* "loading", "failed", "entries" */
  GtkLabel *failure;
  GtkListBox *rows;

  GListStore *changes;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TwTimeline, tw_timeline, ADW_TYPE_BIN)

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwChange *change = item;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/widget/timeline-row.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  GtkLabel *reason = GTK_LABEL (gtk_builder_get_object (builder, "reason"));
  g_autofree char *wire = tw_time_format (change->at);
  g_autofree char *time = tw_format_time (NULL, wire);
  const char *who = change->user_name != NULL ? change->user_name : change->user;
  g_autofree char *by = NULL;

  if (change->on_behalf_of != NULL && *change->on_behalf_of != '\0')
    /* Translators: who did something, and for whom */
    by = g_strdup_printf (_("%s for %s"), who != NULL ? who : "", change->on_behalf_of);
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "action")),
                       tw_change_text_action (change->document, change->action));
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "who")), by != NULL ? by : who != NULL ? who : "");
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "time")), time);
  gtk_label_set_label (reason, change->reason != NULL ? change->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (reason), change->reason != NULL && *change->reason != '\0');
  return g_object_ref_sink (row);
}

static void
show_failure (TwTimeline *self, const char *text)
{
  gtk_label_set_label (self->failure, text);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
take_items (TwTimeline *self, JsonArray *items)
{
  g_list_store_remove_all (self->changes);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      g_autoptr (TwChange) change = tw_change_new ();
      g_autoptr (GError) error = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node)
          || !tw_codec_read (TW_RECORD (change), json_node_get_object (node), TW_CODEC_ANSWER, &error))
        {
          show_failure (self, error != NULL ? error->message : _("The server's answer could not be understood."));
          return;
        }
      g_list_store_append (self->changes, change);
    }
  gtk_stack_set_visible_child_name (self->stack, "entries");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (items != NULL && JSON_NODE_HOLDS_ARRAY (items))
    take_items (self, json_node_get_array (items));
  else
    show_failure (self, error != NULL ? error->message : _("The server's answer could not be understood."));
}

static void
tw_timeline_dispose (GObject *object)
{
  TwTimeline *self = TW_TIMELINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->rows != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (tw_timeline_parent_class)->dispose (object);
}

static void
tw_timeline_class_init (TwTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_timeline_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, TwTimeline, stack);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_start);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_stop);
  gtk_widget_class_bind_template_child (widget_class, TwTimeline, failure);
  gtk_widget_class_bind_template_child (widget_class, TwTimeline, rows);
}

static void
tw_timeline_init (TwTimeline *self)
{
  self->changes = g_list_store_new (tw_change_get_type ());
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->changes), create_row_cb, NULL, NULL);
}

void
tw_timeline_show (TwTimeline *self, const char *route, gint64 id)
{
  g_autofree char *path = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/history", route, id);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (g_list_model_get_n_items (G_LIST_MODEL (self->changes)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path, self->cancellable, read_cb,
                    g_object_ref (self));
}
