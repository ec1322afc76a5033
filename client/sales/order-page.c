/* order-page.c: one sales order or quotation: entered, checked, submitted, followed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/order-page.h"

#include "client/approval/chain-panel.h"
#include "client/sales/check-panel.h"
#include "client/sales/document-panel.h"
#include "client/sales/hold-dialog.h"
#include "client/sales/order-closures.h"
#include "client/sales/order-preview.h"
#include "client/sales/shortage-choice.h"
#include "client/widget/form-row.h"
#include "client/widget/line-editor.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwOrderPage
{
  TwDetailPage parent_instance;

  /* Template widgets */
  TwFormRow *customer_row;
  GtkToggleButton *terms_button;
  TwLineEditor *lines;
  TwShortageChoice *shortage;
  TwDocumentPanel *documents;

  TwOrderPreview *preview;
  TwOrder *reckoned; /* nullable */
  char *trouble;
  gboolean line_faults; /* the preview's stand beside the lines */
};

enum
{
  PROP_0,
  PROP_RECKONED,
  PROP_OUTLOOK,
  PROP_TROUBLE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwOrderPage, tw_order_page, TW_TYPE_DETAIL_PAGE)

static TwOrder *
get_order (TwOrderPage *self)
{
  return (TwOrder *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));
}

static gboolean
is_draft (TwOrder *order)
{
  return order != NULL && (order->state == NULL || g_str_equal (order->state, "draft"));
}

/* Whether the server is asked what it thinks of the order. */
static gboolean
is_reckoned (TwOrderPage *self)
{
  return is_draft (get_order (self)) && tw_detail_page_is_editing (TW_DETAIL_PAGE (self));
}

static void
update_actions (TwOrderPage *self)
{
  gboolean editing = tw_detail_page_is_editing (TW_DETAIL_PAGE (self));
  gboolean may_submit = tw_session_may (tw_session_get_default (), "order.submit");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.submit", editing && may_submit
                                                                      && is_draft (get_order (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.add-line", editing);
}

/* ---- The server's view --------------------------------------------------------------------------------------- */

static void
set_trouble (TwOrderPage *self, const char *trouble)
{
  if (g_strcmp0 (self->trouble, trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
}

static void
set_reckoned (TwOrderPage *self, TwOrder *reckoned)
{
  if (!g_set_object (&self->reckoned, reckoned))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTLOOK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECKONED]);
  tw_shortage_choice_set_short (self->shortage, tw_order_find_fault (reckoned, "stock") != NULL);
}

/* What is folded away is shown when something is wrong in it. */
static void
show_address_fault (TwOrderPage *self, TwOrder *reckoned)
{
  if (tw_order_find_fault (reckoned, "address") != NULL)
    gtk_toggle_button_set_active (self->terms_button, TRUE);
}

static void
clear_line_faults (TwOrderPage *self)
{
  if (self->line_faults)
    tw_editor_show_fault (TW_EDITOR (self->lines), "", NULL);
  self->line_faults = FALSE;
}

/* Beside its line and field. FALSE: it is about something else. */
static gboolean
show_line_fault (TwOrderPage *self, TwFault *fault)
{
  g_auto (GStrv) parts = g_strsplit (fault->pointer, "/", 4);
  g_autofree char *rest = NULL;
  guint64 sent;
  guint position;

  if (g_strv_length (parts) < 3 || !g_str_equal (parts[1], "lines")
      || !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXUINT32, &sent, NULL)
      || !tw_order_preview_find_line (self->preview, (guint) sent, &position))
    return FALSE;
  rest = parts[3] != NULL ? g_strdup_printf ("/%u/%s", position, parts[3]) : g_strdup_printf ("/%u", position);
  tw_editor_show_fault (TW_EDITOR (self->lines), rest, fault->detail);
  self->line_faults = TRUE;
  return TRUE;
}

/* What was reckoned before holds no longer; said is the cause alone, and once. */
static void
failed_cb (TwOrderPage *self, const GError *error)
{
  GPtrArray *faults = error->domain == TW_ERROR ? tw_error_get_faults (error) : NULL;
  gboolean all_shown = faults != NULL && faults->len > 0;

  clear_line_faults (self);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    all_shown = show_line_fault (self, g_ptr_array_index (faults, i)) && all_shown;
  set_trouble (self, all_shown ? "" : error->message);
  set_reckoned (self, get_order (self));
}

static void
answered_cb (TwOrderPage *self, TwOrder *reckoned)
{
  clear_line_faults (self);
  set_trouble (self, "");
  set_reckoned (self, reckoned);
  show_address_fault (self, reckoned);
  tw_line_editor_update (self->lines);
}

static void
ask (TwOrderPage *self)
{
  if (is_reckoned (self))
    tw_order_preview_ask (self->preview, get_order (self));
}

/* ---- As a detail page ---------------------------------------------------------------------------------------- */

static void
tw_order_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwOrder *order = (TwOrder *) record;

  order->channel = tw_key_find (tw_order_channel_keys, "phone");
  order->order_date = tw_date_today ();
}

static gboolean
focus_customer_cb (gpointer user_data)
{
  tw_form_row_focus (TW_ORDER_PAGE (user_data)->customer_row);
  return G_SOURCE_REMOVE;
}

