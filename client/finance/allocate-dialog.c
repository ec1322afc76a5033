/* allocate-dialog.c: which invoices a payment pays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The money stands on the oldest due invoices already, so that Enter is enough when the customer does not say what
 * they paid.
 */
#include "client/finance/allocate-dialog.h"

#include <string.h>

#include "client/net/session.h"
#include "client/widget/format.h"
#include "client/widget/line-editor.h"
#include "shared/base/codec.h"
#include "shared/base/text.h"
#include "shared/document/invoice.h"
#include "shared/document/payment.h"

struct _TwAllocateDialog
{
  TwActionDialog parent_instance;

  GtkLabel *head;
  TwLineEditor *sheet_lines;
  GtkLabel *rest;

  TwPayment *payment;
  TwAllocationSheet *sheet;
  gboolean loaded;
  GCancellable *cancellable;
};

static const TwField allocation_choice_fields[] = {
  TW_LINE_FIELDS (TwAllocationChoice),
  TW_TEXT (TwAllocationChoice, invoice, N_ ("Invoice"), 30, TW_SERVER),
  TW_DATE (TwAllocationChoice, due_date, N_ ("Due"), TW_SERVER),
  TW_INT (TwAllocationChoice, days_overdue, N_ ("Days overdue"), 0, G_MAXINT32, TW_SERVER),
  TW_MONEY (TwAllocationChoice, total, N_ ("Total"), TW_SERVER),
  TW_MONEY (TwAllocationChoice, open_amount, N_ ("Still to pay"), TW_SERVER),
  TW_MONEY (TwAllocationChoice, amount, N_ ("Amount"), TW_NOT_NEGATIVE),
};
TW_DEFINE_RECORD (TwAllocationChoice, tw_allocation_choice, "allocation_choice", N_ ("Line"), allocation_choice_fields)

static const TwField allocation_sheet_fields[] = {
  TW_LINE_FIELDS (TwAllocationSheet),
  TW_LIST (TwAllocationSheet, lines, N_ ("Lines"), tw_allocation_choice_get_type, 1000, 0),
};
TW_DEFINE_RECORD (TwAllocationSheet, tw_allocation_sheet, "allocation_sheet", N_ ("Allocate"), allocation_sheet_fields)

G_DEFINE_FINAL_TYPE (TwAllocateDialog, tw_allocate_dialog, TW_TYPE_ACTION_DIALOG)

/* ---- Sums ---------------------------------------------------------------------------------------------------- */

TwDecimal
tw_allocate_dialog_get_rest (TwAllocateDialog *self)
{
  TwDecimal rest = self->payment->rest;

  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    rest = tw_decimal_sub (rest, ((TwAllocationChoice *) tw_record_nth (self->sheet->lines, i))->amount);
  return rest;
}

static char *
describe_rest (TwAllocateDialog *self, TwDecimal rest)
{
  g_autofree char *amount = tw_format_decimal (tw_decimal_sign (rest) < 0 ? tw_decimal_neg (rest) : rest, 2);

  if (tw_decimal_is_zero (rest))
    return g_strdup (_("All of it is allocated"));
  if (tw_decimal_sign (rest) < 0)
    /* Translators: amount and currency */
    return g_strdup_printf (_("%s %s more than was paid"), amount, self->payment->currency);
  /* Translators: amount and currency; a part of a payment that pays no invoice yet */
  return g_strdup_printf (_("%s %s stay on account"), amount, self->payment->currency);
}

static void
update (TwAllocateDialog *self)
{
  TwDecimal rest = tw_allocate_dialog_get_rest (self);
  g_autofree char *text = describe_rest (self, rest);

  gtk_label_set_label (self->rest, text);
  if (tw_decimal_sign (rest) < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->rest), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->rest), "error");
}

static void
write_amount (TwAllocationChoice *choice, TwDecimal amount)
{
  choice->amount = amount;
  tw_record_mark_present (TW_RECORD (choice), tw_record_find (TW_RECORD (choice), "amount"));
  tw_record_changed (TW_RECORD (choice), "amount");
}

