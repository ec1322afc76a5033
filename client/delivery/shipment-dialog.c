/* shipment-dialog.c: which dialog asks for an action of a shipment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/shipment-dialog.h"

#include "client/delivery/deliver-dialog.h"
#include "client/delivery/dispatch-dialog.h"
#include "client/delivery/report-dialog.h"
#include "client/warehouse/pack-dialog.h"
#include "client/warehouse/pick-dialog.h"

static const struct
{
  const char *action;
  GType (*type) (void);
} dialogs[] = {
  { "pick", tw_pick_dialog_get_type },
  { "pack", tw_pack_dialog_get_type },
  { "dispatch", tw_dispatch_dialog_get_type },
  { "deliver", tw_deliver_dialog_get_type },
  { "report_exception", tw_report_dialog_get_type },
};

TwActionDialog *
tw_shipment_dialog_ask (GtkWidget *parent, TwRecord *shipment, const char *action, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (g_str_equal (dialogs[i].action, action))
      {
        TwActionDialog *dialog = g_object_new (dialogs[i].type (), NULL);

        tw_action_dialog_ask (dialog, parent, "/shipments", shipment, action, label);
        return dialog;
      }
  return NULL;
}
