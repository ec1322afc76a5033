/* change.h: one entry of the change log, as history and audit show it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwChange
{
  TwRecord parent;
  TwTime at;
  char *user;
  char *user_name;
  char *on_behalf_of;
  char *source;
  char *document;
  gint64 document_id;
  char *action;
  char *reason;
  char *before; /* JSON object of the fields that differ */
  char *after;
  gint64 seq; /* 0 until it is sealed */
};
TW_DECLARE_RECORD (TwChange, tw_change)

G_END_DECLS
