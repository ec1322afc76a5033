/* statement-page.c: what a customer was invoiced and paid in a period, and how old the rest is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/statement-page.h"

#include "client/application.h"
#include "client/widget/banner.h"
#include "client/widget/document-file.h"
#include "client/widget/editor.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/format.h"
#include "client/widget/table.h"
#include "shared/base/text.h"

struct _TwStatementPage
{
  AdwBin parent_instance;

  GtkWidget *sidebar_button;
  GtkWidget *pdf_button;
  GtkSpinner *spinner;
  TwBanner *banner;
  AdwWindowTitle *title;
  GtkWidget *query;
  TwFormRow *customer_row;
  GtkStack *stack; /* "nothing", "statement" */
  TwTable *table;
  GtkLabel *opening;
  GtkLabel *closing;
  GtkLabel *not_due;
  GtkLabel *days_30;
  GtkLabel *days_60;
  GtkLabel *days_90;
  GtkLabel *older;
  GtkLabel *on_account;

  TwStatementQuery *asked;
  TwStatementOfAccount *statement; /* nullable */
  gboolean narrow;
  GCancellable *cancellable; /* of the statement that is being read */
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static const TwField statement_query_fields[] = {
  TW_TEXT (TwStatementQuery, customer, N_ ("Customer"), 20, TW_REQUIRED),
  TW_INT (TwStatementQuery, customer_id, N_ ("Customer"), 0, G_MAXINT64, 0),
  TW_TEXT (TwStatementQuery, customer_name, N_ ("Customer name"), 120, 0),
  TW_DATE (TwStatementQuery, date_from, N_ ("From"), 0),
  TW_DATE (TwStatementQuery, date_to, N_ ("Until"), 0),
};
TW_DEFINE_RECORD (TwStatementQuery, tw_statement_query, "statement_query", N_ ("Statement of account"),
                  statement_query_fields)

G_DEFINE_FINAL_TYPE (TwStatementPage, tw_statement_page, ADW_TYPE_BIN)

/* ---- Showing ------------------------------------------------------------------------------------------------- */

static void
show_amount (GtkLabel *label, TwDecimal amount)
{
  g_autofree char *text = tw_format_decimal (amount, 2);

  gtk_label_set_label (label, text);
}

static void
show_statement (TwStatementPage *self)
{
  TwStatementOfAccount *statement = self->statement;
  /* Translators: name of a customer, and the currency of the statement */
  g_autofree char *subtitle
    = g_strdup_printf (_("%s · %s"), statement->customer_name, statement->currency);

  adw_window_title_set_subtitle (self->title, subtitle);
  tw_table_set_model (self->table, G_LIST_MODEL (statement->lines));
  show_amount (self->opening, statement->opening);
  show_amount (self->closing, statement->closing);
  show_amount (self->not_due, statement->not_due);
  show_amount (self->days_30, statement->days_30);
  show_amount (self->days_60, statement->days_60);
  show_amount (self->days_90, statement->days_90);
  show_amount (self->older, statement->older);
  show_amount (self->on_account, statement->on_account);
  gtk_widget_set_sensitive (self->pdf_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "statement");
}

static void
show_notice (TwStatementPage *self, const char *text)
{
  tw_banner_set_title (self->banner, text);
  tw_banner_set_revealed (self->banner, *text != '\0');
}

/* ---- Reading ------------------------------------------------------------------------------------------------- */

static void
append_day (GString *path, const char *name, TwDate day)
{
  g_autofree char *text = tw_date_is_set (day) ? tw_date_format (day) : NULL;

  tw_api_append_query (path, name, text);
}

static GString *
make_path (TwStatementPage *self)
{
  GString *path = g_string_new (NULL);

  g_string_printf (path, "/customers/%" G_GINT64_FORMAT "/statement", self->asked->customer_id);
  append_day (path, "from", self->asked->date_from);
  append_day (path, "to", self->asked->date_to);
  return path;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwStatementPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) statement = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (statement == NULL)
    {
      show_notice (self, error->message);
      return;
    }
  show_notice (self, "");
  g_set_object (&self->statement, (TwStatementOfAccount *) statement);
  show_statement (self);
}

