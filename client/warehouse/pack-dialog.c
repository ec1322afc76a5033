/* pack-dialog.c: into which parcels the goods went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One parcel with everything stands there, so that Enter is enough. With several, what is put into the others is taken
 * out of the last.
 */
#include "client/warehouse/pack-dialog.h"

#include <string.h>

#include "client/warehouse/parcel-row.h"
#include "shared/base/text.h"
#include "shared/document/shipment.h"

struct _TwPackDialog
{
  TwActionDialog parent_instance;

  GtkBox *parcels;

  GPtrArray *rows; /* TwParcelRow, in the order shown */
  TwShipment *shipment;
};

G_DEFINE_FINAL_TYPE (TwPackDialog, tw_pack_dialog, TW_TYPE_ACTION_DIALOG)

static TwParcel *
get_parcel (TwPackDialog *self, guint n)
{
  return tw_parcel_row_get_parcel (g_ptr_array_index (self->rows, n));
}

static void
update_places (TwPackDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    tw_parcel_row_set_place (g_ptr_array_index (self->rows, i), i + 1, self->rows->len > 1);
}

static void
set_quantity (TwParcelLine *line, TwDecimal quantity)
{
  line->quantity = quantity;
  tw_record_changed (TW_RECORD (line), "quantity");
}

/* The last parcel takes what is in no other, unless they hold too much already. */
static void
fill_last (TwPackDialog *self)
{
  TwParcel *last = get_parcel (self, self->rows->len - 1);

  for (guint i = 0; i < tw_record_count (last->lines); i++)
    {
      TwParcelLine *rest = tw_record_nth (last->lines, i);
      TwShipmentLine *line = g_object_get_data (G_OBJECT (rest), "shipment-line");
      TwDecimal left = line->picked;

      for (guint n = 0; n + 1 < self->rows->len; n++)
        left = tw_decimal_sub (left, ((TwParcelLine *) tw_record_nth (get_parcel (self, n)->lines, i))->quantity);
      set_quantity (rest, tw_decimal_max (left, TW_DECIMAL_ZERO));
    }
}

static void
contents_edited_cb (TwPackDialog *self, TwParcelRow *row)
{
  if (self->rows->len > 1 && row != g_ptr_array_index (self->rows, self->rows->len - 1))
    fill_last (self);
}

static void
removed_cb (TwPackDialog *self, TwParcelRow *row)
{
  gtk_box_remove (self->parcels, GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
  fill_last (self);
  update_places (self);
}

/* Every picked line, so far with nothing of it. */
static TwParcel *
create_parcel (TwPackDialog *self)
{
  TwParcel *parcel = tw_parcel_new ();

  for (guint i = 0; i < tw_record_count (self->shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (self->shipment->lines, i);
      g_autoptr (TwParcelLine) content = NULL;

      if (tw_decimal_sign (line->picked) == 0)
        continue;
      content = tw_parcel_line_new ();
      content->shipment_line_id = TW_RECORD (line)->id;
      content->product = g_strdup (line->product);
      tw_record_mark_present (TW_RECORD (content), tw_record_find (TW_RECORD (content), "quantity"));
      g_object_set_data_full (G_OBJECT (content), "shipment-line", g_object_ref (line), g_object_unref);
      g_list_store_append (parcel->lines, content);
    }
  return parcel;
}

static TwParcelRow *
add_row (TwPackDialog *self)
{
  g_autoptr (TwParcel) parcel = create_parcel (self);
  TwParcelRow *row = tw_parcel_row_new (parcel);

  g_ptr_array_add (self->rows, row);
  gtk_box_append (self->parcels, GTK_WIDGET (row));
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "contents-edited", G_CALLBACK (contents_edited_cb), self, G_CONNECT_SWAPPED);
  update_places (self);
  return row;
}

static void
add_clicked_cb (TwPackDialog *self)
{
  TwParcelRow *row = add_row (self);

  fill_last (self);
  tw_action_dialog_fit (TW_ACTION_DIALOG (self));
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

/* ---- As an action dialog ------------------------------------------------------------------------------------- */

static void
tw_pack_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwPackDialog *self = TW_PACK_DIALOG (dialog);

  self->shipment = (TwShipment *) g_object_ref (document);
  add_row (self);
  fill_last (self);
}

/* What the parcel holds, without the lines of which it has nothing. */
static TwParcel *
copy_parcel (TwParcel *parcel, gboolean with_contents)
{
  TwParcel *copy = (TwParcel *) tw_record_copy (TW_RECORD (parcel));

  g_list_store_remove_all (copy->lines);
  for (guint i = 0; with_contents && i < tw_record_count (parcel->lines); i++)
    {
      TwParcelLine *line = tw_record_nth (parcel->lines, i);
      g_autoptr (TwParcelLine) content = NULL;

      if (tw_decimal_sign (line->quantity) == 0)
        continue;
      content = tw_parcel_line_new ();
      content->shipment_line_id = line->shipment_line_id;
      content->quantity = line->quantity;
      g_object_set_data (G_OBJECT (content), "position", GUINT_TO_POINTER (i));
      g_list_store_append (copy->lines, content);
    }
  return copy;
}

static gboolean
tw_pack_dialog_collect (TwActionDialog *dialog, TwRecord *arguments)
{
  TwPackDialog *self = TW_PACK_DIALOG (dialog);
  TwPackArguments *pack = (TwPackArguments *) arguments;
  gboolean good = TRUE;

  g_list_store_remove_all (pack->parcels);
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (TwParcel) parcel = NULL;

      good = tw_parcel_row_commit (g_ptr_array_index (self->rows, i)) && good;
      parcel = copy_parcel (get_parcel (self, i), self->rows->len > 1);
      g_list_store_append (pack->parcels, parcel);
    }
  return good;
}

