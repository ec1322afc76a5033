/* credit-dialog.c: takes an invoice back, whole or line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/credit-dialog.h"

#include <string.h>

#include "client/widget/form-row.h"
#include "client/widget/format.h"
#include "client/widget/line-editor.h"
#include "shared/base/text.h"
#include "shared/document/invoice.h"

struct _TwCreditDialog
{
  TwActionDialog parent_instance;

  GtkLabel *head;
  TwFormRow *reason_row;
  GtkCheckButton *whole;
  GtkCheckButton *part;
  GtkRevealer *revealer;
  TwLineEditor *sheet_lines;

  TwCreditSheet *sheet;
};

static const TwField credit_choice_fields[] = {
  TW_LINE_FIELDS (TwCreditChoice),
  TW_TEXT (TwCreditChoice, product, N_ ("Product"), 40, TW_SERVER),
  TW_TEXT (TwCreditChoice, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_TEXT (TwCreditChoice, unit, N_ ("Unit"), 20, TW_SERVER),
  TW_QUANTITY (TwCreditChoice, invoiced, N_ ("Invoiced"), TW_SERVER),
  TW_PRICE (TwCreditChoice, price, N_ ("Price"), TW_SERVER),
  TW_QUANTITY (TwCreditChoice, quantity, N_ ("Quantity"), TW_NOT_NEGATIVE),
};
TW_DEFINE_RECORD (TwCreditChoice, tw_credit_choice, "credit_choice", N_ ("Line"), credit_choice_fields)

static const TwField credit_sheet_fields[] = {
  TW_LINE_FIELDS (TwCreditSheet),
  TW_LIST (TwCreditSheet, lines, N_ ("Lines"), tw_credit_choice_get_type, 5000, 0),
};
TW_DEFINE_RECORD (TwCreditSheet, tw_credit_sheet, "credit_sheet", N_ ("Credit note"), credit_sheet_fields)

G_DEFINE_FINAL_TYPE (TwCreditDialog, tw_credit_dialog, TW_TYPE_ACTION_DIALOG)

static void
add_choice (TwCreditSheet *sheet, TwInvoiceLine *line)
{
  g_autoptr (TwCreditChoice) choice = tw_credit_choice_new ();

  TW_RECORD (choice)->id = TW_RECORD (line)->id;
  choice->product = g_strdup (line->product);
  choice->product_name = g_strdup (line->description != NULL ? line->description : line->product_name);
  choice->unit = g_strdup (line->unit);
  choice->invoiced = line->quantity;
  choice->price = line->price;
  g_list_store_append (sheet->lines, choice);
}

static void
part_toggled_cb (TwCreditDialog *self)
{
  gboolean part = gtk_check_button_get_active (self->part);

  gtk_revealer_set_reveal_child (self->revealer, part);
  tw_action_dialog_fit (TW_ACTION_DIALOG (self));
  if (part && tw_record_count (self->sheet->lines) > 0)
    tw_line_editor_focus_field (self->sheet_lines, 0, "quantity");
}

/* ---- As an action dialog ------------------------------------------------------------------------------------- */

static void
tw_credit_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwCreditDialog *self = TW_CREDIT_DIALOG (dialog);
  TwInvoice *invoice = (TwInvoice *) document;
  g_autofree char *total = tw_format_decimal (invoice->total, 2);
  /* Translators: number of an invoice, its customer, its total and currency */
  g_autofree char *head
    = g_strdup_printf (_("%s · %s · %s %s"), invoice->number, invoice->customer_name, total, invoice->currency);

  gtk_label_set_label (self->head, head);
  self->sheet = tw_credit_sheet_new ();
  for (guint i = 0; i < tw_record_count (invoice->lines); i++)
    add_choice (self->sheet, tw_record_nth (invoice->lines, i));
}