static void
fill_oldest_first (TwAllocateDialog *self)
{
  TwDecimal rest = self->payment->rest;

  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwAllocationChoice *choice = tw_record_nth (self->sheet->lines, i);

      write_amount (choice, tw_decimal_min (rest, choice->open_amount));
      rest = tw_decimal_sub (rest, choice->amount);
    }
  tw_line_editor_update (self->sheet_lines);
  update (self);
}

/* ---- The open invoices --------------------------------------------------------------------------------------- */

static void
add_choice (TwAllocateDialog *self, TwInvoice *invoice)
{
  g_autoptr (TwAllocationChoice) choice = tw_allocation_choice_new ();
  int days = tw_date_days_between (invoice->due_date, tw_date_today ());

  TW_RECORD (choice)->id = TW_RECORD (invoice)->id;
  choice->invoice = g_strdup (invoice->number);
  choice->due_date = invoice->due_date;
  choice->days_overdue = MAX (days, 0);
  choice->total = invoice->total;
  choice->open_amount = invoice->open_amount;
  g_list_store_append (self->sheet->lines, choice);
}

static void
take_invoices (TwAllocateDialog *self, JsonObject *answer)
{
  JsonArray *items = json_object_has_member (answer, "items") ? json_object_get_array_member (answer, "items") : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      g_autoptr (TwInvoice) invoice = tw_invoice_new ();

      if (tw_codec_read (TW_RECORD (invoice), json_array_get_object_element (items, i), TW_CODEC_ANSWER, NULL)
          && tw_decimal_sign (invoice->open_amount) > 0)
        add_choice (self, invoice);
    }
}

static void
invoices_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwAllocateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      tw_action_dialog_show_message (TW_ACTION_DIALOG (self), error->message);
      return;
    }
  take_invoices (self, tw_api_reply_get_object (reply));
  self->loaded = TRUE;
  fill_oldest_first (self);
  tw_action_dialog_fit (TW_ACTION_DIALOG (self));
  if (tw_record_count (self->sheet->lines) > 0)
    tw_line_editor_focus_field (self->sheet_lines, 0, "amount");
}

static void
read_invoices (TwAllocateDialog *self)
{
  g_autoptr (GString) path
    = g_string_new ("/invoices?kind=invoice&state.in=posted,partly_paid&sort=due_date&limit=500");

  tw_api_append_query (path, "customer", self->payment->customer);
  tw_api_append_query (path, "currency", self->payment->currency);
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path->str, self->cancellable, invoices_read_cb,
                    g_object_ref (self));
}

/* ---- Callbacks ----------------------------------------------------------------------------------------------- */

static void
lines_edited_cb (TwAllocateDialog *self)
{
  update (self);
}

static void
oldest_clicked_cb (TwAllocateDialog *self)
{
  fill_oldest_first (self);
}

static void
clear_clicked_cb (TwAllocateDialog *self)
{
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    write_amount (tw_record_nth (self->sheet->lines, i), TW_DECIMAL_ZERO);
  tw_line_editor_update (self->sheet_lines);
  update (self);
}

/* ---- As an action dialog ------------------------------------------------------------------------------------- */

static void
tw_allocate_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwAllocateDialog *self = TW_ALLOCATE_DIALOG (dialog);
  TwPayment *payment = (TwPayment *) document;
  g_autofree char *amount = tw_format_decimal (payment->rest, 2);
  /* Translators: number of a payment, its customer, what is left of it and the currency */
  g_autofree char *head = g_strdup_printf (_("%s · %s · %s %s to allocate"), payment->number, payment->customer_name,
                                           amount, payment->currency);

  gtk_label_set_label (self->head, head);
  g_set_object (&self->payment, payment);
  self->sheet = tw_allocation_sheet_new ();
  update (self);
  read_invoices (self);
}

