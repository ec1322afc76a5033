/* value-entry.c: an entry whose text stands for a value of the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/value-entry.h"

#include "client/widget/date-entry.h"
#include "client/widget/decimal-entry.h"

typedef struct
{
  char *value;
  gboolean typed; /* the text differs from what was shown for the value */
  gboolean quiet; /* the program sets the text */
} TwValueEntryPrivate;

enum
{
  PROP_0,
  PROP_VALUE,
  N_PROPERTIES
};

enum
{
  COMMITTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (TwValueEntry, tw_value_entry, GTK_TYPE_ENTRY)

#define PRIV(self) ((TwValueEntryPrivate *) tw_value_entry_get_instance_private (self))

static void
show_value (TwValueEntry *self)
{
  TwValueEntryPrivate *priv = PRIV (self);
  g_autofree char *text = TW_VALUE_ENTRY_GET_CLASS (self)->format (self, priv->value);

  priv->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  priv->quiet = FALSE;
  priv->typed = FALSE;
}

static gboolean
set_value (TwValueEntry *self, const char *value)
{
  TwValueEntryPrivate *priv = PRIV (self);
  gboolean differs = g_strcmp0 (priv->value, value) != 0;

  if (differs)
    {
      g_free (priv->value);
      priv->value = g_strdup (value);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
    }
  return differs;
}

static char *
tw_value_entry_real_format (TwValueEntry *self, const char *value)
{
  return g_strdup (value);
}

static char *
tw_value_entry_real_parse (TwValueEntry *self, const char *typed, GError **error)
{
  return g_strstrip (g_strdup (typed));
}

static void
changed_cb (TwValueEntry *self)
{
  TwValueEntryPrivate *priv = PRIV (self);

  if (priv->quiet)
    return;
  priv->typed = TRUE;
  tw_value_entry_show_fault (self, NULL);
}

static void
left_cb (TwValueEntry *self)
{
  tw_value_entry_commit (self);
}

/* GtkEntry itself has nothing to chain up to. */
static void
tw_value_entry_activate (GtkEntry *entry)
{
  tw_value_entry_commit (TW_VALUE_ENTRY (entry));
}

static void
tw_value_entry_finalize (GObject *object)
{
  g_free (PRIV (TW_VALUE_ENTRY (object))->value);
  G_OBJECT_CLASS (tw_value_entry_parent_class)->finalize (object);
}

static void
tw_value_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VALUE)
    tw_value_entry_set_value (TW_VALUE_ENTRY (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_value_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VALUE)
    g_value_set_string (value, PRIV (TW_VALUE_ENTRY (object))->value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_value_entry_class_init (TwValueEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tw_value_entry_finalize;
  object_class->set_property = tw_value_entry_set_property;
  object_class->get_property = tw_value_entry_get_property;
  GTK_ENTRY_CLASS (klass)->activate = tw_value_entry_activate;
  klass->format = tw_value_entry_real_format;
  klass->parse = tw_value_entry_real_parse;
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[COMMITTED]
    = g_signal_new ("committed", TW_TYPE_VALUE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_value_entry_init (TwValueEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  PRIV (self)->value = g_strdup ("");
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

TwValueEntry *
tw_value_entry_new_for_field (const TwField *field, TwKind kind)
{
  switch (kind)
    {
    case TW_KIND_INT:
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return TW_VALUE_ENTRY (tw_decimal_entry_new (kind));
    case TW_KIND_DATE:
      return g_object_new (TW_TYPE_DATE_ENTRY, NULL);
    default:
      return g_object_new (TW_TYPE_VALUE_ENTRY, "max-length", (int) field->max, NULL);
    }
}

const char *
tw_value_entry_get_value (TwValueEntry *self)
{
  return PRIV (self)->value;
}

gboolean
tw_value_entry_is_typed (TwValueEntry *self)
{
  return PRIV (self)->typed;
}

void
tw_value_entry_set_value (TwValueEntry *self, const char *value)
{
  set_value (self, value != NULL ? value : "");
  show_value (self);
  tw_value_entry_show_fault (self, NULL);
}

void
tw_value_entry_take (TwValueEntry *self, const char *value)
{
  gboolean differs = set_value (self, value);

  show_value (self);
  tw_value_entry_show_fault (self, NULL);
  if (differs)
    g_signal_emit (self, signals[COMMITTED], 0);
}

gboolean
tw_value_entry_commit (TwValueEntry *self)
{
  TwValueEntryPrivate *priv = PRIV (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  if (!priv->typed)
    return TRUE;
  value = *text != '\0' ? TW_VALUE_ENTRY_GET_CLASS (self)->parse (self, text, &error) : g_strdup ("");
  if (value == NULL)
    {
      tw_value_entry_show_fault (self, error->message);
      return FALSE;
    }
  tw_value_entry_take (self, value);
  return TRUE;
}

void
tw_value_entry_show_fault (TwValueEntry *self, const char *detail)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), detail);
  if (detail != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}
