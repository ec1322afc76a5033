/* statement-form.c: a customer's statement of account, as a record or on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/statement.h"
#include "server/forms/form.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"
#include "server/printing/figures.h"

static char *
format_amount (TwStatementOfAccount *statement, TwDecimal amount)
{
  return tw_figures_format (amount, tw_currency_get_places (statement->currency));
}

/* ---- Movements ---- */

static void
add_balance_row (TwPaper *paper, TwStatementOfAccount *statement, const char *label, TwDate date, TwDecimal balance)
{
  g_autofree char *day = tw_date_format (date);
  g_autofree char *amount = format_amount (statement, balance);
  const char *cells[] = { day, NULL, label, NULL, NULL, NULL, amount };

  tw_paper_add_row (paper, cells);
}

static void
add_line (TwPaper *paper, TwStatementOfAccount *statement, TwStatementLine *line)
{
  g_autofree char *date = tw_date_format (line->date);
  g_autofree char *due = tw_date_format (line->due_date);
  g_autofree char *debit = tw_decimal_is_zero (line->debit) ? NULL : format_amount (statement, line->debit);
  g_autofree char *credit = tw_decimal_is_zero (line->credit) ? NULL : format_amount (statement, line->credit);
  g_autofree char *balance = format_amount (statement, line->balance);
  const char *document = tw_key_get_label (tw_statement_document_keys, line->document);
  const char *cells[] = { date, document, line->number, due, debit, credit, balance };

  tw_paper_add_row (paper, cells);
}

static void
add_lines (TwPaper *paper, TwStatementOfAccount *statement)
{
  const TwPaperColumn columns[] = {
    { _ ("Date"), 54, FALSE }, { _ ("Document"), 62, FALSE }, { _ ("Number"), 0, FALSE },
    { _ ("Due"), 54, FALSE },  { _ ("Debit"), 66, TRUE },     { _ ("Credit"), 66, TRUE },
    { _ ("Balance"), 70, TRUE },
  };

  tw_paper_begin_table (paper, NULL, columns, G_N_ELEMENTS (columns));
  add_balance_row (paper, statement, _ ("Opening balance"), statement->date_from, statement->opening);
  for (guint i = 0; i < tw_record_count (statement->lines); i++)
    add_line (paper, statement, tw_record_nth (statement->lines, i));
  add_balance_row (paper, statement, _ ("Closing balance"), statement->date_to, statement->closing);
}

/* ---- Ageing ---- */

static void
add_ageing (TwPaper *paper, TwStatementOfAccount *statement)
{
  const TwPaperColumn columns[] = {
    { _ ("Not yet due"), 0, TRUE },        { _ ("1–30 days overdue"), 0, TRUE },
    { _ ("31–60 days overdue"), 0, TRUE }, { _ ("61–90 days overdue"), 0, TRUE },
    { _ ("More than 90 days overdue"), 0, TRUE }, { _ ("On account"), 0, TRUE },
  };
  g_autofree char *not_due = format_amount (statement, statement->not_due);
  g_autofree char *days_30 = format_amount (statement, statement->days_30);
  g_autofree char *days_60 = format_amount (statement, statement->days_60);
  g_autofree char *days_90 = format_amount (statement, statement->days_90);
  g_autofree char *older = format_amount (statement, statement->older);
  g_autofree char *on_account = format_amount (statement, statement->on_account);
  const char *cells[] = { not_due, days_30, days_60, days_90, older, on_account };

  tw_paper_begin_table (paper, _ ("What is open"), columns, G_N_ELEMENTS (columns));
  tw_paper_add_row (paper, cells);
}

static gboolean
reply_paper (TwContext *ctx, TwStatementOfAccount *statement, const char *language, TwReply *reply, GError **error)
{
  g_autoptr (TwFormLanguage) speaking G_GNUC_UNUSED = tw_form_language_begin (language);
  g_autoptr (TwPaper) paper = tw_form_new (ctx, _ ("Statement of account"), NULL, language, error);
  /* Translators: %s is a currency, such as CNY */
  g_autofree char *label = g_strdup_printf (_ ("Balance %s"), statement->currency);
  g_autofree char *closing = format_amount (statement, statement->closing);
  g_autofree char *bank = paper != NULL ? tw_setting_get (ctx, TW_SETTING_COMPANY_BANK, error) : NULL;

  if (bank == NULL)
    return FALSE;
  tw_paper_set_recipient (paper, _ ("Customer"), statement->customer_name, statement->customer);
  tw_form_add_date (paper, _ ("From"), statement->date_from);
  tw_form_add_date (paper, _ ("Until"), statement->date_to);
  tw_paper_add_fact (paper, _ ("Currency"), statement->currency);
  add_lines (paper, statement);
  tw_paper_add_sum (paper, label, closing, TRUE);
  add_ageing (paper, statement);
  tw_paper_add_text (paper, _ ("Please pay to"), bank);
  return tw_form_reply (paper, "statement", statement->customer, reply, error);
}

/* ---- Route ---- */

static gboolean
read_day (TwRequest *request, const char *name, TwDate absent, TwDate *day, GError **error)
{
  const char *text = tw_request_query (request, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  *day = absent;
  if (text == NULL || tw_date_parse (text, day, NULL))
    return TRUE;
  return tw_error_fault (error, pointer, "wrong_type", _ ("Write a date as YYYY-MM-DD."));
}

static gboolean
read_format (TwRequest *request, gboolean *pdf, GError **error)
{
  const char *format = tw_request_query (request, "format");

  *pdf = g_strcmp0 (format, "pdf") == 0;
  if (format == NULL || *pdf || g_str_equal (format, "json"))
    return TRUE;
  return tw_error_fault (error, "/format", "unknown_value", _ ("A statement is available as json and pdf."));
}

static gboolean
get_statement (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwStatementOfAccount) statement = NULL;
  const char *currency = tw_request_query (request, "currency"), *asked, *language;
  TwDate from, to;
  gboolean pdf;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error) || !read_format (request, &pdf, error)
      || !read_day (request, "from", TW_DATE_NONE, &from, error) || !read_day (request, "to", ctx->today, &to, error)
      || !tw_form_read_language (request, &asked, error)
      || (currency != NULL && !tw_currency_check (currency, "/currency", error)))
    return FALSE;
  if (tw_date_compare (from, to) > 0)
    return tw_error_fault (error, "/to", "out_of_range", _ ("The period ends before it begins."));
  statement = tw_statement_get (ctx, id, currency, from, to, error);
  if (statement == NULL)
    return FALSE;
  if (pdf)
    return tw_form_choose_language (ctx, asked, id, &language, error)
           && reply_paper (ctx, statement, language, reply, error);
  tw_reply_record (reply, ctx, TW_RECORD (statement));
  return TRUE;
}

const TwRoute tw_statement_form_routes[] = {
  { .method = "GET",
    .path = "/customers/{id}/statement",
    .permission = "statement.read",
    .handler = get_statement,
    .flags = TW_ROUTE_READ,
    .summary = "A customer's statement of account from one day to another, with the ageing of what is open; as PDF with"
               " format=pdf",
    .answer = tw_statement_of_account_get_type },
  { NULL },
};
