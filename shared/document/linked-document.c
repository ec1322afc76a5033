/* linked-document.c: see linked-document.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/linked-document.h"

static const TwField linked_document_fields[] = {
  TW_RECORD_FIELDS (TwLinkedDocument),
  TW_TEXT (TwLinkedDocument, document, N_ ("Document"), 40, TW_SERVER),
  TW_TEXT (TwLinkedDocument, number, N_ ("Number"), 30, TW_SERVER),
  TW_TEXT (TwLinkedDocument, state, N_ ("State"), 30, TW_SERVER),
  TW_TEXT (TwLinkedDocument, currency, N_ ("Currency"), 3, TW_SERVER),
  TW_MONEY (TwLinkedDocument, total, N_ ("Total"), TW_SERVER),
};
TW_DEFINE_RECORD (TwLinkedDocument, tw_linked_document, "linked_document", N_ ("Linked document"),
                  linked_document_fields)
