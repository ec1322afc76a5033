/* delegation-page.c: one delegation: who signs for whom, from when to when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/approval/delegation-page.h"

#include "shared/document/common.h"
#include "shared/document/user.h"

struct _TwDelegationPage
{
  TwDetailPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwDelegationPage, tw_delegation_page, TW_TYPE_DETAIL_PAGE)

/* One's own signature, from today on. */
static void
tw_delegation_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwDelegation *delegation = (TwDelegation *) record;

  tw_record_set_string (&delegation->principal, tw_session_get_user (tw_session_get_default ()));
  delegation->valid_from = tw_date_today ();
  delegation->status = tw_key_find (tw_active_keys, "active");
}

static void
tw_delegation_page_class_init (TwDelegationPageClass *klass)
{
  TW_DETAIL_PAGE_CLASS (klass)->begin = tw_delegation_page_begin;
  tw_detail_page_class_set_template (GTK_WIDGET_CLASS (klass), "approval/delegation-page.ui",
                                     tw_delegation_get_type ());
}

static void
tw_delegation_page_init (TwDelegationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