static void
load (TwStatementPage *self)
{
  g_autoptr (GString) path = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->asked->customer_id == 0)
    return;
  path = make_path (self);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  tw_api_get_record_async (tw_session_get_api (tw_session_get_default ()), tw_statement_of_account_get_type (),
                           path->str, self->cancellable, read_cb, g_object_ref (self));
}

/* ---- Callbacks ----------------------------------------------------------------------------------------------- */

static void
edited_cb (TwStatementPage *self)
{
  load (self);
}

/* Enter on a line leads to its document. */
static void
line_activated_cb (TwStatementPage *self, TwStatementLine *line)
{
  const char *kind = g_strcmp0 (line->document, "credit_note") == 0 ? "invoice" : line->document;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", kind, line->document_id);
}

static void
pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwStatementPage *self = TW_STATEMENT_PAGE (widget);
  g_autoptr (GString) path = NULL;
  g_autofree char *file = NULL;

  if (self->statement == NULL)
    return;
  path = make_path (self);
  tw_api_append_query (path, "format", "pdf");
  tw_api_append_query (path, "language", g_variant_get_string (parameter, NULL));
  file = g_strdup_printf ("%s.pdf", self->statement->customer);
  g_strdelimit (file, G_DIR_SEPARATOR_S, '-');
  tw_document_file_open (widget, path->str, file);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (TW_STATEMENT_PAGE (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_form_row_focus (TW_STATEMENT_PAGE (widget)->customer_row);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_statement_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwStatementPage *self = TW_STATEMENT_PAGE (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  gtk_widget_set_visible (self->sidebar_button, self->narrow);
}

static void
tw_statement_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TW_STATEMENT_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_statement_page_dispose (GObject *object)
{
  TwStatementPage *self = TW_STATEMENT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->asked);
  g_clear_object (&self->statement);
  G_OBJECT_CLASS (tw_statement_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, pdf_button);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, title);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, query);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, customer_row);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, table);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, opening);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, closing);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, not_due);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, days_30);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, days_60);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, days_90);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, older);
  gtk_widget_class_bind_template_child (widget_class, TwStatementPage, on_account);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
}

static void
tw_statement_page_class_init (TwStatementPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = tw_statement_page_set_property;
  object_class->get_property = tw_statement_page_get_property;
  object_class->dispose = tw_statement_page_dispose;
  properties[PROP_NARROW]
    = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (TW_TYPE_BANNER);
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_statement_line_get_type ());
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/finance/statement-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "statement.pdf", "s", pdf_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "statement.pdf", "s", "");
}

/* Of this year, until today. */
static void
begin_query (TwStatementPage *self)
{
  g_autoptr (GPtrArray) editors = tw_editor_collect (self->query);
  g_autofree char *today = NULL;
  g_autofree char *first = NULL;

  self->asked = tw_statement_query_new ();
  self->asked->date_to = tw_date_today ();
  today = tw_date_format (self->asked->date_to);
  first = g_strdup_printf ("%.4s-01-01", today);
  tw_date_parse (first, &self->asked->date_from, NULL);
  for (guint i = 0; i < editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (editors, i);

      tw_editor_set_editable (editor, TRUE);
      tw_editor_set_record (editor, TW_RECORD (self->asked));
      g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
tw_statement_page_init (TwStatementPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  begin_query (self);
}

void
tw_statement_page_ask (TwStatementPage *self, gint64 customer_id, const char *customer, const char *name, TwDate from,
                       TwDate to)
{
  g_autoptr (TwStatementQuery) query = (TwStatementQuery *) tw_record_copy (TW_RECORD (self->asked));

  query->customer_id = customer_id;
  tw_record_set_string (&query->customer, customer);
  tw_record_set_string (&query->customer_name, name);
  if (tw_date_is_set (from))
    query->date_from = from;
  if (tw_date_is_set (to))
    query->date_to = to;
  tw_record_assign (TW_RECORD (self->asked), TW_RECORD (query));
  load (self);
}

TwStatementOfAccount *
tw_statement_page_get_statement (TwStatementPage *self)
{
  return self->statement;
}
