/* probe.c: a list and a detail page of customers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/client/probe.h"

#include "shared/document/customer.h"

struct _TwProbeList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwProbeList, tw_probe_list, TW_TYPE_LIST_PAGE)

static void
tw_probe_list_class_init (TwProbeListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "tests/probe.ui", tw_customer_get_type ());
}

static void
tw_probe_list_init (TwProbeList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

struct _TwProbePage
{
  TwDetailPage parent_instance;

  TwFormRow *code_row;
  TwFormRow *name_row;
  TwFormRow *term_row;
  TwFormRow *limit_row;
  TwLineEditor *contacts;
};

G_DEFINE_FINAL_TYPE (TwProbePage, tw_probe_page, TW_TYPE_DETAIL_PAGE)

static void
tw_probe_page_class_init (TwProbePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  tw_detail_page_class_set_template (widget_class, "tests/probe-page.ui", tw_customer_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwProbePage, code_row);
  gtk_widget_class_bind_template_child (widget_class, TwProbePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, TwProbePage, term_row);
  gtk_widget_class_bind_template_child (widget_class, TwProbePage, limit_row);
  gtk_widget_class_bind_template_child (widget_class, TwProbePage, contacts);
}

static void
tw_probe_page_init (TwProbePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwFormRow *
tw_probe_page_get_row (TwProbePage *self, const char *field)
{
  TwFormRow *rows[] = { self->code_row, self->name_row, self->term_row, self->limit_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (tw_editor_get_field (TW_EDITOR (rows[i])), field) == 0)
      return rows[i];
  g_assert_not_reached ();
}

TwLineEditor *
tw_probe_page_get_contacts (TwProbePage *self)
{
  return self->contacts;
}
