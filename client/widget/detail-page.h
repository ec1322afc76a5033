/* detail-page.h: one document: shown, edited, saved, acted on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An area declares one by a template of its own:
 *
 *   <template class="TwCustomerPage" parent="TwDetailPage">
 *     <property name="route">/customers</property>
 *     <property name="record-type">TwCustomer</property>
 *     <property name="title-field">name</property>
 *     <property name="subtitle-field">code</property>
 *     <property name="new-title" translatable="yes">New customer</property>
 *     <property name="unset-title" translatable="yes">…</property>  where a stored one may have no title yet
 *     <property name="edit-permission">customer.write</property>
 *     <property name="edit-states">draft,quoted</property>      where a lifecycle limits editing
 *     <property name="own-actions">approve,reject</property>    have buttons on the page: not in the header again
 *     <child> …form rows, line editors, anything… </child>      the body
 *     <child type="footer"> … </child>                          stays below the scrolled body (totals)
 *     <child type="end"> … </child>                             a button of the header
 *     <child type="next"> … </child>                            a next step: in the header, while folded at the foot
 *   </template>
 *
 * The page finds the TwEditors of its body and does the rest: loading, the changed fields, saving with
 * If-Match, merging what somebody else saved meanwhile, faults beside their fields, drafts of what is typed, the
 * document's actions, its history, and following live changes. `<lookup name="total" type="TwOrder"><lookup
 * name="record">TwOrderPage</lookup></lookup>` shows a field.
 */
#pragma once

#include <adwaita.h>

#include "client/net/session.h"
#include "client/widget/editor.h"
#include "shared/document/action.h"

G_BEGIN_DECLS

#define TW_TYPE_DETAIL_PAGE (tw_detail_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TwDetailPage, tw_detail_page, TW, DETAIL_PAGE, AdwBin)

/* Properties beside those of the template: "record" (TwRecord, the one shown, with what was typed), "dirty", "editing"
 * (booleans), "folded" (it is shown alone: offers the way back).
 * Signals: "stored" (TwRecord *record): after a save or an action; "closed" (): back to the list. */
struct _TwDetailPageClass
{
  AdwBinClass parent_class;

  /* All nullable. */
  /* A new record is about to be shown: set what an area knows (date of today …). */
  void (*begin) (TwDetailPage *self, TwRecord *record);
  /* The record was loaded, saved, acted on or merged: fill what bindings do not. */
  void (*shown) (TwDetailPage *self, TwRecord *record);
  /* The person changed @field. */
  void (*edited) (TwDetailPage *self, TwRecord *record, const char *field);
  /* An action that needs more than a reason: show its dialog, then tw_detail_page_run_action(). TRUE when taken. */
  gboolean (*act) (TwDetailPage *self, TwActionState *action);
  /* Whether the form may be typed in; the default goes by edit-permission and edit-states. */
  gboolean (*can_edit) (TwDetailPage *self, TwRecord *record);
};

/* The template @resource below TW_RESOURCE_PATH/ui ("sales/order-page.ui") for a subclass; makes @record_type known to
 * it. */
void tw_detail_page_class_set_template (GtkWidgetClass *klass, const char *resource, GType record_type);

/* Shows the document; 0 begins a new one. What is typed here and not saved is kept as a draft. */
void tw_detail_page_load (TwDetailPage *self, gint64 id);
void tw_detail_page_reload (TwDetailPage *self);
/* Nothing is chosen. */
void tw_detail_page_clear (TwDetailPage *self);
/* The cursor into the first field, past the buttons of the header. */
void tw_detail_page_focus_form (TwDetailPage *self);

TwRecord *tw_detail_page_get_record (TwDetailPage *self); /* (transfer none), NULL when nothing is shown */
gboolean tw_detail_page_is_dirty (TwDetailPage *self);
gboolean tw_detail_page_is_editing (TwDetailPage *self);
/* Cancelled when another record is shown: for the calls an area makes for this one. */
GCancellable *tw_detail_page_get_cancellable (TwDetailPage *self);

/* Sends what was changed. Runs without effect when nothing was. */
void tw_detail_page_save (TwDetailPage *self);
/* What the highlighted button does: saves what was typed, else takes the document's next step. FALSE: there is none. */
gboolean tw_detail_page_proceed (TwDetailPage *self);
void tw_detail_page_discard (TwDetailPage *self);
/* POST …/actions/@action with @arguments (JSON object, nullable, taken); what is typed is saved first,
 * a new document too. */
void tw_detail_page_run_action (TwDetailPage *self, const char *action, GString *arguments);
/* As if the person had typed: marks @field as changed after the caller wrote it into the record. */
void tw_detail_page_mark_edited (TwDetailPage *self, const char *field);

/* Faults beside their fields, the rest as a banner. Cancelled calls show nothing. */
void tw_detail_page_show_error (TwDetailPage *self, const GError *error);
void tw_detail_page_show_history (TwDetailPage *self);
void tw_detail_page_set_folded (TwDetailPage *self, gboolean folded);

G_END_DECLS
