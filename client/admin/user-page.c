/* user-page.c: one person who signs in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/admin-pages.h"
#include "client/admin/roles-editor.h"
#include "client/admin/user-password-dialog.h"
#include "client/widget/form-row.h"
#include "client/window.h"
#include "shared/base/text.h"
#include "shared/document/common.h"
#include "shared/document/user.h"

struct _TwUserPage
{
  TwDetailPage parent_instance;

  TwRolesEditor *roles;
  GtkWidget *customer;
  GtkWidget *password_button;
};

G_DEFINE_FINAL_TYPE (TwUserPage, tw_user_page, TW_TYPE_DETAIL_PAGE)

static void
password_changed_cb (TwUserPage *self)
{
  tw_window_notify (GTK_WIDGET (self), _("The new password holds from now on."));
}

static void
password_clicked_cb (TwUserPage *self)
{
  TwUser *user = (TwUser *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));
  TwUserPasswordDialog *dialog
    = tw_user_password_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), user);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Only a customer's contact belongs to a customer. */
static void
update_customer (TwUserPage *self, TwUser *user)
{
  gboolean contact = user->roles != NULL && g_strv_contains ((const char *const *) user->roles, "customer");

  gtk_widget_set_visible (self->customer, contact || user->customer != NULL);
}

static void
tw_user_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwUser *user = (TwUser *) record;

  user->status = tw_key_find (tw_user_status_keys, "active");
  user->language = tw_key_find (tw_language_keys, "en");
}

static void
tw_user_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwUserPage *self = TW_USER_PAGE (page);

  update_customer (self, (TwUser *) record);
  gtk_widget_set_visible (self->password_button, record->id != 0 && tw_detail_page_is_editing (page));
}

static void
tw_user_page_edited (TwDetailPage *page, TwRecord *record, const char *field)
{
  if (g_str_equal (field, "roles") || g_str_equal (field, "customer"))
    update_customer (TW_USER_PAGE (page), (TwUser *) record);
}

static void
tw_user_page_class_init (TwUserPageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  page_class->begin = tw_user_page_begin;
  page_class->shown = tw_user_page_shown;
  page_class->edited = tw_user_page_edited;
  g_type_ensure (TW_TYPE_ROLES_EDITOR);
  tw_detail_page_class_set_template (widget_class, "admin/user-page.ui", tw_user_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwUserPage, roles);
  gtk_widget_class_bind_template_child (widget_class, TwUserPage, customer);
  gtk_widget_class_bind_template_child (widget_class, TwUserPage, password_button);
  gtk_widget_class_bind_template_callback (widget_class, password_clicked_cb);
}

static void
tw_user_page_init (TwUserPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
