/* order-closures.c: what templates say of an order beyond its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/order-closures.h"

#include <json-glib/json-glib.h>

#include "client/widget/format.h"
#include "shared/base/text.h"

TwOrderCheck *
tw_order_find_fault (TwOrder *order, const char *check)
{
  for (guint i = 0; order != NULL && i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *found = tw_record_nth (order->checks, i);

      if (g_strcmp0 (found->check, check) == 0 && g_strcmp0 (found->result, "pass") != 0)
        return found;
    }
  return NULL;
}

static gboolean
has_fact (TwOrderCheck *check, const char *name)
{
  g_autoptr (JsonNode) facts = check->facts != NULL ? json_from_string (check->facts, NULL) : NULL;

  return facts != NULL && JSON_NODE_HOLDS_OBJECT (facts)
         && json_object_has_member (json_node_get_object (facts), name);
}

char *
tw_order_closure_same_reference (gpointer self, TwOrder *order)
{
  TwOrderCheck *duplicate = tw_order_find_fault (order, "duplicate");

  return g_strdup (duplicate != NULL && has_fact (duplicate, "reference") ? duplicate->detail : "");
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
tw_order_closure_is_confirmed (gpointer self, const char *state)
{
  static const char *const before[] = { "draft", "quoted", "lost", "pending_approval", "cancelled", NULL };

  return state != NULL && *state != '\0' && !g_strv_contains (before, state);
}

char *
tw_order_closure_validity (gpointer self, const char *state, const char *valid_until)
{
  if (g_strcmp0 (state, "quoted") != 0 || valid_until == NULL || *valid_until == '\0')
    return g_strdup ("");
  /* Translators: how long a quotation stands; %s is a date */
  return g_strdup_printf (_("This offer is valid until %s."), valid_until);
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
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_same_reference);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_terms);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_is_confirmed);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_validity);
  gtk_widget_class_bind_template_callback (klass, tw_order_closure_amount);
}
