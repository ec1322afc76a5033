/* delegation-list.c: who signs for whom, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/approval/delegation-list.h"

#include "shared/document/user.h"

struct _TwDelegationList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwDelegationList, tw_delegation_list, TW_TYPE_LIST_PAGE)

static void
tw_delegation_list_class_init (TwDelegationListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "approval/delegation-list.ui", tw_delegation_get_type ());
}

static void
tw_delegation_list_init (TwDelegationList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
