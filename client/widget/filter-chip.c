/* filter-chip.c: one click that narrows a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/filter-chip.h"

#include "client/net/session.h"
#include "shared/base/date.h"

struct _TwFilterChip
{
  GtkToggleButton parent_instance;

  char *filter;
  char *value;
};

enum
{
  PROP_0,
  PROP_FILTER,
  PROP_VALUE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwFilterChip, tw_filter_chip, GTK_TYPE_TOGGLE_BUTTON)

static void
tw_filter_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwFilterChip *self = TW_FILTER_CHIP (object);
  char **member = id == PROP_FILTER ? &self->filter : &self->value;

  g_free (*member);
  *member = g_value_dup_string (value);
}

static void
tw_filter_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwFilterChip *self = TW_FILTER_CHIP (object);

  g_value_set_string (value, id == PROP_FILTER ? self->filter : self->value);
}

static void
tw_filter_chip_finalize (GObject *object)
{
  TwFilterChip *self = TW_FILTER_CHIP (object);

  g_free (self->filter);
  g_free (self->value);
  G_OBJECT_CLASS (tw_filter_chip_parent_class)->finalize (object);
}

static void
tw_filter_chip_class_init (TwFilterChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = tw_filter_chip_finalize;
  object_class->set_property = tw_filter_chip_set_property;
  object_class->get_property = tw_filter_chip_get_property;
  properties[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tw_filter_chip_init (TwFilterChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-chip");
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
}

const char *
tw_filter_chip_get_filter (TwFilterChip *self)
{
  return self->filter;
}

char *
tw_filter_chip_get_value (TwFilterChip *self)
{
  if (g_strcmp0 (self->value, "@user") == 0)
    return g_strdup (tw_session_get_user (tw_session_get_default ()));
  if (g_strcmp0 (self->value, "@today") == 0)
    return tw_date_format (tw_date_today ());
  return g_strdup (self->value);
}
