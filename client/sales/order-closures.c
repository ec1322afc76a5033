/* order-closures.c: what templates say of an order beyond its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/order-closures.h"

#include "client/widget/format.h"
#include "shared/document/order-check.h"

char *
tw_order_closure_fault (gpointer self, TwOrder *order, const char *check)
{
  for (guint i = 0; order != NULL && i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *found = tw_record_nth (order->checks, i);

      if (g_strcmp0 (found->check, check) == 0 && g_strcmp0 (found->result, "pass") != 0)
        return g_strdup (found->detail != NULL ? found->detail : "");
    }
  return g_strdup ("");
}

char *
tw_order_closure_terms (gpointer self, const char *city, const char *price_list, const char *payment_term)
{
  const char *parts[] = { city, payment_term, price_list };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
tw_order_closure_is_under_way (gpointer self, const char *state)
{
  static const char *const still_open[] = { "draft", "quoted", "lost", NULL };

  return state != NULL && *state != '\0' && !g_strv_contains (still_open, state);
}

char *
tw_order_closure_amount (gpointer self, const char *amount, const char *currency)
{
  g_autofree char *number = tw_format_money (NULL, amount);

  if (*number == '\0' || currency == NULL || *currency == '\0')
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, currency);
}

void
tw_order_bind_closures (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_fault);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_terms);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_is_under_way);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_amount);
}
