/* form.h: what all printed forms have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/route.h"
#include "server/printing/paper.h"
#include "shared/base/record.h"

G_BEGIN_DECLS

/* The routes of each kind of form; end with { NULL }. */
extern const TwRoute tw_invoice_form_routes[];
extern const TwRoute tw_shipment_form_routes[];
extern const TwRoute tw_statement_form_routes[];

/* What the query's `language` asks for; NULL when it does not. A fault when there are no forms in it. Of static
 * storage, as is the next one's. */
gboolean tw_form_read_language (TwRequest *request, const char **asked, GError **error);
/* The language of a form: @asked, else that of the customer, or of the reader when @customer_id is 0. */
gboolean tw_form_choose_language (TwContext *ctx, const char *asked, gint64 customer_id, const char **language,
                                  GError **error);

/* While a form is written, the thread speaks its language. */
typedef struct
{
  char *former;
} TwFormLanguage;
TwFormLanguage *tw_form_language_begin (const char *language);
void tw_form_language_end (TwFormLanguage *language);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwFormLanguage, tw_form_language_end)

/* A paper of the company. NULL with @error. */
TwPaper *tw_form_new (TwContext *ctx, const char *title, const char *number, const char *language, GError **error);
void tw_form_add_date (TwPaper *paper, const char *label, TwDate date);

/* Renders it as the reply; the file's name is @kind and number. */
gboolean tw_form_reply (TwPaper *paper, const char *kind, const char *number, TwReply *reply, GError **error);

G_END_DECLS
