/* approval-list.c: what waits for the signature of whoever looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/approval/approval-list.h"

#include "shared/document/approval.h"

struct _TwApprovalList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwApprovalList, tw_approval_list, TW_TYPE_LIST_PAGE)

static void
tw_approval_list_class_init (TwApprovalListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "approval/approval-list.ui", tw_approval_get_type ());
}

static void
tw_approval_list_init (TwApprovalList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
