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

/* The language of a form: the query's `language`, else that of the customer, or of the reader when @customer_id is 0; a
 * fault when there are no forms in it. Of static storage. */
gboolean tw_form_choose_language (TwContext *ctx, TwRequest *request, gint64 customer_id, const char **language,
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
