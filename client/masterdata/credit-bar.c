/* credit-bar.c: how much of a customer's credit is used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/masterdata/credit-bar.h"

#include "client/application.h"
#include "client/widget/format.h"

struct _TwCreditBar
{
  AdwBin parent_instance;

  GtkLabel *limit;
  GtkLabel *open_orders;
  GtkLabel *open_invoices;
  GtkLabel *overdue;
  GtkLabel *available;
  GtkProgressBar *used;
};

G_DEFINE_FINAL_TYPE (TwCreditBar, tw_credit_bar, ADW_TYPE_BIN)

static void
show_amount (GtkLabel *label, TwDecimal amount)
{
  g_autofree char *text = tw_format_decimal (amount, 2);

  gtk_label_set_label (label, text);
}

static void
mark (GtkWidget *widget, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

/* How much of the bar is filled: for the eye only, so a thousandth is exact enough. */
static double
get_fraction (TwDecimal used, TwDecimal limit)
{
  if (tw_decimal_sign (limit) <= 0)
    return tw_decimal_sign (used) > 0 ? 1.0 : 0.0;
  if (tw_decimal_compare (used, limit) >= 0)
    return 1.0;
  return (int) (tw_decimal_div (used, limit, 3).millionths / 1000) / 1000.0;
}

void
tw_credit_bar_show (TwCreditBar *self, TwCustomer *customer)
{
  TwDecimal used = tw_decimal_add (customer->open_orders, customer->open_invoices);
  TwDecimal available = tw_decimal_sub (customer->credit_limit, used);

  show_amount (self->limit, customer->credit_limit);
  show_amount (self->open_orders, customer->open_orders);
  show_amount (self->open_invoices, customer->open_invoices);
  show_amount (self->overdue, customer->overdue);
  show_amount (self->available, available);
  mark (GTK_WIDGET (self->overdue), "error", tw_decimal_sign (customer->overdue) > 0);
  mark (GTK_WIDGET (self->available), "error", tw_decimal_sign (available) < 0);
  mark (GTK_WIDGET (self->used), "over", tw_decimal_sign (available) < 0);
  gtk_progress_bar_set_fraction (self->used, get_fraction (used, customer->credit_limit));
}

static void
tw_credit_bar_class_init (TwCreditBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/masterdata/credit-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, limit);
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, open_orders);
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, open_invoices);
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, overdue);
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, available);
  gtk_widget_class_bind_template_child (widget_class, TwCreditBar, used);
}

static void
tw_credit_bar_init (TwCreditBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