static void
tw_order_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwOrderPage *self = TW_ORDER_PAGE (page);
  TwOrder *order = (TwOrder *) record;

  tw_order_preview_cancel (self->preview);
  tw_order_preview_take (self->preview, order);
  self->line_faults = FALSE;
  set_trouble (self, "");
  set_reckoned (self, order);
  update_actions (self);
  tw_document_panel_show (self->documents, is_draft (order) ? 0 : record->id);
  ask (self);
  /* A phone order begins with who calls; the desk still has to show the page. */
  if (record->id == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_customer_cb, g_object_ref (self), g_object_unref);
}

static void
tw_order_page_edited (TwDetailPage *page, TwRecord *record, const char *field)
{
  TwOrderPage *self = TW_ORDER_PAGE (page);

  tw_order_preview_keep (self->preview, (TwOrder *) record, field);
  tw_order_preview_prepare (self->preview, (TwOrder *) record);
  ask (self);
}

static void
hold_answered_cb (TwHoldDialog *dialog, GString *arguments, gpointer user_data)
{
  tw_detail_page_run_action (user_data, "hold", g_string_new_len (arguments->str, (gssize) arguments->len));
}

static gboolean
tw_order_page_act (TwDetailPage *page, TwActionState *action)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  TwHoldDialog *dialog;

  if (g_strcmp0 (action->action, "hold") != 0)
    return FALSE;
  dialog = tw_hold_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  g_signal_connect_object (dialog, "answered", G_CALLBACK (hold_answered_cb), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* ---- Actions ------------------------------------------------------------------------------------------------- */

static void
submit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_detail_page_run_action (TW_DETAIL_PAGE (widget), "submit", NULL);
}

static void
add_line_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_line_editor_add_line (TW_ORDER_PAGE (widget)->lines);
}

/* Enter in the customer's reference: the lines are next. */
static gboolean
reference_entered_cb (TwOrderPage *self)
{
  GListModel *lines = tw_line_editor_get_lines (self->lines);

  if (lines == NULL || g_list_model_get_n_items (lines) == 0)
    tw_line_editor_add_line (self->lines);
  else
    tw_line_editor_focus_field (self->lines, 0, "product");
  return TRUE;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_order_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwOrderPage *self = TW_ORDER_PAGE (object);

  switch (id)
    {
    case PROP_RECKONED:
      g_value_set_object (value, self->reckoned);
      break;
    case PROP_OUTLOOK:
      g_value_set_boolean (value, self->reckoned != NULL && self->reckoned != get_order (self));
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_order_page_dispose (GObject *object)
{
  TwOrderPage *self = TW_ORDER_PAGE (object);

  if (self->preview != NULL)
    tw_order_preview_cancel (self->preview);
  g_clear_object (&self->preview);
  g_clear_object (&self->reckoned);
  G_OBJECT_CLASS (tw_order_page_parent_class)->dispose (object);
}

static void
tw_order_page_finalize (GObject *object)
{
  g_free (TW_ORDER_PAGE (object)->trouble);
  G_OBJECT_CLASS (tw_order_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_RECKONED] = g_param_spec_object ("reckoned", NULL, NULL, tw_order_get_type (), flags);
  properties[PROP_OUTLOOK] = g_param_spec_boolean ("outlook", NULL, NULL, FALSE, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_order_page_class_init (TwOrderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);

  object_class->dispose = tw_order_page_dispose;
  object_class->finalize = tw_order_page_finalize;
  object_class->get_property = tw_order_page_get_property;
  page_class->begin = tw_order_page_begin;
  page_class->shown = tw_order_page_shown;
  page_class->edited = tw_order_page_edited;
  page_class->act = tw_order_page_act;
  install_properties (object_class);

  g_type_ensure (TW_TYPE_CHECK_PANEL);
  g_type_ensure (TW_TYPE_CHAIN_PANEL);
  g_type_ensure (TW_TYPE_DOCUMENT_PANEL);
  g_type_ensure (TW_TYPE_SHORTAGE_CHOICE);
  tw_detail_page_class_set_template (widget_class, "sales/order-page.ui", tw_order_get_type ());
  tw_order_bind_closures (widget_class);
  gtk_widget_class_bind_template_child (widget_class, TwOrderPage, customer_row);
  gtk_widget_class_bind_template_child (widget_class, TwOrderPage, terms_button);
  gtk_widget_class_bind_template_child (widget_class, TwOrderPage, lines);
  gtk_widget_class_bind_template_child (widget_class, TwOrderPage, shortage);
  gtk_widget_class_bind_template_child (widget_class, TwOrderPage, documents);
  gtk_widget_class_bind_template_callback (widget_class, reference_entered_cb);
  gtk_widget_class_install_action (widget_class, "order.submit", NULL, submit_action);
  gtk_widget_class_install_action (widget_class, "order.add-line", NULL, add_line_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "order.submit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "order.submit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "order.add-line", NULL);
}

static void
tw_order_page_init (TwOrderPage *self)
{
  self->trouble = g_strdup ("");
  self->preview = tw_order_preview_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->preview, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
