/* exception-page.c: something that went wrong with a shipment, and its solution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/exception-page.h"

#include "client/delivery/resolve-dialog.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/shipment.h"
#include "shared/policy/role.h"

struct _TwExceptionPage
{
  TwDetailPage parent_instance;

  GtkLabel *owner;
};

G_DEFINE_FINAL_TYPE (TwExceptionPage, tw_exception_page, TW_TYPE_DETAIL_PAGE)

/* The owner is the key of a role; people read its name. */
static void
tw_exception_page_shown (TwDetailPage *page, TwRecord *record)
{
  const char *role = ((TwShipmentException *) record)->owner_role;

  gtk_label_set_label (TW_EXCEPTION_PAGE (page)->owner, role != NULL ? tw_key_get_label (tw_role_keys, role) : "");
}

static void
done_cb (TwExceptionPage *self, TwRecord *exception)
{
  tw_detail_page_reload (TW_DETAIL_PAGE (self));
  g_signal_emit_by_name (self, "stored", exception);
}

static gboolean
tw_exception_page_act (TwDetailPage *page, TwActionState *action)
{
  TwActionDialog *dialog;

  if (!g_str_equal (action->action, "resolve"))
    return FALSE;
  dialog = g_object_new (TW_TYPE_RESOLVE_DIALOG, NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), page, G_CONNECT_SWAPPED);
  tw_action_dialog_ask (dialog, GTK_WIDGET (page), "/shipment-exceptions", tw_detail_page_get_record (page),
                        action->action, action->label);
  return TRUE;
}

static void
open_clicked_cb (TwExceptionPage *self)
{
  TwShipmentException *exception = (TwShipmentException *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "shipment", exception->shipment_id);
}

static void
tw_exception_page_class_init (TwExceptionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TW_DETAIL_PAGE_CLASS (klass)->act = tw_exception_page_act;
  TW_DETAIL_PAGE_CLASS (klass)->shown = tw_exception_page_shown;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_detail_page_class_set_template (widget_class, "delivery/exception-page.ui", tw_shipment_exception_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwExceptionPage, owner);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
tw_exception_page_init (TwExceptionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