/* "/parcels/1/lines/0/quantity" in what was sent is another line of the row. */
static gboolean
show_in_row (TwPackDialog *self, guint index, const char *rest, const char *detail)
{
  TwPackArguments *pack = (TwPackArguments *) tw_action_dialog_get_arguments (TW_ACTION_DIALOG (self));
  TwParcel *sent = index < tw_record_count (pack->parcels) ? tw_record_nth (pack->parcels, index) : NULL;
  g_autofree char *own = NULL;

  if (sent == NULL || index >= self->rows->len)
    return FALSE;
  if (g_str_has_prefix (rest, "/lines/"))
    {
      char *end;
      guint64 n = g_ascii_strtoull (rest + strlen ("/lines/"), &end, 10);

      if (n < tw_record_count (sent->lines))
        own = g_strdup_printf ("/lines/%u%s",
                               GPOINTER_TO_UINT (g_object_get_data (tw_record_nth (sent->lines, (guint) n),
                                                                    "position")),
                               *end != '\0' ? end : "/quantity");
    }
  tw_parcel_row_show_fault (g_ptr_array_index (self->rows, index), own != NULL ? own : rest, detail);
  return TRUE;
}

static gboolean
tw_pack_dialog_show_fault (TwActionDialog *dialog, const TwFault *fault)
{
  TwPackDialog *self = TW_PACK_DIALOG (dialog);
  guint64 index;
  char *rest;

  if (fault == NULL)
    for (guint i = 0; i < self->rows->len; i++)
      tw_parcel_row_show_fault (g_ptr_array_index (self->rows, i), "", NULL);
  if (fault == NULL || !g_str_has_prefix (fault->pointer, "/parcels/"))
    return FALSE;
  index = g_ascii_strtoull (fault->pointer + strlen ("/parcels/"), &rest, 10);
  return index < G_MAXUINT && show_in_row (self, (guint) index, rest, fault->detail);
}

static void
tw_pack_dialog_dispose (GObject *object)
{
  TwPackDialog *self = TW_PACK_DIALOG (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->shipment);
  G_OBJECT_CLASS (tw_pack_dialog_parent_class)->dispose (object);
}

static void
tw_pack_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (TW_PACK_DIALOG (object)->rows);
  G_OBJECT_CLASS (tw_pack_dialog_parent_class)->finalize (object);
}

static void
tw_pack_dialog_class_init (TwPackDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwActionDialogClass *dialog_class = TW_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_pack_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_pack_dialog_finalize;
  dialog_class->begin = tw_pack_dialog_begin;
  dialog_class->collect = tw_pack_dialog_collect;
  dialog_class->show_fault = tw_pack_dialog_show_fault;
  tw_action_dialog_class_set_template (widget_class, "warehouse/pack-dialog.ui", tw_pack_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwPackDialog, parcels);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
tw_pack_dialog_init (TwPackDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