static TwRecord *
tw_allocate_dialog_get_record (TwActionDialog *dialog, TwEditor *editor)
{
  TwAllocateDialog *self = TW_ALLOCATE_DIALOG (dialog);

  return editor == TW_EDITOR (self->sheet_lines) ? TW_RECORD (self->sheet) : NULL;
}

static gboolean
tw_allocate_dialog_collect (TwActionDialog *dialog, TwRecord *arguments)
{
  TwAllocateDialog *self = TW_ALLOCATE_DIALOG (dialog);
  TwAllocateArguments *allocate = (TwAllocateArguments *) arguments;

  g_list_store_remove_all (allocate->lines);
  for (guint i = 0; i < tw_record_count (self->sheet->lines); i++)
    {
      TwAllocationChoice *choice = tw_record_nth (self->sheet->lines, i);
      g_autoptr (TwAllocateLine) line = NULL;

      if (tw_decimal_sign (choice->amount) <= 0)
        continue;
      line = tw_allocate_line_new ();
      line->invoice = g_strdup (choice->invoice);
      line->amount = choice->amount;
      g_object_set_data (G_OBJECT (line), "position", GUINT_TO_POINTER (i));
      g_list_store_append (allocate->lines, line);
    }
  if (tw_record_count (allocate->lines) > 0)
    return TRUE;
  tw_action_dialog_show_message (dialog, _("Write how much of which invoice is paid."));
  return FALSE;
}

/* The n-th line told is another line of the sheet. */
static gboolean
tw_allocate_dialog_show_fault (TwActionDialog *dialog, const TwFault *fault)
{
  TwAllocateDialog *self = TW_ALLOCATE_DIALOG (dialog);
  TwAllocateArguments *allocate = (TwAllocateArguments *) tw_action_dialog_get_arguments (dialog);
  g_autofree char *rest = NULL;
  guint64 index = 0;

  if (fault == NULL || !g_str_has_prefix (fault->pointer, "/lines/"))
    return FALSE;
  index = g_ascii_strtoull (fault->pointer + strlen ("/lines/"), NULL, 10);
  if (index >= tw_record_count (allocate->lines))
    return FALSE;
  rest = g_strdup_printf (
    "/%u/amount",
    GPOINTER_TO_UINT (g_object_get_data (tw_record_nth (allocate->lines, (guint) index), "position")));
  tw_editor_show_fault (TW_EDITOR (self->sheet_lines), rest, fault->detail);
  return TRUE;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_allocate_dialog_dispose (GObject *object)
{
  TwAllocateDialog *self = TW_ALLOCATE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->payment);
  g_clear_object (&self->sheet);
  G_OBJECT_CLASS (tw_allocate_dialog_parent_class)->dispose (object);
}

static void
tw_allocate_dialog_class_init (TwAllocateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwActionDialogClass *dialog_class = TW_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_allocate_dialog_dispose;
  dialog_class->begin = tw_allocate_dialog_begin;
  dialog_class->get_record = tw_allocate_dialog_get_record;
  dialog_class->collect = tw_allocate_dialog_collect;
  dialog_class->show_fault = tw_allocate_dialog_show_fault;
  g_type_ensure (TW_TYPE_LINE_EDITOR);
  tw_action_dialog_class_set_template (widget_class, "finance/allocate-dialog.ui", tw_allocate_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwAllocateDialog, head);
  gtk_widget_class_bind_template_child (widget_class, TwAllocateDialog, sheet_lines);
  gtk_widget_class_bind_template_child (widget_class, TwAllocateDialog, rest);
  gtk_widget_class_bind_template_callback (widget_class, lines_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, oldest_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
}

static void
tw_allocate_dialog_init (TwAllocateDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwAllocationSheet *
tw_allocate_dialog_get_sheet (TwAllocateDialog *self)
{
  return self->sheet;
}

gboolean
tw_allocate_dialog_is_loaded (TwAllocateDialog *self)
{
  return self->loaded;
}
