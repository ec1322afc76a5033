/* detail-page-steps.c: what may be done with the document: in the header, or at the foot of a narrow page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/detail-page-private.h"

#define PRIV(self) (tw_detail_page_private (self))

GListModel *
tw_detail_page_get_actions (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  TwRecord *record = priv->record;
  const TwField *field = record != NULL && record->id != 0 ? tw_record_find (record, "actions") : NULL;
  g_auto (GStrv) own = g_strsplit (priv->own_actions != NULL ? priv->own_actions : "", ",", -1);
  g_autoptr (GListStore) others = NULL;
  GListStore *all;

  if (field == NULL || field->kind != TW_KIND_LIST)
    return NULL;
  all = tw_record_at (record, field, GListStore *);
  others = g_list_store_new (TW_TYPE_RECORD);
  for (guint i = 0; i < tw_record_count (all); i++)
    {
      TwActionState *action = tw_record_nth (all, i);

      if (!g_strv_contains ((const char *const *) own, action->action))
        g_list_store_append (others, action);
    }
  return G_LIST_MODEL (g_steal_pointer (&others));
}

/* Without a step there is no foot. */
static void
update_foot (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  gboolean any = FALSE;

  for (GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (priv->foot)); step != NULL;
       step = gtk_widget_get_next_sibling (step))
    any = any || gtk_widget_get_visible (step);
  gtk_widget_set_visible (GTK_WIDGET (priv->foot), any);
}

void
tw_detail_page_update_steps (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  gboolean own = FALSE;

  for (guint i = 0; i < priv->steps->len; i++)
    own = own || gtk_widget_get_visible (g_ptr_array_index (priv->steps, i));
  tw_action_bar_set_expected_only (priv->action_bar, own);
  update_foot (self);
}

void
tw_detail_page_add_step (TwDetailPage *self, GtkWidget *step)
{
  g_ptr_array_add (PRIV (self)->steps, step);
  gtk_header_bar_pack_end (PRIV (self)->header, step);
  g_signal_connect_object (step, "notify::visible", G_CALLBACK (tw_detail_page_update_steps), self, G_CONNECT_SWAPPED);
}

static void
place_steps (TwDetailPage *self)
{
  TwDetailPagePrivate *priv = PRIV (self);
  GtkWidget *foot = GTK_WIDGET (priv->foot);

  for (guint i = 0; i < priv->steps->len; i++)
    {
      g_autoptr (GtkWidget) step = g_object_ref (g_ptr_array_index (priv->steps, i));
      gboolean at_foot = gtk_widget_get_parent (step) == foot;

      if (at_foot == priv->folded)
        continue;
      if (at_foot)
        {
          gtk_box_remove (priv->foot, step);
          gtk_header_bar_pack_end (priv->header, step);
        }
      else
        {
          gtk_header_bar_remove (priv->header, step);
          gtk_box_append (priv->foot, step);
        }
    }
  tw_action_bar_set_place (priv->action_bar, priv->folded ? priv->foot : NULL);
}

void
tw_detail_page_set_folded (TwDetailPage *self, gboolean folded)
{
  PRIV (self)->folded = folded;
  gtk_widget_set_visible (GTK_WIDGET (PRIV (self)->back_button), folded);
  /* On a narrow screen the title and the document's own buttons need the room; the list has the window's. */
  gtk_header_bar_set_decoration_layout (PRIV (self)->header, folded ? ":" : NULL);
  place_steps (self);
  tw_detail_page_update (self);
  g_object_notify (G_OBJECT (self), "folded");
}
