/* change.c: see change.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/change.h"

/* Customers see that something happened and when; who of us did it from where, and what we said of it, stays inside. */
static const TwField change_fields[] = {
  TW_LINE_FIELDS (TwChange),
  TW_TIME (TwChange, at, N_ ("Time"), TW_SERVER),
  TW_TEXT (TwChange, user, N_ ("User"), 40, TW_SERVER | TW_INTERNAL),
  TW_TEXT (TwChange, user_name, N_ ("Full name"), 120, TW_SERVER | TW_INTERNAL),
  TW_TEXT (TwChange, on_behalf_of, N_ ("On behalf of"), 40, TW_SERVER | TW_INTERNAL),
  TW_TEXT (TwChange, source, N_ ("Sent from"), 80, TW_SERVER | TW_INTERNAL),
  TW_TEXT (TwChange, document, N_ ("Document"), 40, TW_SERVER),
  TW_INT (TwChange, document_id, N_ ("Document"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwChange, action, N_ ("Action"), 40, TW_SERVER),
  TW_TEXT (TwChange, reason, N_ ("Reason"), 500, TW_SERVER | TW_INTERNAL),
  TW_JSON (TwChange, before, N_ ("Before"), TW_SERVER | TW_INTERNAL),
  TW_JSON (TwChange, after, N_ ("After"), TW_SERVER | TW_INTERNAL),
  TW_INT (TwChange, seq, N_ ("Sequence"), 0, G_MAXINT64, TW_SERVER),
};
TW_DEFINE_RECORD (TwChange, tw_change, "change", N_ ("Change"), change_fields)
