/* finance-pages.h: invoices, payments, refunds, receivables, statements and the journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each shows is in its template below ui/finance.
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

G_DECLARE_FINAL_TYPE (TwInvoiceList, tw_invoice_list, TW, INVOICE_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwPaymentList, tw_payment_list, TW, PAYMENT_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwRefundList, tw_refund_list, TW, REFUND_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwJournalList, tw_journal_list, TW, JOURNAL_LIST, TwListPage)
/* With code of their own, in files of their names. */
G_DECLARE_FINAL_TYPE (TwToInvoiceList, tw_to_invoice_list, TW, TO_INVOICE_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwToInvoicePage, tw_to_invoice_page, TW, TO_INVOICE_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwInvoicePage, tw_invoice_page, TW, INVOICE_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwPaymentPage, tw_payment_page, TW, PAYMENT_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwRefundPage, tw_refund_page, TW, REFUND_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwReceivableList, tw_receivable_list, TW, RECEIVABLE_LIST, TwListPage)

G_END_DECLS
