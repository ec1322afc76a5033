/* invoice-form.c: invoices and credit notes on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/invoice.h"
#include "server/forms/form.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"
#include "server/printing/figures.h"

static gboolean
is_credit_note (TwInvoice *invoice)
{
  return g_strcmp0 (invoice->kind, "credit_note") == 0;
}

static gboolean
is_draft (TwInvoice *invoice)
{
  return !tw_time_is_set (invoice->posted_at);
}

static char *
format_amount (TwInvoice *invoice, TwDecimal amount)
{
  return tw_figures_format (amount, tw_currency_get_places (invoice->currency));
}

/* ---- Head ---- */

static void
add_head (TwPaper *paper, TwInvoice *invoice)
{
  g_autoptr (GString) details = g_string_new (invoice->bill_address);

  if (invoice->tax_id != NULL)
    {
      if (details->len > 0)
        g_string_append_c (details, '\n');
      g_string_append_printf (details, _ ("Tax number: %s"), invoice->tax_id);
    }
  tw_paper_set_recipient (paper, is_credit_note (invoice) ? _ ("Credited to") : _ ("Billed to"), invoice->bill_name,
                          details->str);
  if (is_draft (invoice))
    tw_paper_set_mark (paper, _ ("Draft"));
  tw_paper_add_fact (paper, _ ("Number"), invoice->number);
  tw_form_add_date (paper, _ ("Date"), invoice->invoice_date);
  tw_paper_add_fact (paper, _ ("Customer"), invoice->customer);
  tw_paper_add_fact (paper, _ ("Order"), invoice->order);
  tw_paper_add_fact (paper, _ ("Corrects invoice"), invoice->reverses);
  tw_paper_add_fact (paper, _ ("Reason"), invoice->reason);
  if (!is_credit_note (invoice))
    tw_paper_add_fact (paper, _ ("Payment term"), invoice->payment_term);
  tw_form_add_date (paper, _ ("Due"), invoice->due_date);
}

/* ---- Lines ---- */

static void
add_line (TwPaper *paper, TwInvoice *invoice, TwInvoiceLine *line)
{
  g_autofree char *position = g_strdup_printf ("%" G_GINT64_FORMAT, line->position);
  g_autofree char *collective
    = invoice->order_id == 0 ? g_strdup_printf ("%s\n%s", line->description, line->order) : NULL;
  g_autofree char *quantity = tw_figures_format (line->quantity, 0);
  g_autofree char *price = format_amount (invoice, line->price);
  g_autofree char *discount
    = tw_decimal_is_zero (line->discount) ? NULL : tw_figures_format_percent (line->discount);
  g_autofree char *tax = tw_figures_format_percent (line->tax_rate);
  g_autofree char *net = format_amount (invoice, line->net);
  const char *cells[] = { position, line->product, collective != NULL ? collective : line->description, quantity,
                          line->unit, price, discount, tax, net };

  tw_paper_add_row (paper, cells);
}

static void
add_lines (TwPaper *paper, TwInvoice *invoice)
{
  const TwPaperColumn columns[] = {
    /* Translators: column of a printed invoice: number of the line */
    { C_ ("line", "No."), 20, FALSE },
    { _ ("Product"), 56, FALSE },
    { _ ("Description"), 0, FALSE },
    { _ ("Quantity"), 48, TRUE },
    { _ ("Unit"), 34, FALSE },
    { _ ("Price"), 58, TRUE },
    { _ ("Discount"), 40, TRUE },
    { _ ("Tax rate"), 38, TRUE },
    { _ ("Net amount"), 68, TRUE },
  };

  tw_paper_begin_table (paper, NULL, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (invoice->lines); i++)
    add_line (paper, invoice, tw_record_nth (invoice->lines, i));
}

/* ---- Sums ---- */

static void
add_sum (TwPaper *paper, TwInvoice *invoice, const char *label, TwDecimal amount, gboolean strong)
{
  g_autofree char *text = format_amount (invoice, amount);

  tw_paper_add_sum (paper, label, text, strong);
}

