/* audit-list.c: who changed what, when, and from where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/admin-pages.h"
#include "client/admin/change-dialog.h"
#include "client/widget/exchange-menu.h"

struct _TwAuditList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwAuditList, tw_audit_list, TW_TYPE_LIST_PAGE)

static void
activated_cb (TwAuditList *self, TwRecord *record)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (tw_change_dialog_new (window, (TwChange *) record)));
}

static void
tw_audit_list_class_init (TwAuditListClass *klass)
{
  g_type_ensure (TW_TYPE_EXCHANGE_MENU);
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "admin/audit-list.ui", tw_change_get_type ());
}

static void
tw_audit_list_init (TwAuditList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "record-activated", G_CALLBACK (activated_cb), NULL);
}
