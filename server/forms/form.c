/* form.c: see form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/forms/form.h"

#include "server/forms/form-store.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/common.h"

/* ---- Language ---- */

static gboolean
find_language (const char *key, const char **language, GError **error)
{
  *language = tw_key_find (tw_language_keys, key);
  if (*language != NULL)
    return TRUE;
  return tw_error_fault (error, "/language", "unknown_value", _ ("There are no forms in the language “%s”."), key);
}

gboolean
tw_form_read_language (TwRequest *request, const char **asked, GError **error)
{
  const char *key = tw_request_query (request, "language");

  *asked = NULL;
  return key == NULL || find_language (key, asked, error);
}

gboolean
tw_form_choose_language (TwContext *ctx, const char *asked, gint64 customer_id, const char **language, GError **error)
{
  g_autofree char *stored = NULL;

  *language = asked;
  if (asked != NULL)
    return TRUE;
  if (customer_id != 0 && !tw_form_store_read_language (ctx->db, customer_id, &stored, error))
    return FALSE;
  return find_language (stored != NULL ? stored : ctx->who->language, language, error);
}

TwFormLanguage *
tw_form_language_begin (const char *language)
{
  TwFormLanguage *self = g_new0 (TwFormLanguage, 1);

  self->former = g_strdup (tw_text_get_language ());
  tw_text_set_language (language);
  return self;
}

void
tw_form_language_end (TwFormLanguage *language)
{
  tw_text_set_language (language->former);
  g_free (language->former);
  g_free (language);
}

/* ---- The company's paper ---- */

static char *
describe_company (TwContext *ctx, GError **error)
{
  g_autofree char *address = tw_setting_get (ctx, TW_SETTING_COMPANY_ADDRESS, error);
  g_autofree char *tax_id = address != NULL ? tw_setting_get (ctx, TW_SETTING_COMPANY_TAX_ID, error) : NULL;
  GString *out;

  if (tax_id == NULL)
    return NULL;
  out = g_string_new (address);
  if (*tax_id != '\0')
    {
      if (out->len > 0)
        g_string_append_c (out, '\n');
      g_string_append_printf (out, _ ("Tax number: %s"), tax_id);
    }
  return g_string_free (out, FALSE);
}

TwPaper *
tw_form_new (TwContext *ctx, const char *title, const char *number, const char *language, GError **error)
{
  g_autofree char *name = tw_setting_get (ctx, TW_SETTING_COMPANY_NAME, error);
  g_autofree char *details = name != NULL ? describe_company (ctx, error) : NULL;
  TwPaper *paper;

  if (details == NULL)
    return NULL;
  paper = tw_paper_new (title, number, language);
  tw_paper_set_sender (paper, name, details);
  return paper;
}

void
tw_form_add_date (TwPaper *paper, const char *label, TwDate date)
{
  g_autofree char *text = tw_date_format (date);

  tw_paper_add_fact (paper, label, text);
}

gboolean
tw_form_reply (TwPaper *paper, const char *kind, const char *number, TwReply *reply, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", kind, number);
  g_autoptr (GBytes) pdf = tw_paper_render (paper, error);

  if (pdf == NULL)
    return FALSE;
  tw_reply_bytes (reply, "application/pdf", name, pdf);
  return TRUE;
}