static void
add_sums (TwPaper *paper, TwInvoice *invoice)
{
  /* Translators: %s is a currency, such as CNY */
  g_autofree char *total = g_strdup_printf (_ ("Total %s"), invoice->currency);

  add_sum (paper, invoice, _ ("Net total"), invoice->net_total, FALSE);
  if (!tw_decimal_is_zero (invoice->freight))
    add_sum (paper, invoice, _ ("Freight"), invoice->freight, FALSE);
  add_sum (paper, invoice, _ ("Tax"), invoice->tax_total, FALSE);
  add_sum (paper, invoice, total, invoice->total, TRUE);
}

static void
add_taxes (TwPaper *paper, TwInvoice *invoice)
{
  const TwPaperColumn columns[] = {
    { _ ("Tax class"), 0, FALSE },
    { _ ("Rate"), 60, TRUE },
    { _ ("Net amount"), 100, TRUE },
    { _ ("Tax"), 100, TRUE },
  };

  tw_paper_begin_table (paper, _ ("Taxes"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (invoice->taxes); i++)
    {
      TwTaxLine *line = tw_record_nth (invoice->taxes, i);
      g_autofree char *rate = tw_figures_format_percent (line->rate);
      g_autofree char *base = format_amount (invoice, line->base);
      g_autofree char *tax = format_amount (invoice, line->tax);
      const char *cells[] = { line->tax_class, rate, base, tax };

      tw_paper_add_row (paper, cells);
    }
}

static void
add_instalments (TwPaper *paper, TwInvoice *invoice)
{
  const TwPaperColumn columns[] = { { _ ("Due"), 0, FALSE }, { _ ("Amount"), 100, TRUE } };

  if (tw_record_count (invoice->receivables) == 0)
    return;
  tw_paper_begin_table (paper, _ ("Payable in instalments"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tw_record_count (invoice->receivables); i++)
    {
      TwReceivable *part = tw_record_nth (invoice->receivables, i);
      g_autofree char *due = tw_date_format (part->due_date);
      g_autofree char *amount = format_amount (invoice, part->amount);
      const char *cells[] = { due, amount };

      tw_paper_add_row (paper, cells);
    }
}

/* In China the total also stands in capital characters, which nobody can change. */
static void
add_words (TwPaper *paper, TwInvoice *invoice, const char *language)
{
  g_autofree char *words = NULL;

  if (g_strcmp0 (language, "zh_CN") != 0 || g_strcmp0 (invoice->currency, "CNY") != 0)
    return;
  words = tw_figures_spell_renminbi (invoice->total);
  tw_paper_add_text (paper, _ ("Amount in words"), words);
}

static TwPaper *
make_paper (TwContext *ctx, TwInvoice *invoice, const char *language, GError **error)
{
  const char *title = is_credit_note (invoice) ? _ ("Credit note") : _ ("Invoice");
  g_autofree char *bank = tw_setting_get (ctx, TW_SETTING_COMPANY_BANK, error);
  TwPaper *paper = bank != NULL ? tw_form_new (ctx, title, invoice->number, language, error) : NULL;

  if (paper == NULL)
    return NULL;
  add_head (paper, invoice);
  add_lines (paper, invoice);
  add_sums (paper, invoice);
  add_words (paper, invoice, language);
  add_taxes (paper, invoice);
  add_instalments (paper, invoice);
  if (!is_credit_note (invoice))
    tw_paper_add_text (paper, _ ("Please pay to"), bank);
  return paper;
}

static gboolean
get_pdf (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwInvoice) invoice = NULL;
  g_autoptr (TwFormLanguage) speaking = NULL;
  g_autoptr (TwPaper) paper = NULL;
  const char *asked, *language;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error) || !tw_form_read_language (request, &asked, error))
    return FALSE;
  invoice = (TwInvoice *) tw_invoice_resource.load (ctx, id, FALSE, error);
  if (invoice == NULL || !tw_form_choose_language (ctx, asked, invoice->customer_id, &language, error))
    return FALSE;
  speaking = tw_form_language_begin (language);
  paper = make_paper (ctx, invoice, language, error);
  return paper != NULL
         && tw_form_reply (paper, is_credit_note (invoice) ? "credit-note" : "invoice",
                           invoice->number != NULL ? invoice->number : "draft", reply, error);
}

const TwRoute tw_invoice_form_routes[] = {
  { .method = "GET",
    .path = "/invoices/{id}/pdf",
    .permission = "invoice.read",
    .handler = get_pdf,
    .flags = TW_ROUTE_READ,
    .summary = "An invoice or credit note as PDF" },
  { NULL },
};
