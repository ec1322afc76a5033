/* linked-document.h: a document that was made from another one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* Its id and created_at are the record's own. */
struct _TwLinkedDocument
{
  TwRecord parent;
  char *document; /* key: "shipment" */
  char *number;   /* none: a draft invoice has none yet */
  char *state;
  char *currency;
  TwDecimal total; /* 0 where there is no amount */
};
TW_DECLARE_RECORD (TwLinkedDocument, tw_linked_document)

G_END_DECLS