static void
collect_parts (TwCreditDialog *self, TwCreditArguments *credit)
{
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwCreditChoice *choice = tw_record_nth (self->sheet->lines, i);
      g_autoptr (TwCreditLine) line = NULL;

      if (tw_decimal_sign (choice->quantity) <= 0)
        continue;
      line = tw_credit_line_new ();
      TW_RECORD (line)->id = TW_RECORD (choice)->id;
      line->quantity = choice->quantity;
      g_object_set_data (G_OBJECT (line), "position", GUINT_TO_POINTER (i));
      g_list_store_append (credit->lines, line);
    }
}

static TwRecord *
tw_credit_dialog_get_record (TwActionDialog *dialog, TwEditor *editor)
{
  TwCreditDialog *self = TW_CREDIT_DIALOG (dialog);

  return editor == TW_EDITOR (self->sheet_lines) ? TW_RECORD (self->sheet) : NULL;
}

static gboolean
tw_credit_dialog_collect (TwActionDialog *dialog, TwRecord *arguments)
{
  TwCreditDialog *self = TW_CREDIT_DIALOG (dialog);
  TwCreditArguments *credit = (TwCreditArguments *) arguments;

  g_list_store_remove_all (credit->lines);
  if (gtk_check_button_get_active (self->part))
    {
      collect_parts (self, credit);
      if (tw_record_count (credit->lines) == 0)
        {
          tw_action_dialog_show_message (dialog, _("Write how much of which line is credited."));
          tw_line_editor_focus_field (self->sheet_lines, 0, "quantity");
          return FALSE;
        }
    }
  if (credit->reason == NULL || *credit->reason == '\0')
    {
      tw_editor_show_fault (TW_EDITOR (self->reason_row), "",
                            _("Please say why. The reason stands on the credit note."));
      tw_form_row_focus (self->reason_row);
      return FALSE;
    }
  return TRUE;
}

/* The n-th line told is another line of the sheet. */
static gboolean
tw_credit_dialog_show_fault (TwActionDialog *dialog, const TwFault *fault)
{
  TwCreditDialog *self = TW_CREDIT_DIALOG (dialog);
  TwCreditArguments *credit = (TwCreditArguments *) tw_action_dialog_get_arguments (dialog);
  g_autofree char *rest = NULL;
  guint64 index = 0;

  if (fault == NULL || !g_str_has_prefix (fault->pointer, "/lines/"))
    return FALSE;
  index = g_ascii_strtoull (fault->pointer + strlen ("/lines/"), NULL, 10);
  if (index >= tw_record_count (credit->lines))
    return FALSE;
  rest = g_strdup_printf (
    "/%u/quantity",
    GPOINTER_TO_UINT (g_object_get_data (tw_record_nth (credit->lines, (guint) index), "position")));
  tw_editor_show_fault (TW_EDITOR (self->sheet_lines), rest, fault->detail);
  return TRUE;
}

static void
tw_credit_dialog_dispose (GObject *object)
{
  g_clear_object (&TW_CREDIT_DIALOG (object)->sheet);
  G_OBJECT_CLASS (tw_credit_dialog_parent_class)->dispose (object);
}

static void
tw_credit_dialog_class_init (TwCreditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwActionDialogClass *dialog_class = TW_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_credit_dialog_dispose;
  dialog_class->begin = tw_credit_dialog_begin;
  dialog_class->get_record = tw_credit_dialog_get_record;
  dialog_class->collect = tw_credit_dialog_collect;
  dialog_class->show_fault = tw_credit_dialog_show_fault;
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  tw_action_dialog_class_set_template (widget_class, "finance/credit-dialog.ui", tw_credit_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, head);
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, whole);
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, part);
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, revealer);
  gtk_widget_class_bind_template_child (widget_class, TwCreditDialog, sheet_lines);
  gtk_widget_class_bind_template_callback (widget_class, part_toggled_cb);
}

static void
tw_credit_dialog_init (TwCreditDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwCreditSheet *
tw_credit_dialog_get_sheet (TwCreditDialog *self)
{
  return self->sheet;
}

void
tw_credit_dialog_choose_part (TwCreditDialog *self)
{
  gtk_check_button_set_active (self->part, TRUE);
}
