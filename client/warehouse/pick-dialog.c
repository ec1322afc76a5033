/* pick-dialog.c: what was found on the shelves: everything, or less and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything stands there as found, so that Enter is enough. With a scanner each scan counts one of its product; the
 * first scan of a product sets its line to that one.
 */
#include "client/warehouse/pick-dialog.h"

#include <string.h>

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/format.h"
#include "client/widget/line-editor.h"
#include "client/widget/scan-entry.h"
#include "shared/base/text.h"
#include "shared/document/shipment.h"

struct _TwPickDialog
{
  TwActionDialog parent_instance;

  TwScanEntry *scan;
  TwLineEditor *lines;
  GtkWidget *reason_form;
  TwFormRow *reason_row;

  TwShipment *sheet; /* a copy whose `picked` is written into */
};

G_DEFINE_FINAL_TYPE (TwPickDialog, tw_pick_dialog, TW_TYPE_ACTION_DIALOG)

static gboolean
is_short (TwPickDialog *self)
{
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (self->sheet->lines, i);

      if (tw_decimal_compare (line->picked, line->quantity) < 0)
        return TRUE;
    }
  return FALSE;
}

static void
update (TwPickDialog *self)
{
  gtk_widget_set_visible (self->reason_form, is_short (self));
  tw_action_dialog_fit (TW_ACTION_DIALOG (self));
}

static void
lines_edited_cb (TwPickDialog *self)
{
  update (self);
}

/* ---- Scanning ------------------------------------------------------------------------------------------------ */

static TwShipmentLine *
find_line (TwPickDialog *self, const char *code)
{
  TwShipmentLine *found = NULL;

  /* Of several lines with the product, the first that is not complete. */
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (self->sheet->lines, i);

      if (g_strcmp0 (line->barcode, code) != 0 && g_ascii_strcasecmp (line->product, code) != 0)
        continue;
      if (g_object_get_data (G_OBJECT (line), "scanned") == NULL
          || tw_decimal_compare (line->picked, line->quantity) < 0)
        return line;
      found = line;
    }
  return found;
}

static void
scanned_cb (TwPickDialog *self, const char *code)
{
  TwShipmentLine *line = find_line (self, code);
  g_autofree char *picked = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *text = NULL;

  if (line == NULL)
    {
      text = g_strdup_printf (_("“%s” is not on this pick list."), code);
      tw_scan_entry_show_unknown (self->scan, code, text);
      return;
    }
  wanted = tw_format_decimal (line->quantity, 0);
  if (g_object_get_data (G_OBJECT (line), "scanned") == NULL)
    {
      line->picked = tw_decimal_min (TW_DECIMAL_ONE, line->quantity);
      g_object_set_data (G_OBJECT (line), "scanned", GINT_TO_POINTER (TRUE));
    }
  else if (tw_decimal_compare (line->picked, line->quantity) < 0)
    {
      line->picked = tw_decimal_min (tw_decimal_add (line->picked, TW_DECIMAL_ONE), line->quantity);
    }
  else
    {
      text = g_strdup_printf (_("%s: there are %s already, and no more are wanted."), line->product, wanted);
      tw_scan_entry_show_unknown (self->scan, code, text);
      return;
    }
  tw_record_changed (TW_RECORD (line), "picked");
  tw_line_editor_update (self->lines);
  picked = tw_format_decimal (line->picked, 0);
  /* Translators: product, quantity found, quantity wanted */
  text = g_strdup_printf (_("%s: %s of %s"), line->product, picked, wanted);
  tw_scan_entry_show_result (self->scan, text);
  update (self);
}

/* ---- As an action dialog ------------------------------------------------------------------------------------- */

static void
tw_pick_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwPickDialog *self = TW_PICK_DIALOG (dialog);

  self->sheet = (TwShipment *) tw_record_copy (document);
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (self->sheet->lines, i);

      line->picked = line->quantity;
    }
  update (self);
}

static TwRecord *
tw_pick_dialog_get_record (TwActionDialog *dialog, TwEditor *editor)
{
  TwPickDialog *self = TW_PICK_DIALOG (dialog);

  return editor == TW_EDITOR (self->lines) ? TW_RECORD (self->sheet) : NULL;
}

/* Only what differs is said: the server takes a line that is not named as picked in full. */
static gboolean
tw_pick_dialog_collect (TwActionDialog *dialog, TwRecord *arguments)
{
  TwPickDialog *self = TW_PICK_DIALOG (dialog);
  TwPickArguments *pick = (TwPickArguments *) arguments;

  g_list_store_remove_all (pick->lines);
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (self->sheet->lines, i);
      g_autoptr (TwPickLine) picked = NULL;

      if (tw_decimal_compare (line->picked, line->quantity) == 0)
        continue;
      picked = tw_pick_line_new ();
      TW_RECORD (picked)->id = TW_RECORD (line)->id;
      picked->quantity = line->picked;
      tw_record_mark_present (TW_RECORD (picked), tw_record_find (TW_RECORD (picked), "quantity"));
      g_object_set_data (G_OBJECT (picked), "position", GUINT_TO_POINTER (i));
      g_list_store_append (pick->lines, picked);
    }
  if (tw_record_count (pick->lines) > 0 && (pick->reason == NULL || *pick->reason == '\0'))
    {
      tw_editor_show_fault (TW_EDITOR (self->reason_row), "", _("Please say why less was picked."));
      tw_form_row_focus (self->reason_row);
      return FALSE;
    }
  return TRUE;
}

/* The n-th line told is another line of the sheet. */
static gboolean
tw_pick_dialog_show_fault (TwActionDialog *dialog, const TwFault *fault)
{
  TwPickDialog *self = TW_PICK_DIALOG (dialog);
  TwPickArguments *pick = (TwPickArguments *) tw_action_dialog_get_arguments (dialog);
  g_autofree char *rest = NULL;
  guint64 index = 0;

  if (fault == NULL || !g_str_has_prefix (fault->pointer, "/lines/"))
    return FALSE;
  index = g_ascii_strtoull (fault->pointer + strlen ("/lines/"), NULL, 10);
  if (index >= tw_record_count (pick->lines))
    return FALSE;
  rest = g_strdup_printf ("/%u/picked", GPOINTER_TO_UINT (g_object_get_data (tw_record_nth (pick->lines, (guint) index),
                                                                             "position")));
  tw_editor_show_fault (TW_EDITOR (self->lines), rest, fault->detail);
  return TRUE;
}

static void
tw_pick_dialog_dispose (GObject *object)
{
  g_clear_object (&TW_PICK_DIALOG (object)->sheet);
  G_OBJECT_CLASS (tw_pick_dialog_parent_class)->dispose (object);
}

static void
tw_pick_dialog_class_init (TwPickDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwActionDialogClass *dialog_class = TW_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_pick_dialog_dispose;
  dialog_class->begin = tw_pick_dialog_begin;
  dialog_class->get_record = tw_pick_dialog_get_record;
  dialog_class->collect = tw_pick_dialog_collect;
  dialog_class->show_fault = tw_pick_dialog_show_fault;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  g_type_ensure (TW_TYPE_SCAN_ENTRY);
  tw_action_dialog_class_set_template (widget_class, "warehouse/pick-dialog.ui", tw_pick_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwPickDialog, scan);
  gtk_widget_class_bind_template_child (widget_class, TwPickDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, TwPickDialog, reason_form);
  gtk_widget_class_bind_template_child (widget_class, TwPickDialog, reason_row);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
  gtk_widget_class_bind_template_callback (widget_class, lines_edited_cb);
}

static void
tw_pick_dialog_init (TwPickDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
