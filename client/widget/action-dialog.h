/* action-dialog.h: asks what an action of a document has to be told, and carries it out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An area declares one by a template of its own:
 *
 *   <template class="TwDeliverDialog" parent="TwActionDialog">
 *     <property name="title" translatable="yes">Deliver</property>
 *     <property name="arguments-type">TwDeliverArguments</property>
 *     <child> …form rows, anything… </child>
 *   </template>
 *
 * The TwEditors of its body write into the arguments. What the server refuses is shown beside its field and the dialog
 * stays with all that was typed. Enter in a line of text and Ctrl+Enter anywhere carry it out, Escape closes.
 */
#pragma once

#include <adwaita.h>

#include "client/widget/editor.h"
#include "shared/base/error.h"
#include "shared/document/action.h"

G_BEGIN_DECLS

#define TW_TYPE_ACTION_DIALOG (tw_action_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (TwActionDialog, tw_action_dialog, TW, ACTION_DIALOG, AdwWindow)

/* Properties: "arguments-type" (GType of a TwRecord), "arguments" (TwRecord, what is being told).
 * Signal: "done" (TwRecord *document): it was carried out, this is the document now. The dialog closes by itself. */
struct _TwActionDialogClass
{
  AdwWindowClass parent_class;

  /* All nullable. */
  /* Fills in what is known before anybody types. */
  void (*begin) (TwActionDialog *self, TwRecord *arguments, TwRecord *document);
  /* The record that @editor writes into, when it is not the arguments; NULL: it is. */
  TwRecord *(*get_record) (TwActionDialog *self, TwEditor *editor);
  /* Takes over what no editor writes; FALSE, having shown why, when it makes no sense. */
  gboolean (*collect) (TwActionDialog *self, TwRecord *arguments);
  /* Shows a fault (NULL: clears all) that the editors of the arguments do not; TRUE when it has a place. */
  gboolean (*show_fault) (TwActionDialog *self, const TwFault *fault);
};

/* The template @resource below TW_RESOURCE_PATH/ui ("delivery/deliver-dialog.ui") for a subclass. */
void tw_action_dialog_class_set_template (GtkWidgetClass *klass, const char *resource, GType arguments_type);

/* Asks, over the window of @parent, for @action of @document at @route ("/shipments"). @label: of the button. */
void tw_action_dialog_ask (TwActionDialog *self, GtkWidget *parent, const char *route, TwRecord *document,
                           const char *action, const char *label);

TwRecord *tw_action_dialog_get_arguments (TwActionDialog *self); /* (transfer none) */
/* As if the button had been pressed. */
void tw_action_dialog_carry_out (TwActionDialog *self);
/* A sentence over the form; NULL takes it away. */
void tw_action_dialog_show_message (TwActionDialog *self, const char *message);
/* Makes it as high as its form is now: after something was added to it. */
void tw_action_dialog_fit (TwActionDialog *self);

G_END_DECLS
