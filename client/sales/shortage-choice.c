/* shortage-choice.c: what shall happen with an order's lines when there is not enough in stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/shortage-choice.h"

#include "client/application.h"
#include "shared/base/text.h"
#include "shared/document/order.h"

/* The first is what happens without a choice. A line that is split is delivered in the same way, and for a substitute
 * the line has to be written anew. */
static const char *const offered[] = { "wait", "other_warehouse", "reduce" };
#define DIFFERENT G_N_ELEMENTS (offered)

struct _TwShortageChoice
{
  AdwBin parent_instance;

  GtkDropDown *choice;
  GtkStringList *labels;
  GtkLabel *chosen;

  GListModel *lines; /* of TwOrderLine, nullable */
  guint present;     /* of offered, or DIFFERENT */
  gboolean editable;
  gboolean is_short;
  gboolean quiet; /* the program writes */
};

static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwShortageChoice, tw_shortage_choice, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

static guint
count_lines (TwShortageChoice *self)
{
  return self->lines != NULL ? g_list_model_get_n_items (self->lines) : 0;
}

static guint
find_offered (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (g_strcmp0 (offered[i], key) == 0)
      return i;
  return 0;
}

static guint
find_present (TwShortageChoice *self)
{
  guint present = 0;

  for (guint i = 0; i < count_lines (self); i++)
    {
      g_autoptr (TwOrderLine) line = g_list_model_get_item (self->lines, i);
      guint one = find_offered (line->shortage);

      if (i > 0 && one != present)
        return DIFFERENT;
      present = one;
    }
  return present;
}

static const char *
get_label (guint position)
{
  return position == DIFFERENT ? _ ("Not the same for all lines")
                               : _ (tw_key_get_label (tw_shortage_keys, offered[position]));
}

/* That lines differ can be seen but not chosen. */
static void
show_labels (TwShortageChoice *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->labels));
  guint wanted = self->present == DIFFERENT ? DIFFERENT + 1 : DIFFERENT;

  for (; n < wanted; n++)
    gtk_string_list_append (self->labels, get_label (n));
  for (; n > wanted; n--)
    gtk_string_list_remove (self->labels, n - 1);
}

static void
update (TwShortageChoice *self)
{
  self->present = find_present (self);
  self->quiet = TRUE;
  show_labels (self);
  gtk_drop_down_set_selected (self->choice, self->present);
  self->quiet = FALSE;
  gtk_label_set_label (self->chosen, get_label (self->present));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), self->editable);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen), !self->editable);
  gtk_widget_set_visible (GTK_WIDGET (self), count_lines (self) > 0 && (self->is_short || self->present != 0));
}

static void
write_line (TwRecord *line, const char *key)
{
  const TwField *field = tw_record_find (line, "shortage");

  ((TwOrderLine *) line)->shortage = tw_key_find (tw_shortage_keys, key);
  tw_record_mark_present (line, field);
  tw_record_changed (line, field->name);
}

static void
chosen_cb (TwShortageChoice *self)
{
  guint at = gtk_drop_down_get_selected (self->choice);

  if (self->quiet || at >= DIFFERENT || at == self->present)
    return;
  for (guint i = 0; i < count_lines (self); i++)
    {
      g_autoptr (TwRecord) line = g_list_model_get_item (self->lines, i);

      write_line (line, offered[at]);
    }
  update (self);
  tw_editor_emit_edited (TW_EDITOR (self), "lines");
}

static void
lines_changed_cb (TwShortageChoice *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TwOrderLine) line = g_list_model_get_item (self->lines, i);

      if (line->shortage == NULL && self->present != 0 && self->present != DIFFERENT)
        write_line (TW_RECORD (line), offered[self->present]);
    }
  update (self);
}

/* ---- As an editor -------------------------------------------------------------------------------------------- */

/* Faults of lines have their place in the lines. */
static const char *
tw_shortage_choice_get_field (TwEditor *editor)
{
  return NULL;
}

static void
drop_lines (TwShortageChoice *self)
{
  if (self->lines != NULL)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_object (&self->lines);
}

static void
tw_shortage_choice_set_record (TwEditor *editor, TwRecord *record)
{
  TwShortageChoice *self = TW_SHORTAGE_CHOICE (editor);

  drop_lines (self);
  if (record != NULL)
    {
      self->lines = G_LIST_MODEL (g_object_ref (((TwOrder *) record)->lines));
      g_signal_connect_object (self->lines, "items-changed", G_CALLBACK (lines_changed_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
tw_shortage_choice_set_editable (TwEditor *editor, gboolean editable)
{
  TW_SHORTAGE_CHOICE (editor)->editable = editable;
  update (TW_SHORTAGE_CHOICE (editor));
}

static void
tw_shortage_choice_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_shortage_choice_get_field;
  iface->set_record = tw_shortage_choice_set_record;
  iface->set_editable = tw_shortage_choice_set_editable;
  iface->show_fault = tw_shortage_choice_show_fault;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_shortage_choice_dispose (GObject *object)
{
  drop_lines (TW_SHORTAGE_CHOICE (object));
  G_OBJECT_CLASS (tw_shortage_choice_parent_class)->dispose (object);
}

static void
tw_shortage_choice_class_init (TwShortageChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_shortage_choice_dispose;
  gtk_widget_class_set_css_name (widget_class, "form-row");
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sales/shortage-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, TwShortageChoice, choice);
  gtk_widget_class_bind_template_child (widget_class, TwShortageChoice, labels);
  gtk_widget_class_bind_template_child (widget_class, TwShortageChoice, chosen);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
tw_shortage_choice_init (TwShortageChoice *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
tw_shortage_choice_set_short (TwShortageChoice *self, gboolean is_short)
{
  self->is_short = is_short;
  update (self);
}
