/* payment-term.c: see payment-term.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/payment-term.h"

#include "shared/document/common.h"

static const TwField instalment_fields[] = {
  TW_LINE_FIELDS (TwInstalment),
  TW_RATE (TwInstalment, share, N_ ("Share"), 1, TW_REQUIRED | TW_POSITIVE),
  TW_INT (TwInstalment, days, N_ ("Days"), 0, 3650, TW_REQUIRED),
};
TW_DEFINE_RECORD (TwInstalment, tw_instalment, "instalment", N_ ("Instalment"), instalment_fields)

static const TwField payment_term_fields[] = {
  TW_RECORD_FIELDS (TwPaymentTerm),
  TW_TEXT (TwPaymentTerm, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwPaymentTerm, name, N_ ("Name"), 80, TW_REQUIRED),
  TW_KEY (TwPaymentTerm, status, N_ ("Status"), tw_active_keys, 0),
  TW_LIST (TwPaymentTerm, instalments, N_ ("Instalments"), tw_instalment_get_type, 60, TW_REQUIRED),
};
TW_DEFINE_RECORD (TwPaymentTerm, tw_payment_term, "payment_term", N_ ("Payment term"), payment_term_fields)
