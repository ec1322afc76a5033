/* detail-page-private.h: the detail page's members, shared by its files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * detail-page.c shows and edits; detail-page-steps.c offers what may be done; detail-page-store.c loads, saves, merges
 * and follows.
 */
#pragma once

#include "client/widget/action-bar.h"
#include "client/widget/banner.h"
#include "client/widget/detail-page.h"
#include "client/widget/timeline.h"

G_BEGIN_DECLS

typedef struct
{
  /* Template widgets */
  GtkWidget *template_root;
  GtkHeaderBar *header;
  AdwWindowTitle *window_title;
  GtkButton *back_button;
  GtkButton *save_button;
  GtkButton *discard_button;
  GtkToggleButton *history_button;
  GtkRevealer *history_revealer;
  TwTimeline *timeline;
  TwActionBar *action_bar;
  GtkSpinner *spinner;
  TwBanner *banner;
  GtkStack *stack; /* "nothing", "loading", "failed", "record" */
  GtkBox *body;
  GtkBox *footer;
  GtkBox *foot; /* the next steps while folded */
  AdwStatusPage *nothing_page;
  AdwStatusPage *failed_page;

  /* Declared */
  char *route;
  GType record_type;
  char *title_field;
  char *subtitle_field;
  char *new_title;
  char *unset_title;
  char *edit_permission;
  char *edit_states; /* comma-separated */
  char *own_actions; /* comma-separated */

  GPtrArray *steps;          /* borrowed: the area's own next steps, in the header or in the foot */
  GPtrArray *editors;        /* borrowed: they are in the template */
  TwRecord *record;          /* with what was typed; NULL when nothing is shown */
  TwRecord *stored;          /* as the server has it; NULL for a new one */
  GHashTable *edited;        /* set of field names */
  guint draft_source;        /* a draft is to be kept */
  char *draft_key;           /* of it */
  char *key;                 /* idempotency key of the write that is being tried; NULL: make a new one */
  char *pending_action;      /* to be run once what was typed is stored */
  GString *pending_arguments;
  GCancellable *cancellable; /* of the record shown */
  gint64 wanted_id;
  gboolean editing;
  gboolean busy;
  gboolean folded;
} TwDetailPagePrivate;

TwDetailPagePrivate *tw_detail_page_private (TwDetailPage *self);

/* detail-page.c */
void tw_detail_page_show_record (TwDetailPage *self);
void tw_detail_page_update (TwDetailPage *self);
void tw_detail_page_set_busy (TwDetailPage *self, gboolean busy);
void tw_detail_page_show_notice (TwDetailPage *self, const char *text);
void tw_detail_page_emit_stored (TwDetailPage *self);

/* detail-page-steps.c */
/* Those that the page has no buttons of its own for. (transfer full) (nullable) */
GListModel *tw_detail_page_get_actions (TwDetailPage *self);
void tw_detail_page_add_step (TwDetailPage *self, GtkWidget *step); /* of the area's template */
void tw_detail_page_update_steps (TwDetailPage *self); /* one has come or gone */

/* detail-page-store.c */
void tw_detail_page_write (TwDetailPage *self);
void tw_detail_page_act (TwDetailPage *self); /* runs pending_action */
/* Soon; tw_detail_page_write_draft() at once, if one is to be kept. */
void tw_detail_page_keep_draft (TwDetailPage *self);
void tw_detail_page_write_draft (TwDetailPage *self);
void tw_detail_page_forget_draft (TwDetailPage *self);
void tw_detail_page_follow_events (TwDetailPage *self);
void tw_detail_page_free_body (GString *body);
void tw_detail_page_ensure_types (void); /* of the widgets that templates name */

G_END_DECLS
