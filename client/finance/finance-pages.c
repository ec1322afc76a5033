/* finance-pages.c: lists that their templates say all about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/finance-pages.h"

#include "client/widget/plain-page.h"
#include "shared/document/invoice.h"
#include "shared/document/ledger.h"
#include "shared/document/payment.h"
#include "shared/document/refund.h"

TW_DEFINE_PLAIN_LIST (TwInvoiceList, tw_invoice_list, "finance/invoice-list.ui", tw_invoice_get_type)
TW_DEFINE_PLAIN_LIST (TwPaymentList, tw_payment_list, "finance/payment-list.ui", tw_payment_get_type)
TW_DEFINE_PLAIN_LIST (TwRefundList, tw_refund_list, "finance/refund-list.ui", tw_refund_get_type)
TW_DEFINE_PLAIN_LIST (TwJournalList, tw_journal_list, "finance/journal-list.ui", tw_journal_line_get_type)
