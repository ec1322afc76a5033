/* decimal-entry.c: exact numbers: amounts, prices, quantities, rates, whole numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/decimal-entry.h"

#include <string.h>

#include "client/widget/format.h"
#include "shared/base/error.h"

struct _TwDecimalEntry
{
  TwValueEntry parent_instance;

  TwKind kind;
};

enum
{
  PROP_0,
  PROP_KIND,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwDecimalEntry, tw_decimal_entry, TW_TYPE_VALUE_ENTRY)

static char *
tw_decimal_entry_format (TwValueEntry *entry, const char *value)
{
  switch (TW_DECIMAL_ENTRY (entry)->kind)
    {
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
      return tw_format_money (NULL, value);
    case TW_KIND_RATE:
      return tw_format_percent (NULL, value);
    case TW_KIND_INT:
      return g_strdup (value);
    default:
      return tw_format_quantity (NULL, value);
    }
}

static char *
tw_decimal_entry_parse (TwValueEntry *entry, const char *typed, GError **error)
{
  TwKind kind = TW_DECIMAL_ENTRY (entry)->kind;
  g_autofree char *wire = tw_format_read_decimal (typed, kind == TW_KIND_RATE, error);

  if (wire != NULL && kind == TW_KIND_INT && strchr (wire, '.') != NULL)
    {
      tw_error_fault (error, "", "not_whole", _("This must be a whole number."));
      return NULL;
    }
  return g_steal_pointer (&wire);
}

static void
tw_decimal_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    TW_DECIMAL_ENTRY (object)->kind = (TwKind) g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_decimal_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    g_value_set_int (value, (int) TW_DECIMAL_ENTRY (object)->kind);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_decimal_entry_class_init (TwDecimalEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = tw_decimal_entry_set_property;
  object_class->get_property = tw_decimal_entry_get_property;
  TW_VALUE_ENTRY_CLASS (klass)->format = tw_decimal_entry_format;
  TW_VALUE_ENTRY_CLASS (klass)->parse = tw_decimal_entry_parse;
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, TW_KIND_LIST, TW_KIND_QUANTITY,
                                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_decimal_entry_init (TwDecimalEntry *self)
{
  gtk_editable_set_alignment (GTK_EDITABLE (self), 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (self), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  /* 12 digits, 6 decimals, separators, sign and percent. */
  gtk_entry_set_max_length (GTK_ENTRY (self), 32);
}

TwDecimalEntry *
tw_decimal_entry_new (TwKind kind)
{
  return g_object_new (TW_TYPE_DECIMAL_ENTRY, "kind", (int) kind, NULL);
}

TwDecimal
tw_decimal_entry_get_decimal (TwDecimalEntry *self)
{
  TwDecimal value = TW_DECIMAL_ZERO;
  const char *text = tw_value_entry_get_value (TW_VALUE_ENTRY (self));

  if (*text != '\0' && !tw_decimal_parse (text, &value, NULL))
    g_return_val_if_reached (TW_DECIMAL_ZERO);
  return value;
}

void
tw_decimal_entry_set_decimal (TwDecimalEntry *self, TwDecimal value)
{
  g_autofree char *text = tw_decimal_format (value, 0);

  tw_value_entry_set_value (TW_VALUE_ENTRY (self), text);
}
