/* payment-term.c: when customers pay
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/masterdata.h"
#include "server/masterdata/payment-term-store.h"
#include "shared/document/common.h"

static gboolean
check_shares (TwPaymentTerm *term, GError **error)
{
  TwDecimal sum = TW_DECIMAL_ZERO;
  g_autofree char *text = NULL;
  guint n = tw_record_count (term->instalments);

  for (guint i = 0; i < n; i++)
    sum = tw_decimal_add (sum, ((TwInstalment *) tw_record_nth (term->instalments, i))->share);
  if (tw_decimal_compare (sum, TW_DECIMAL_ONE) == 0)
    return TRUE;
  text = tw_decimal_format (sum, 0);
  return tw_error_fault (error, "/instalments", "out_of_range",
                         _ ("The shares of the instalments must add up to 1, not to %s."), text);
}

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwPaymentTerm *term = (TwPaymentTerm *) record;

  if (term->status == NULL)
    term->status = tw_key_find (tw_active_keys, "active");
  return check_shares (term, error);
}

TW_DEFINE_MASTER_FUNCTIONS (payment_term, tw_payment_term_master, prepare)

const TwResource tw_payment_term_resource = {
  .path = "payment-terms",
  .document = "payment_term",
  .type = tw_payment_term_get_type,
  .list = &tw_payment_term_list,
  .load = payment_term_load,
  .create = payment_term_create,
  .update = payment_term_update,
};

TwPaymentTerm *
tw_payment_term_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  return (TwPaymentTerm *) tw_master_find (ctx, &tw_payment_term_master, tw_payment_term_find_sql, code,
                                           &tw_payment_term_words, pointer, error);
}

TwPaymentTerm *
tw_payment_term_get (TwContext *ctx, gint64 id, GError **error)
{
  return (TwPaymentTerm *) tw_master_get (ctx, &tw_payment_term_master, id, error);
}
